import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { KustomerClient } from '../../../lib/kustomer/client';
import type { ItemResult } from '../../../lib/n8n/run/items';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';

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

/** What an operation gets that looks at all items together. */
export interface TogetherCall {
	client: KustomerClient;
	/** As they are for the first item. */
	parameters: ItemParameters;
	/** The items' own data, as they came. Not to be changed. */
	items: readonly IDataObject[];
	context: IExecuteFunctions;
}

/** An item of an output, and the number of the item that it came from, if it came from one. */
export interface TogetherResult {
	json: IDataObject;
	item?: number;
}

/** Carries out an operation for all items at once. Gives back the items of each output. */
export type ExecuteTogether = (call: TogetherCall) => Promise<TogetherResult[][]>;
