import type { CcaiPlatformResource } from '../operation';
import * as getStatuses from './getStatuses.operation';
import * as set from './set.operation';

export const agentStatus: CcaiPlatformResource = {
	operations: { getStatuses, set },
	usual: 'set',
};
