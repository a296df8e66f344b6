import type { CcaiPlatformResource } from '../operation';
import * as download from './download.operation';
import * as getWhenReady from './getWhenReady.operation';

export const recording: CcaiPlatformResource = {
	operations: { download, getWhenReady },
	usual: 'download',
};
