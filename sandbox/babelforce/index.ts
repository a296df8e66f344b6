/**
 * A strict stand-in for the parts of babelforce's manager API that the node uses, with the storage on which recordings
 * lie, on a port of its own. What it assumes beyond the published contract is listed in `assumptions.ts`.
 */
export { PRESENCES } from './agent-states';
export { ASSUMPTIONS, type Assumption } from './assumptions';
export { BABELFORCE } from './seed';
export { startBabelforceStandIn } from './server';
export { contentOf, type StorageFault } from './storage';
export type {
	AgentControls,
	StatusChange,
	BabelforceStandIn,
	BabelforceStandInOptions,
	BabelforceRequest,
	StorageRequest,
} from './types';
