import type { KustomerResource } from '../operation';
import * as upload from './upload.operation';

export const recording: KustomerResource = {
	operations: { upload },
	usual: 'upload',
};
