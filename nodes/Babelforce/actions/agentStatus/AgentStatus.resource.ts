import type { BabelforceResource } from '../operation';
import * as disable from './disable.operation';
import * as enable from './enable.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as getPresences from './getPresences.operation';
import * as set from './set.operation';

export const agentStatus: BabelforceResource = {
	operations: { get, getMany, getPresences, set, enable, disable },
	usual: 'getMany',
};
