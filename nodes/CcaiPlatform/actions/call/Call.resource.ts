import type { CcaiPlatformResource } from '../operation';
import * as start from './start.operation';

export const call: CcaiPlatformResource = {
	operations: { start },
	usual: 'start',
};
