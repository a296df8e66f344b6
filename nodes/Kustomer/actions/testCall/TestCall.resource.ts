import type { KustomerResource } from '../operation';
import * as getEvents from './getEvents.operation';
import * as remove from './remove.operation';

export const testCall: KustomerResource = {
	operations: { getEvents, remove },
	usual: 'getEvents',
};
