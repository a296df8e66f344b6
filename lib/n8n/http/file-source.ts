/** Where files come from in n8n: the binary data of an item, or an address. */
import type { IBinaryData, IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { plainType } from '../../files/content-type';
import { FileError, stopped } from '../../files/file-error';
import { nameInDisposition, nameInUrl } from '../../files/file-name';
import type { FileContent, FileSource, OpenedFile } from '../../files/file-source';
import { isPrivateHost } from '../../files/private-address';
import { NoAnswer } from '../../http/http';
import { readFailure, reasonOf } from './http';
import { IdleWatch } from './idle-watch';
import { whenCanceled } from './when-canceled';

/**
 * The file in a binary field of an item. When n8n keeps binary data on disk, it is streamed from there; when n8n keeps it
 * in memory, it is there already.
 */
export function binarySource(context: IExecuteFunctions, itemIndex: number, field: string): FileSource {
	const label = `the binary field '${field}'`;
	return {
		label,
		open: async () => {
			const data = binaryIn(context, itemIndex, field);
			if (data === undefined) throw noBinary(context, itemIndex, field);
			const named = { name: data.fileName, contentType: plainType(data.mimeType) };
			if (data.id === undefined) {
				const content = Buffer.from(data.data, 'base64');
				return { ...named, content: pieceOf(content), length: content.byteLength, close: () => undefined };
			}
			const { fileSize } = await context.helpers
				.getBinaryMetadata(data.id)
				.catch((error: unknown) => Promise.reject(noLonger(label, error)));
			const stream = await context.helpers.getBinaryStream(data.id);
			return {
				...named,
				content: readFrom(stream as unknown as FileContent, label),
				length: lengthOf(fileSize),
				close: () => stream.destroy(),
			};
		},
	};
}

function binaryIn(context: IExecuteFunctions, itemIndex: number, field: string): IBinaryData | undefined {
	const binary = context.getInputData()[itemIndex]?.binary;
	return binary !== undefined && Object.hasOwn(binary, field) ? binary[field] : undefined;
}

function noBinary(context: IExecuteFunctions, itemIndex: number, field: string): FileError {
	const fields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	return new FileError(
		'fileNotFound',
		`The item has no binary field '${field}'.`,
		fields.length === 0
			? 'The item has no binary data at all: the step before has to download the file, or choose URL as the source.'
			: `Its binary fields are: ${fields.join(', ')}.`,
	);
}

/** n8n deletes the files of executions that it no longer keeps. */
function noLonger(label: string, cause: unknown): FileError {
	return new FileError(
		'fileNotFound',
		`n8n does not have the file of ${label} any more.`,
		'Run the step that downloads it again.',
		{ cause },
	);
}

async function* readFrom(stream: FileContent, label: string): AsyncGenerator<Uint8Array> {
	try {
		yield* stream;
	} catch (error) {
		throw noLonger(label, error);
	}
}

async function* pieceOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
	yield content;
}

/** Where a file is on the web, and how it may be asked for. */
export interface UrlSettings {
	url: string;
	/** One of the node's credential types; undefined asks without any. */
	credentialType?: string;
	/**
	 * Hosts that get the credential, for example `api.example.com`, `api.example.com:8443` or `*.example.com`. Empty: the
	 * host of the address. Everything else is asked without it, also after a redirect, and so is whatever is not encrypted.
	 */
	credentialHosts: readonly string[];
	/** Whether addresses inside the own network may be asked. */
	allowPrivate: boolean;
	/** Milliseconds until an answer begins, and milliseconds without progress. */
	idleMs: number;
}

/** Most redirects that are followed. */
const MAX_REDIRECTS = 5;

/**
 * A file on the web. Redirects are followed one by one, so that each address is checked, and the credential goes only to
 * hosts that are meant to get it.
 *
 * @throws {FileError} when the address is none that can be asked
 */
export function urlSource(context: IExecuteFunctions, settings: UrlSettings): FileSource {
	const first = webAddress(settings.url, settings.allowPrivate);
	const label = first.hostname;
	const gets = (url: URL) =>
		keepsSecrets(url) &&
		(settings.credentialHosts.length === 0
			? url.origin === first.origin
			: settings.credentialHosts.some((host) => matches(url, host)));

	return {
		label,
		open: async () => {
			let url = first;
			/** Once a redirect has led away from the hosts that get the credential, nobody gets it any more. */
			let hasLeft = false;
			for (let redirects = 0; ; redirects += 1) {
				const credentialType = gets(url) && !hasLeft ? settings.credentialType : undefined;
				const response = await ask(context, url, credentialType, settings.idleMs);
				if (!isRedirect(response)) return openedFile(response, url, settings.idleMs);
				response.end();
				if (redirects >= MAX_REDIRECTS) throw tooManyRedirects(label);
				const next = redirectTarget(response.headers.location, url, settings.allowPrivate);
				hasLeft ||= gets(url) && !gets(next);
				url = next;
			}
		},
	};
}

/** The part of Node.js's readable streams that is used. */
type Readable = FileContent & { destroy(): void };

interface StreamedResponse {
	status: number;
	headers: Record<string, string | undefined>;
	body: Readable;
	/** Tells that somebody has stopped the run. */
	canceled: AbortSignal | undefined;
	/** Ends the answer and the request. In n8n 2.41 ending the stream alone would leave its connection open. */
	end(): void;
}

function isRedirect({ status, headers }: StreamedResponse): boolean {
	return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined;
}

/** Sends one request and gives back the answer, whatever its status. */
async function ask(
	context: IExecuteFunctions,
	url: URL,
	credentialType: string | undefined,
	timeout: number,
): Promise<StreamedResponse> {
	const canceled = context.getExecutionCancelSignal?.();
	const send = async (ignoreHttpStatusErrors: boolean): Promise<StreamedResponse> => {
		if (canceled?.aborted === true) throw stopped();
		const stop = new AbortController();
		const stopWaiting = whenCanceled(canceled, () => stop.abort());
		const options: IHttpRequestOptions = {
			method: 'GET',
			url: url.href,
			headers: {
				Accept: '*/*',
				// A length that was announced for compressed bytes would be wrong for what arrives here.
				'Accept-Encoding': 'identity',
				'User-Agent': 'n8n-nodes-kustomer',
			},
			encoding: 'stream',
			timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors,
			// Followed by hand.
			disableFollowRedirect: true,
			abortSignal: stop.signal,
		};
		const sent = (
			credentialType === undefined
				? context.helpers.httpRequest(options)
				: context.helpers.httpRequestWithAuthentication.call(context, credentialType, options)
		) as Promise<IN8nHttpFullResponse>;
		const { statusCode, headers, body } = await sent.catch((error: unknown) => {
			stopWaiting();
			return Promise.reject(error);
		});
		const readable = body as unknown as Readable;
		return {
			status: statusCode,
			headers: textHeaders(headers),
			body: readable,
			canceled,
			end: () => {
				stopWaiting();
				readable.destroy();
				stop.abort();
			},
		};
	};
	const answer = await send(true).catch((error: unknown) => Promise.reject(unreachable(url, error)));
	if (answer.status !== 401 || credentialType === undefined) return answer;
	answer.end();
	// n8n renews a token only when its helper throws on the 401; then it throws on a redirect as well, but keeps the token.
	return await send(false).catch(async (error: unknown) => {
		const status = await Promise.resolve(readFailure(error)).then(
			(failure) => failure.status,
			() => undefined,
		);
		if (status !== undefined && status >= 300 && status < 400) return await send(true);
		return await Promise.reject(status === undefined ? unreachable(url, error) : statusError(url, status));
	});
}

function textHeaders(headers: object): Record<string, string | undefined> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name.toLowerCase(),
			value === undefined || value === null ? undefined : String(Array.isArray(value) ? value[0] : value),
		]),
	);
}

function openedFile(
	{ status, headers, body, canceled, end }: StreamedResponse,
	url: URL,
	idleMs: number,
): OpenedFile {
	if (status !== 200) {
		end();
		throw statusError(url, status);
	}
	let waiting = false;
	let idle = false;
	let giveUp: (reason: Error) => void = () => {};
	const watch = new IdleWatch(idleMs, () => {
		// While nobody reads, nothing can come.
		if (!waiting) return 'goOn';
		idle = true;
		end();
		// A stream that is ended while somebody waits for it may never say so.
		giveUp(new NoAnswer('timeout'));
		return 'end';
	});
	const stopWaiting = whenCanceled(canceled, () => {
		end();
		giveUp(stopped());
	});
	/** Passes the bytes on; gives up when the source sends nothing for too long while it is being waited for. */
	async function* content(): AsyncGenerator<Uint8Array> {
		const iterator = body[Symbol.asyncIterator]();
		try {
			for (;;) {
				waiting = true;
				watch.progress();
				const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
					giveUp = reject;
					iterator.next().then(resolve, reject);
				}).catch((error: unknown) =>
					Promise.reject(unreachable(url, idle ? new NoAnswer('timeout') : error)),
				);
				waiting = false;
				if (next.done === true) return;
				yield next.value;
			}
		} finally {
			waiting = false;
			close();
		}
	}
	const close = () => {
		stopWaiting();
		watch.end();
		end();
	};
	return {
		content: content(),
		length: headers['content-encoding'] === undefined ? lengthOf(headers['content-length']) : undefined,
		contentType: plainType(headers['content-type']),
		name: nameInDisposition(headers['content-disposition']) ?? nameInUrl(url.href),
		close,
	};
}

function lengthOf(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const length = Number(value);
	return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/** Whether nobody on the way can read what is sent: it is encrypted, or does not leave this machine. */
function keepsSecrets(url: URL): boolean {
	return url.protocol === 'https:' || isLoopback(url.hostname);
}

/** Whether a host, as `URL.hostname` gives it, is this machine by its address, or by the name that always means it. */
function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Whether an address is meant by an entry of the list: the host itself, or any below `*.`. Without a port an entry means
 * the usual one: behind another port of the same host there may be something else. On this machine it means any.
 */
function matches(url: URL, entry: string): boolean {
	const wanted = entry.trim().toLowerCase().replace(/:443$/, '');
	if (wanted === '') return false;
	const hosts = isLoopback(url.hostname) ? [url.host, url.hostname] : [url.host];
	return hosts.some((host) => (wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted));
}

function webAddress(text: string, allowPrivate: boolean): URL {
	const trimmed = text.trim();
	if (!URL.canParse(trimmed)) {
		throw addressError(
			'The address of the file is not a web address.',
			'Enter it with https:// in front, or check the expression.',
		);
	}
	const url = new URL(trimmed);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw addressError(
			'The address of the file is not a web address.',
			'Only https:// and http:// can be asked. For other storage, download the file in the step before and choose Binary Data as the source.',
		);
	}
	if (!allowPrivate && isPrivateHost(url.hostname)) {
		throw addressError(
			'The address of the file is inside the own network, which is not allowed.',
			'If the address is right, turn on Allow Addresses Inside Your Network in the options.',
		);
	}
	return url;
}

function redirectTarget(location: string | undefined, from: URL, allowPrivate: boolean): URL {
	if (location === undefined || !URL.canParse(location, from.href)) {
		throw addressError(
			`${from.hostname} redirects to something that is not a web address.`,
			'Ask the provider of the file.',
		);
	}
	const url = webAddress(new URL(location, from).href, allowPrivate);
	if (from.protocol === 'https:' && url.protocol !== 'https:') {
		throw addressError(
			`${from.hostname} redirects to an address that is not encrypted.`,
			'Ask the provider of the file for an address with https://.',
		);
	}
	return url;
}

function addressError(message: string, advice: string): FileError {
	return new FileError('fileAddress', message, advice);
}

function tooManyRedirects(label: string): FileError {
	return addressError(
		`${label} redirects more than ${MAX_REDIRECTS} times.`,
		'Often this means that a sign-in is missing: choose the credential that the address needs.',
	);
}

function statusError({ hostname }: URL, status: number): FileError {
	if (status === 404 || status === 410) {
		return new FileError(
			'fileNotFound',
			`${hostname} has no such file (status ${status}).`,
			'It may not be ready yet, or was deleted. Recordings are often ready only minutes after the call.',
		);
	}
	if (status === 401 || status === 403) {
		return new FileError(
			'fileUnauthorized',
			`${hostname} does not give out the file (status ${status}).`,
			'Choose the credential that the address needs, and check that it is valid for this host. Links with a signature expire.',
		);
	}
	return new FileError(
		'fileUnreachable',
		`${hostname} did not give out the file (status ${status}).`,
		'Try again later, or open the address in a browser to see what it says.',
		{ mayHelp: status === 429 || status >= 500 },
	);
}

function unreachable({ hostname }: URL, error: unknown): unknown {
	if (error instanceof FileError) return error;
	const reason = error instanceof NoAnswer ? error.reason : reasonOf(error);
	if (reason === undefined) return error;
	const texts: Record<NoAnswer['reason'], [happened: string, advice: string]> = {
		timeout: ['sent nothing for too long', 'Try again later, or raise the timeout in the options.'],
		connection: [
			'could not be reached, or the connection broke',
			'Check the address, and the proxy and firewall of this n8n.',
		],
		dns: ['was not found', 'Check the address.'],
		tls: [
			'offers no secure connection that can be trusted',
			'Check the address. Behind an inspecting proxy, n8n needs the certificate of that proxy.',
		],
		blocked: [
			'may not be asked by this n8n',
			"Ask the administrator of this n8n to allow the address in n8n's protection against requests to internal addresses.",
		],
	};
	const [happened, advice] = texts[reason];
	return new FileError('fileUnreachable', `${hostname} ${happened}.`, advice, {
		mayHelp: reason === 'timeout' || reason === 'connection',
		cause: error,
	});
}
