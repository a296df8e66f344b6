/** The operations of every node, with this node's client. */
import type { CcaiPlatformClient } from '../../../lib/platforms/ccaip/api/client';
import type * as run from '../../../lib/n8n/run/operation';

export type { OperationOption } from '../../../lib/n8n/run/operation';

export type CcaiPlatformResource = run.Resource<CcaiPlatformClient>;
export type ExecuteOperation = run.ExecuteOperation<CcaiPlatformClient>;
export type OperationCall = run.OperationCall<CcaiPlatformClient>;
export type ExecuteTogether = run.ExecuteTogether<CcaiPlatformClient>;
export type { ExecuteLocally, LocalCall } from '../../../lib/n8n/run/operation';
export type TogetherCall = run.TogetherCall<CcaiPlatformClient>;
