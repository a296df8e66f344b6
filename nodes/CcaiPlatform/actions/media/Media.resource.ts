import type { CcaiPlatformResource } from '../operation';
import * as download from './download.operation';

export const media: CcaiPlatformResource = {
	operations: { download },
	usual: 'download',
};
