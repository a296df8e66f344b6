import type { KustomerResource } from '../operation';
import * as create from './create.operation';

export const note: KustomerResource = {
	operations: { create },
	usual: 'create',
};
