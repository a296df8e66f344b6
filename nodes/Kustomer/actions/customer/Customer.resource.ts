import type { KustomerResource } from '../operation';
import * as create from './create.operation';
import * as findOrCreate from './findOrCreate.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as update from './update.operation';

export const customer: KustomerResource = {
	operations: { create, findOrCreate, get, getMany, update },
	usual: 'findOrCreate',
};
