/** Sends babelforce's requests through n8n's own request helper. */
import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import type { OpenHttp } from '../../platforms/babelforce/api/client';
import type { HttpResponse, SendHttp } from '../../http/http';
import { inTurn } from '../../process/turns';
import { createSendHttp, readFailure } from '../http/http';
import { IdleWatch } from '../http/idle-watch';

/** What a request needs of the execution that it is made in. */
export interface BabelforceHttpSettings {
	context: IAllExecuteFunctions;
	/** The decrypted credential. n8n puts a renewed token into `data`. */
	credential: { id: string; name: string; data: ICredentialDataDecryptedObject };
	baseUrl: string;
	/** Whether n8n can renew the token after a 401. */
	renewable: boolean;
	/** Names the credential. */
	credentialKey: string;
}

export const CREDENTIAL_TYPE = 'babelforceApi';

/** Makes the function that the client sends with. Requests that find no valid token sign in once, not each by itself. */
export function createBabelforceSend(settings: BabelforceHttpSettings): SendHttp {
	const { context, credential, baseUrl, renewable, credentialKey } = settings;
	const way = { context, credentialType: CREDENTIAL_TYPE, baseUrl, credential };
	const send = createSendHttp({ ...way, renewable: false });
	if (!renewable) return send;
	const sendAndRenew = createSendHttp({ ...way, renewable: true });
	const token = () => credential.data.sessionToken;

	return async (request) => {
		const used = token();
		if (used === '' || used === undefined) {
			return await inTurn(`sign-in:${credentialKey}`, async () => await sendAndRenew(request));
		}
		const response = await send(request);
		if (response.status !== 401) return response;
		return await inTurn(`sign-in:${credentialKey}`, async () =>
			token() === used ? await sendAndRenew(request) : await send(request),
		);
	};
}

/** Makes the function that the client downloads with. */
export function createBabelforceOpen(settings: BabelforceHttpSettings): OpenHttp {
	const { context, credential } = settings;
	const canceled = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

	return async ({ url, withCredential, timeoutMs }) => {
		const stop = new AbortController();
		const options = {
			method: 'GET' as const,
			url,
			headers: {
				Accept: 'audio/*, */*;q=0.5',
				// What is compressed on the way would have no known length.
				'Accept-Encoding': 'identity',
				'User-Agent': 'n8n-nodes-kustomer',
			},
			encoding: 'stream' as const,
			timeout: timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			// With a credential n8n takes the signal of the execution in place of this one.
			abortSignal: canceled === undefined ? stop.signal : AbortSignal.any([canceled, stop.signal]),
		};
		const sent: Promise<IN8nHttpFullResponse> = withCredential
			? context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_TYPE, options, {
					credentialsDecrypted: { type: CREDENTIAL_TYPE, ...credential },
				})
			: context.helpers.httpRequest(options);
		return await sent.then(async (answer) => {
			const headers = { ...answer.headers } as HttpResponse['headers'];
			const stream = answer.body as unknown as AnswerStream;
			if (answer.statusCode !== 200) {
				return { status: answer.statusCode, headers, body: await beginningOf(stream) };
			}
			endWhenIdle(stream, timeoutMs, () => stop.abort());
			return { status: answer.statusCode, headers, body: stream };
		}, readFailure);
	};
}

/** What is used here of a readable stream of Node.js. */
interface AnswerStream extends AsyncIterable<Uint8Array> {
	push(...piece: unknown[]): boolean;
	destroy(error?: Error): void;
	once(event: 'close', listener: () => void): void;
	emit(event: 'error', error: Error): boolean;
	on(event: 'error', listener: () => void): void;
}

/**
 * Ends a stream with an error when nothing has arrived for too long. n8n's timeout ends with the beginning of an answer.
 *
 * A listener for data would start the stream before its reader is there, so what arrives is noticed where it is put in.
 */
function endWhenIdle(stream: AnswerStream, idleMs: number, stop: () => void): void {
	const watch = new IdleWatch(idleMs, () => {
		const error = Object.assign(new Error('The storage stopped sending'), { code: 'ETIMEDOUT' });
		// Streams that n8n puts around the answer wait for its next piece before they end; their reader must not wait.
		stream.emit('error', error);
		stream.destroy(error);
		stop();
		return 'end';
	});
	// The reader gives up after the first error, and what stop() and destroy() bring about comes later.
	stream.on('error', () => undefined);
	const push = stream.push.bind(stream);
	stream.push = (...piece) => {
		watch.progress();
		// The end.
		if (piece[0] === null) watch.end();
		return push(...piece);
	};
	stream.once('close', () => watch.end());
}

/** More of an error text is not shown. */
const LONGEST_TEXT = 4_000;

/** The beginning of an error's body, parsed when it is JSON. */
async function beginningOf(stream: AnswerStream): Promise<unknown> {
	const pieces: Uint8Array[] = [];
	let bytes = 0;
	try {
		for await (const piece of stream) {
			pieces.push(piece);
			bytes += piece.length;
			if (bytes >= LONGEST_TEXT) break;
		}
	} catch {
		// The status says enough.
	}
	stream.destroy();
	const text = Buffer.concat(pieces).toString('utf8').slice(0, LONGEST_TEXT);
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
