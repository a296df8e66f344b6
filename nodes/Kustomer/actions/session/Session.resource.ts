import type { KustomerResource } from '../operation';
import * as log from './log.operation';

export const session: KustomerResource = {
	operations: { log },
	usual: 'log',
};
