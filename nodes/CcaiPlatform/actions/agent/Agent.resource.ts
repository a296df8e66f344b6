import type { CcaiPlatformResource } from '../operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';

export const agent: CcaiPlatformResource = {
	operations: { get, getMany },
	usual: 'getMany',
};
