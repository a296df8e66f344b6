import type { BabelforceResource } from '../operation';
import * as download from './download.operation';
import * as get from './get.operation';

export const recording: BabelforceResource = {
	operations: { download, get },
	usual: 'download',
};
