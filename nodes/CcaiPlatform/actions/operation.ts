import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../lib/ccai-platform/client';
import type { ArrivingFile } from '../../../lib/ccai-platform/files/download';
import type { ResultWithFiles } from '../../../lib/n8n/items';
import type { ItemParameters } from '../../../lib/n8n/parameters';

/** What an operation gets for one item. */
export interface OperationCall {
	client: CcaiPlatformClient;
	parameters: ItemParameters;
	/** Puts a file into n8n's storage of binary data while it arrives. */
	save(file: ArrivingFile, fileName: string, contentType: string): Promise<IBinaryData>;
}

/** Carries out an operation for one item. Gives back one result for each item of the output. */
export type ExecuteOperation = (call: OperationCall) => Promise<Array<IDataObject | ResultWithFiles>>;
