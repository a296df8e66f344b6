import type { KustomerResource } from '../operation';
import * as answer from './answer.operation';

export const crmRequest: KustomerResource = {
	operations: { answer },
	usual: 'answer',
};
