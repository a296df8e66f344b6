import type { BabelforceResource } from '../operation';
import * as download from './download.operation';
import * as get from './get.operation';
import * as getWhenReady from './getWhenReady.operation';

export const recording: BabelforceResource = {
	operations: { download, get, getWhenReady },
	usual: 'download',
};
