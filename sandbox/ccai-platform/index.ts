/**
 * A strict stand-in for the manager API of CCAI Platform with its agents and their statuses, and for the storage in which the platform keeps recordings and
 * media. What it assumes about the platform beyond the documentation is listed in `assumptions.ts`.
 */
export { AgentStore, STATUSES, type AgentOptions, type StatusChange } from './agents';
export { ASSUMPTIONS } from './assumptions';
export { bytesOf, sha256Of } from './file-content';
export { callRecord, chatRecord, type RecordOptions } from './records';
export { SANDBOX_TENANT, startCcaiPlatformStandIn } from './server';
export type { StoredFile } from './store';
export type { CcaiPlatformStandIn, CcaiPlatformStandInOptions, RecordedRequest } from './types';
