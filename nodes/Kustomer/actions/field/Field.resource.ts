import type { KustomerResource } from '../operation';
import * as createSessionFields from './createSessionFields.operation';

export const field: KustomerResource = {
	operations: { createSessionFields },
	usual: 'createSessionFields',
};
