import type { KustomerResource } from '../operation';
import * as create from './create.operation';
import * as update from './update.operation';

export const message: KustomerResource = {
	operations: { create, update },
	usual: 'create',
};
