/**
 * Sends requests through n8n's own request helper, so that the proxy, the certificates and the protection
 * against internal addresses that the administrator has set up apply.
 */
import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { NoAnswer, type HttpRequest, type HttpResponse, type SendHttp } from '../../http/http';

/** What a request needs of the execution that it is made in. */
export interface SendSettings {
	context: IAllExecuteFunctions;
	credentialType: string;
	/** `https://acme.api.kustomerapp.com`, without a slash at the end. */
	baseUrl: string;
	/**
	 * The decrypted credential. With it n8n need not read the credential again for every request. It has no effect for
	 * OAuth2, where n8n has to see the newest token.
	 */
	credential?: { id: string; name: string; data: ICredentialDataDecryptedObject };
	/** Whether n8n can renew the credential's token after a 401. */
	renewable: boolean;
}

/** Makes the function that a service's client sends with. */
export function createSendHttp(settings: SendSettings): SendHttp {
	const { context, credentialType, credential, renewable } = settings;
	const additional =
		credential === undefined ? undefined : { credentialsDecrypted: { type: credentialType, ...credential } };

	const send = (options: IHttpRequestOptions): Promise<HttpResponse> =>
		context.helpers.httpRequestWithAuthentication
			.call(context, credentialType, options, additional)
			.then(readResponse, readFailure);

	const sendOrRenew = async (request: HttpRequest): Promise<HttpResponse> => {
		const response = await send(optionsFor(request, settings.baseUrl, true));
		if (response.status !== 401 || !renewable) return response;
		// n8n renews a token only when its helper throws on the 401, and n8n 1.x cannot make an exception for one status.
		return await send(optionsFor(request, settings.baseUrl, false));
	};
	return (request) => within(sendOrRenew(request), (renewable ? 3 : 1) * request.timeoutMs + MARGIN);
}

/** Milliseconds by which the helper's own timeout comes first. */
const MARGIN = 1000;

/**
 * Gives a request up that neither ends nor times out by itself, such as one that waits for a new token for good: whatever
 * waits for its turn behind it would wait as long.
 */
async function within(sent: Promise<HttpResponse>, milliseconds: number): Promise<HttpResponse> {
	// Its timer keeps no process alive.
	const limit = AbortSignal.timeout(milliseconds);
	const givenUp = new Promise<never>((_resolve, reject) => {
		limit.addEventListener('abort', () => reject(new NoAnswer('timeout')), { once: true });
	});
	return await Promise.race([sent, givenUp]);
}

function optionsFor(
	request: HttpRequest,
	baseUrl: string,
	ignoreHttpStatusErrors: boolean,
): IHttpRequestOptions {
	return {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		qs: request.query,
		body: request.body as IHttpRequestOptions['body'],
		headers: {
			Accept: 'application/json',
			'User-Agent': 'n8n-nodes-kustomer',
			...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		timeout: request.timeoutMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors,
		// A redirect would carry the key to wherever it points.
		disableFollowRedirect: true,
	};
}

function readResponse(response: IN8nHttpFullResponse): HttpResponse {
	return {
		status: response.statusCode,
		headers: { ...response.headers } as HttpResponse['headers'],
		body: response.body === '' ? undefined : response.body,
	};
}

/** The parts of n8n's errors that say what happened. n8n 1.x leaves `cause` out and puts the code into `httpCode`. */
interface HelperError {
	name?: string;
	message?: string;
	code?: unknown;
	httpCode?: unknown;
	cause?: HelperError;
	response?: { status?: unknown; headers?: unknown; data?: unknown };
	context?: { data?: unknown };
}

/**
 * What a request helper of n8n threw: an answer with an error status, or the reason why there is none.
 *
 * @throws {NoAnswer} when no answer came
 * @throws what was thrown, when it has nothing to do with the network
 */
export function readFailure(thrown: unknown): HttpResponse | Promise<never> {
	const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as HelperError;
	const answered = responseOf(error);
	if (answered !== undefined) return answered;
	const reason = reasonOf(error);
	// What is left is no trouble of the network: a credential that is not connected, say. n8n's own words fit best.
	return Promise.reject(reason === undefined ? thrown : new NoAnswer(reason, { cause: thrown }));
}

function responseOf(error: HelperError): HttpResponse | undefined {
	const response = error.response ?? error.cause?.response;
	const status = Number(response?.status ?? error.httpCode);
	if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
	const headers = (response?.headers ?? {}) as Record<string, string | string[] | undefined>;
	return { status, headers: { ...headers }, body: response?.data ?? error.context?.data };
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA']);
const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ETIMEDOUT']);
const CONNECTION_CODES = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETDOWN',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'EPIPE',
	'EPROTO',
	'ERR_CANCELED',
	'ERR_NETWORK',
	'ERR_BAD_RESPONSE',
]);
/** Whatever answered, it was no HTTP: https://nodejs.org/api/errors.html (HPE_HEADER_OVERFLOW and the parser's other codes). */
const NO_HTTP = /^HPE_/;
const TLS_CODE = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^ERR_SSL/;
const BLOCKED = /^Ssrf|request was blocked because/i;

/** Why no answer came, or undefined when the failure has nothing to do with the network. */
export function reasonOf(error: unknown): NoAnswer['reason'] | undefined {
	for (const level of chainOf(error as HelperError)) {
		if (BLOCKED.test(level.name ?? '') || BLOCKED.test(level.message ?? '')) return 'blocked';
		const code = String(level.code ?? level.httpCode ?? '').toUpperCase();
		if (DNS_CODES.has(code)) return 'dns';
		if (TIMEOUT_CODES.has(code)) return 'timeout';
		if (TLS_CODE.test(code)) return 'tls';
		if (CONNECTION_CODES.has(code) || NO_HTTP.test(code)) return 'connection';
		if (/socket hang up|network socket disconnected|aborted/i.test(level.message ?? '')) return 'connection';
	}
	return undefined;
}

function chainOf(error: HelperError | undefined): HelperError[] {
	const chain: HelperError[] = [];
	for (
		let level = error;
		typeof level === 'object' && level !== null && chain.length < 5;
		level = level.cause
	) {
		chain.push(level);
	}
	return chain;
}
