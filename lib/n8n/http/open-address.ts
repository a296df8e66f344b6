/** Asks for files through n8n's own request helper, so that its proxy, certificates and protection apply. */
import type {
	IAllExecuteFunctions,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import type { ByteStream } from '../../files/watched-content';
import { whenCanceled } from '../../http/when-canceled';
import type { HttpResponse } from '../../http/http';
import { readFailure } from './http';

type Helpers = IAllExecuteFunctions['helpers'];

/** How files are asked for. */
export interface OpenSettings {
	context: Pick<IAllExecuteFunctions, 'helpers'> & { getExecutionCancelSignal?(): AbortSignal | undefined };
	/** The credential of requests that are signed in. */
	credentialType?: string;
	/** The decrypted credential, so that n8n need not read it again. */
	credential?: NonNullable<
		NonNullable<Parameters<Helpers['httpRequestWithAuthentication']>[2]>['credentialsDecrypted']
	>;
	/** Whether n8n can renew the credential's token after a 401. */
	renewable?: boolean;
	/** The header `Accept`; anything unless told. */
	accept?: string;
}

/** One address to be opened. */
export interface OpenRequest {
	/** Absolute. */
	url: string;
	/** Whether the credential goes along. */
	signedIn: boolean;
	/** Milliseconds until the answer has to begin. */
	timeoutMs: number;
	/** Ends the request. */
	signal?: AbortSignal;
}

/**
 * Makes the function that opens addresses: one request, no redirect followed. The answer's body is an {@link AnswerBody},
 * whatever its status; redirects are answers.
 *
 * The function throws {@link NoAnswer} when no answer came.
 */
export function createOpenAddress(settings: OpenSettings): (request: OpenRequest) => Promise<HttpResponse> {
	const send = async (request: OpenRequest, ignoreHttpStatusErrors: boolean): Promise<HttpResponse> =>
		await sendOnce(settings, request, ignoreHttpStatusErrors);

	return async (request) => {
		const answer = await send(request, true);
		if (answer.status !== 401 || !request.signedIn || settings.renewable !== true) return answer;
		if (answer.body instanceof AnswerBody) answer.body.destroy();
		// n8n renews a token only when its helper throws on the 401; then it throws on a redirect as well, but keeps the token.
		const again = await send(request, false);
		return again.status >= 300 && again.status < 400 ? await send(request, true) : again;
	};
}

async function sendOnce(
	{ context, credentialType, credential, accept = '*/*' }: OpenSettings,
	{ url, signedIn, timeoutMs, signal }: OpenRequest,
	ignoreHttpStatusErrors: boolean,
): Promise<HttpResponse> {
	const { helpers } = context;
	const stop = new AbortController();
	const abort = () => stop.abort();
	const stopListening = [context.getExecutionCancelSignal?.(), signal].map((one) => whenCanceled(one, abort));
	const end = () => {
		stopListening.forEach((stopOne) => stopOne());
		abort();
	};
	const options: IHttpRequestOptions = {
		method: 'GET',
		url,
		headers: {
			Accept: accept,
			// A length that was announced for compressed bytes would be wrong for what arrives here.
			'Accept-Encoding': 'identity',
			'User-Agent': 'n8n-nodes-kustomer',
		},
		encoding: 'stream',
		timeout: timeoutMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors,
		// A redirect would carry the credential to wherever it points.
		disableFollowRedirect: true,
		abortSignal: stop.signal,
	};
	const sent: Promise<IN8nHttpFullResponse> =
		signedIn && credentialType !== undefined
			? helpers.httpRequestWithAuthentication.call(
					context as IAllExecuteFunctions,
					credentialType,
					options,
					credential === undefined ? undefined : { credentialsDecrypted: credential },
				)
			: helpers.httpRequest(options);
	return await sent.then(
		({ statusCode, headers, body }) => ({
			status: statusCode,
			headers: { ...headers } as HttpResponse['headers'],
			body: new AnswerBody(body as unknown as ReadableStream, end),
		}),
		async (error: unknown) => {
			end();
			return await readFailure(error);
		},
	);
}

/** The part of Node.js's readable streams that is used. */
type ReadableStream = AsyncIterable<Uint8Array> & { destroy(): unknown };

/** A stream that n8n can store. */
type StorableStream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Uint8Array>;

/** What an answer brings. */
export class AnswerBody implements ByteStream {
	constructor(
		private readonly stream: ReadableStream,
		private readonly end: () => void,
	) {}

	[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
		return this.stream[Symbol.asyncIterator]();
	}

	destroy(): void {
		// In n8n 2.41 ending the stream alone would leave its connection open. In this order: a stream that is ended already does
		// not report that its connection is gone.
		this.stream.destroy();
		this.end();
	}

	/** A stream of these bytes, of the kind that Node.js calls a Readable: what is published here may not import it. */
	storable(content: AsyncIterable<Uint8Array>): StorableStream {
		const { from } = this.stream.constructor as unknown as {
			from(content: AsyncIterable<Uint8Array>, options: { objectMode: false }): StorableStream;
		};
		return from(content, { objectMode: false });
	}
}
