import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { KustomerClient } from '../../../lib/kustomer/client';
import type { ItemResult } from '../../../lib/n8n/items';
import type { ItemParameters } from '../../../lib/n8n/parameters';

/** What an operation gets for one item. */
export interface OperationCall {
	client: KustomerClient;
	parameters: ItemParameters;
	/** The item's own data, as it came. Not to be changed. */
	input: IDataObject;
	/** n8n itself, for operations that work with files. */
	context: IExecuteFunctions;
}

/** Carries out an operation for one item. Gives back one object or a list of them. */
export type ExecuteOperation = (call: OperationCall) => Promise<ItemResult | ItemResult[]>;
