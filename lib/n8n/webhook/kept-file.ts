/** Keeps a file that arrives with a webhook where n8n keeps binary data, without ever having all of it in memory. */
import type { IBinaryData, IWebhookFunctions } from 'n8n-workflow';

import type { KeepFile } from '../../crm-api/receive/body';
import { UNKNOWN_TYPE } from '../../files/content-type';
import { storedFile } from '../http/file-source';
import type { WebhookServerRequest } from './request-body';

/** A stream that n8n can store. */
type StorableStream = Exclude<Parameters<IWebhookFunctions['helpers']['prepareBinaryData']>[0], Uint8Array>;

/** Bytes as they arrive, whose end leaves the connection open: the caller still waits for an answer. */
export function contentOf(request: WebhookServerRequest): AsyncIterable<Uint8Array> {
	return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
}

/**
 * Makes the function that keeps a file.
 *
 * @param onKept gets what an item needs to hand the file on
 */
export function createKeepFile(context: IWebhookFunctions, onKept: (file: IBinaryData) => void): KeepFile {
	return async (content, { name, contentType }) => {
		// What Node.js calls a Readable: what is published here may not import it.
		const { from } = context.getRequestObject().constructor as unknown as {
			from(content: AsyncIterable<Uint8Array>, options: { objectMode: false }): StorableStream;
		};
		const data = await context.helpers.prepareBinaryData(
			from(content, { objectMode: false }),
			name,
			contentType ?? UNKNOWN_TYPE,
		);
		onKept(data);
		return storedFile(context, 'the request', data);
	};
}
