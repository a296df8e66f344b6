/** The organization's objects and the rules that hold among them, each kind in a file of its own. */
export type { Change, StoreOptions } from './collections';
export { KustomerStore } from './customers';
