import type { KustomerResource } from '../operation';
import * as find from './find.operation';

export const user: KustomerResource = {
	operations: { find },
	usual: 'find',
};
