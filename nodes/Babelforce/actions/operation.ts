import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { BabelforceClient } from '../../../lib/platforms/babelforce/api/client';
import type { PresenceChoice } from '../../../lib/platforms/babelforce/api/resources/presences';
import type { ItemResult } from '../../../lib/n8n/run/items';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';

/** What an operation gets for one item. */
export interface OperationCall {
	client: BabelforceClient;
	parameters: ItemParameters;
	/** The account's presences, read once for all items. */
	presences(): Promise<PresenceChoice[]>;
	/** Keeps files. */
	helpers: IExecuteFunctions['helpers'];
	/** The item's own data, as it came. Not to be changed. */
	input: IDataObject;
}

/** Carries out an operation for one item. Gives back one result or a list of them. */
export type ExecuteOperation = (call: OperationCall) => Promise<ItemResult | ItemResult[]>;
