import type { BabelforceResource } from '../operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as start from './start.operation';

export const call: BabelforceResource = {
	operations: { get, getMany, start },
	usual: 'get',
};
