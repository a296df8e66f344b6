import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { RemoteFile } from '../../files/remote-file';
import type { AnswerBody } from './open-address';

/**
 * Writes a file into n8n's storage of binary data while it arrives.
 *
 * @param file opened by what {@link createOpenAddress} makes
 * @throws what n8n reports when the file broke off or could not be stored
 */
export async function saveFile(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	{ content, source }: Pick<RemoteFile, 'content' | 'source'>,
	fileName: string,
	contentType: string,
): Promise<IBinaryData> {
	return await helpers.prepareBinaryData((source as AnswerBody).storable(content), fileName, contentType);
}
