import type { CcaiPlatformResource } from '../operation';
import * as download from './download.operation';

export const recording: CcaiPlatformResource = {
	operations: { download },
	usual: 'download',
};
