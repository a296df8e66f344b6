import type { KustomerResource } from '../operation';
import * as create from './create.operation';
import * as findOpen from './findOpen.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as update from './update.operation';

export const conversation: KustomerResource = {
	operations: { create, findOpen, get, getMany, update },
	usual: 'create',
};
