import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../lib/platforms/ccaip/api/client';
import type { ArrivingFile } from '../../../lib/platforms/ccaip/api/files/download';
import type { FailedPart, ResultWithFiles } from '../../../lib/n8n/run/items';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';
import type { SharedReading } from './shared-reading';

/** What an operation gets for one item. */
export interface OperationCall {
	client: CcaiPlatformClient;
	parameters: ItemParameters;
	/** What this execution has read for other items already. */
	shared: SharedReading;
	/** Puts a file into n8n's storage of binary data while it arrives. */
	save(file: ArrivingFile, fileName: string, contentType: string): Promise<IBinaryData>;
}

/** Carries out an operation for one item. Gives back one result for each item of the output. */
export type ExecuteOperation = (
	call: OperationCall,
) => Promise<Array<IDataObject | ResultWithFiles | FailedPart>>;

/** What an operation gets that works on all items together. */
export interface TogetherCall {
	client: CcaiPlatformClient;
	/** One for each item. */
	parameters: ItemParameters[];
	shared: SharedReading;
}

/**
 * Carries out an operation for all items together, so that they share requests. Gives back what came of each item, in their
 * order: an item that fails takes no other with it.
 */
export type ExecuteTogether = (
	call: TogetherCall,
) => Promise<Array<PromiseSettledResult<Array<IDataObject | ResultWithFiles>>>>;
