import type { KustomerResource } from '../operation';
import * as log from './log.operation';
import * as readMail from './readMail.operation';

export const session: KustomerResource = {
	operations: { log, readMail },
	usual: 'log',
};
