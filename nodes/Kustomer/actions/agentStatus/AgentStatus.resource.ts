import type { KustomerResource } from '../operation';
import * as compare from './compare.operation';
import * as get from './get.operation';
import * as map from './map.operation';
import * as set from './set.operation';
import { platform } from './table.fields';

export const agentStatus: KustomerResource = {
	operations: { compare, get, map, set },
	usual: 'get',
	sharedFields: [platform],
};
