/** Fetches a file, however large, with constant memory (rule X5). */
import { attempted, noAnswerAttempt, type Attempt, type CcaiPlatformClient } from '../client';
import {
	CcaiPlatformError,
	errorFromNoAnswer,
	errorFromResponse,
	errorFromStorage,
	isNoFile,
	unexpectedAnswerError,
} from '../errors';
import { headerOf, NoAnswer, type ByteStream, type HttpResponse } from '../http';
import { fileAddressOf, type FileAddress } from './file-address';
import { BrokenDownload, watched } from './watched-stream';

/** What is to be fetched. */
export interface WantedFile {
	/** To stand after "could not": `download the recording of call-123`. */
	does: string;
	/** Absolute, or relative to the tenant's host. */
	url: string;
	/** The field that the address comes from, for error texts. */
	field: string;
	allowInternal: boolean;
}

/** A file that has begun to arrive. */
export interface ArrivingFile {
	/** To be read once, to its end. */
	chunks: AsyncGenerator<Uint8Array, void, undefined>;
	/** What the server sent, for its class only: `chunks` is what is to be read. */
	source: ByteStream;
	/** In lower case, without parameters; undefined when the server does not say. */
	contentType?: string;
	/** Where it came from in the end, without query: signed addresses are secrets. */
	path: string;
}

/** What came of it. */
export interface Downloaded<T> {
	saved: T;
	/** Bytes. */
	size: number;
	contentType?: string;
}

const MOST_REDIRECTS = 5;

/**
 * Fetches a file and hands it to `save` while it arrives. When it breaks off, it is fetched again from the beginning, and
 * `save` is called again.
 *
 * The credential goes to the tenant's own host only, and nowhere any more after a redirect has led away from it.
 *
 * @throws {CcaiPlatformError} when it cannot be had
 * @throws {InputError} when the address may not be asked
 * @throws what `save` throws for reasons of its own
 */
export async function downloadFile<T>(
	client: CcaiPlatformClient,
	wanted: WantedFile,
	save: (file: ArrivingFile) => Promise<T>,
): Promise<Downloaded<T>> {
	return await client.persist(wanted.does, async (): Promise<Attempt<Downloaded<T>>> => {
		const opened = await open(client, wanted);
		if (!('response' in opened)) return opened;
		const { response, address, close } = opened;
		const source = response.body as ByteStream;
		const { tenant, clock, timeoutMs } = client;

		const refusal = refusalOf(response, address, wanted, tenant.subdomain);
		if (refusal !== undefined) {
			close();
			const { status, headers } = response;
			return { error: refusal, status, headers, isTenant: address.isTenant };
		}

		const contentType = headerOf(response.headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
		const watch = watched(source, {
			expected: announcedSize(response.headers),
			stallMs: timeoutMs,
			clock,
			close,
		});
		const file = { chunks: watch.chunks, source, contentType, path: new URL(address.url).pathname };
		return await save(file).then(
			(saved) => {
				const problem = watch.problem();
				if (problem !== undefined) return brokenAttempt(problem, wanted, address);
				return { value: { saved, size: watch.received(), contentType } };
			},
			async (thrown: unknown) => {
				close();
				await watch.chunks.return();
				const problem = watch.problem();
				return problem === undefined ? await Promise.reject(thrown) : brokenAttempt(problem, wanted, address);
			},
		);
	});
}

/** An answer whose body is wanted, or refused. */
interface Opened {
	response: HttpResponse;
	address: FileAddress;
	/** Ends the body and its connection. Safe to call twice, and when it has ended. */
	close(): void;
}

/** Follows redirects by hand, because each one needs its own decision on the credential. */
async function open(
	client: CcaiPlatformClient,
	{ does, url, field, allowInternal }: WantedFile,
): Promise<Opened | Attempt<never>> {
	const { tenant } = client;
	let address = fileAddressOf(url, tenant.baseUrl, tenant, allowInternal, field);
	let hasLeft = !address.isTenant;

	for (let redirects = 0; ; redirects += 1) {
		const { signal, abort } = aborting();
		const response = await attempted(
			client.sendOnce({ url: address.url, signedIn: !hasLeft, stream: true, signal }, does),
		);
		if (response instanceof NoAnswer) return noAnswerAttempt(response, does, address.isTenant);
		const close = () => {
			// In this order: a stream that is ended already does not report that its connection is gone.
			(response.body as ByteStream).destroy();
			abort();
		};
		const location = headerOf(response.headers, 'location');
		if (response.status < 300 || response.status >= 400 || location === undefined) {
			return { response, address, close };
		}
		close();
		const { status } = response;
		const refused = (what: string) => ({
			error: unexpectedAnswerError(does, what, status),
			status,
			isTenant: address.isTenant,
		});
		if (redirects >= MOST_REDIRECTS) return refused('it is redirected again and again');
		const next = nextAddress(location, address, client, allowInternal);
		if (next === undefined) return refused('it is redirected to an address that is not allowed');
		hasLeft ||= !next.isTenant;
		address = next;
	}
}

function aborting(): { signal: AbortSignal; abort: () => void } {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}

function nextAddress(
	location: string,
	{ url }: FileAddress,
	{ tenant }: CcaiPlatformClient,
	allowInternal: boolean,
): FileAddress | undefined {
	try {
		const next = fileAddressOf(location, url, tenant, allowInternal, 'Location');
		// From an encrypted connection to one that everybody can read: nobody means that.
		return url.startsWith('https:') && next.url.startsWith('http:') ? undefined : next;
	} catch {
		return undefined;
	}
}

function refusalOf(
	response: HttpResponse,
	{ isTenant }: FileAddress,
	{ does }: WantedFile,
	subdomain: string,
): CcaiPlatformError | undefined {
	const { status, headers } = response;
	if (status === 200) {
		return isNoFile(headers)
			? unexpectedAnswerError(does, 'a web page or a message came instead of the file', status)
			: undefined;
	}
	if (status > 200 && status < 300) {
		return unexpectedAnswerError(does, `the answer has no file in it (status ${status})`, status);
	}
	return isTenant
		? errorFromResponse({ status, headers, body: undefined }, { does, subdomain })
		: errorFromStorage(status, does);
}

/** Undefined also for compressed answers: their length is not that of the file. */
function announcedSize(headers: HttpResponse['headers']): number | undefined {
	const encoding = headerOf(headers, 'content-encoding');
	const length = headerOf(headers, 'content-length');
	if ((encoding !== undefined && encoding !== 'identity') || length === undefined) return undefined;
	return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

function brokenAttempt(
	{ reason }: BrokenDownload,
	{ does }: WantedFile,
	{ isTenant }: FileAddress,
): Attempt<never> {
	if (reason !== 'empty') {
		return { error: errorFromNoAnswer(reason, does), noAnswer: reason, isTenant, hasProgressed: true };
	}
	const error = new CcaiPlatformError({
		kind: 'notReady',
		message: `Could not ${does}: the file is empty.`,
		advice: 'The platform may still be writing it. Try again later.',
	});
	return { error, isTenant };
}
