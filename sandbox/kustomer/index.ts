/**
 * A strict stand-in for Kustomer's REST API with a page that shows customers and their timelines.
 * What it assumes about Kustomer beyond the documentation is listed in `assumptions.ts`.
 */
export { startKustomerStandIn } from './server';
export { SANDBOX } from './seed';
export { addAgents } from './many-agents';
export { ASSUMPTIONS } from './assumptions';
export { Faults, type Fault, type FaultRule } from './faults';
export { KustomerStore } from './store';
export type { ApiKey, Choice, KustomerStandIn, KustomerStandInOptions, RecordedRequest } from './types';
