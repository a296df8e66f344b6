import type { BabelforceResource } from '../operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';

export const agent: BabelforceResource = {
	operations: { get, getMany },
	usual: 'get',
};
