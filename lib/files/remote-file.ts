/**
 * The one way to open a file on the web (rules X5, X8). Redirects are followed by hand, because each address on the way
 * needs its own decision: whether it may be asked at all, and whether it gets the credential.
 */
import { headerOf } from '../http/headers';
import type { HttpResponse, NoAnswer } from '../http/http';
import { plainType } from './content-type';
import { FileError } from './file-error';
import { nameInDisposition, nameInUrl } from './file-name';
import type { OpenedFile } from './file-source';
import {
	checkWhereItLeads,
	getsCredential,
	RefusedAddress,
	remoteAddress,
	type AddressRules,
} from './remote-address';
import { watchContent, type ByteStream, type WatchedContent, type WatchOptions } from './watched-content';

/** Most redirects that are followed. */
export const MOST_REDIRECTS = 5;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks one address once, with the credential or without, and follows no redirect. The body of an answer with the status
 * 200 is a {@link ByteStream}; that of any other may be one, and is then ended unread.
 *
 * @throws {NoAnswer} or what the caller's own client throws
 */
export type AskAddress = (url: string, signedIn: boolean) => Promise<HttpResponse>;

/** What answered at last, and where. */
interface Answered {
	/** Where it came from in the end. */
	url: URL;
	headers: HttpResponse['headers'];
	/** Whether it was asked with the credential. */
	signedIn: boolean;
}

/** A file that has begun to arrive. */
export interface RemoteFile
	extends Answered,
		Omit<OpenedFile, 'content'>,
		Pick<WatchedContent, 'content' | 'received' | 'problem'> {
	status: 200;
	/** What came, for its class only: `content` is what is to be read. */
	source: ByteStream;
}

/** An answer that brings no file. */
export interface NoRemoteFile extends Answered {
	status: number;
	/** As {@link HttpResponse} says; undefined when it was a stream. */
	body: unknown;
}

/** How a file is waited for and counted. */
export interface ArrivalOptions extends Omit<WatchOptions, 'length'> {
	/** Whether less or more than was announced is an error. Otherwise whoever reads it counts. */
	count: boolean;
}

/**
 * Opens an address, and follows its redirects.
 *
 * The credential goes to {@link AddressRules its hosts} only, and once a redirect has led away from them, nobody gets it any
 * more: somebody else has chosen the address then.
 *
 * @param first as {@link remoteAddress} gave it
 * @throws {RefusedAddress} when an address on the way may not be asked
 * @throws what `ask` throws
 */
export async function openRemoteFile(
	ask: AskAddress,
	first: URL,
	rules: AddressRules,
	arrival: ArrivalOptions,
): Promise<RemoteFile | NoRemoteFile> {
	let url = first;
	let redirect: RefusedAddress['redirect'];
	let hasLeft = false;
	for (let redirects = 0; ; redirects += 1) {
		await checkWhereItLeads(url, rules, redirect);
		const isCredentialHost = getsCredential(url, rules);
		const signedIn = isCredentialHost && !hasLeft;
		const answer = await ask(url.href, signedIn);
		const { status, headers, body } = answer;
		if (status === 200) return arriving(answer, { url, signedIn, headers }, arrival);
		if (isStream(body)) body.destroy();
		const location = headerOf(headers, 'location');
		if (!REDIRECTS.has(status) || location === undefined) {
			return { status, headers, url, signedIn, body: isStream(body) ? undefined : body };
		}
		redirect = { from: url, status };
		if (redirects >= MOST_REDIRECTS) throw new RefusedAddress('redirects', redirect);
		url = remoteAddress(location, url, rules, redirect);
		hasLeft ||= isCredentialHost && !getsCredential(url, rules);
	}
}

/** Whether a file has come. */
export function isRemoteFile(opened: RemoteFile | NoRemoteFile): opened is RemoteFile {
	return 'content' in opened;
}

/** What came of a file that was to be kept. */
export type Kept<T> =
	| {
			kept: T;
			/** Bytes. */
			size: number;
	  }
	/** What went wrong with the file on its way; what is wrong with its keeping is thrown. */
	| { problem: NoAnswer | FileError };

/**
 * Hands a file to whoever keeps it while it arrives, and looks whether all of it has come.
 *
 * @throws what `keep` throws for reasons of its own
 */
export async function keepFile<T>(
	file: RemoteFile,
	keep: (file: RemoteFile) => Promise<T>,
): Promise<Kept<T>> {
	try {
		const kept = await keep(file);
		const problem = file.problem();
		return problem === undefined ? { kept, size: file.received() } : { problem };
	} catch (error) {
		const problem = file.problem();
		return problem === undefined ? await Promise.reject(error) : { problem };
	} finally {
		file.close();
	}
}

function arriving({ body }: HttpResponse, answered: Answered, arrival: ArrivalOptions): RemoteFile {
	const { headers, url } = answered;
	const source = body as ByteStream;
	const length = announcedLength(headers);
	const watched = watchContent(source, { ...arrival, length: arrival.count ? length : undefined });
	return {
		...answered,
		...watched,
		status: 200,
		source,
		length,
		contentType: plainType(headerOf(headers, 'content-type')),
		name: nameInDisposition(headerOf(headers, 'content-disposition')) ?? nameInUrl(url.href),
	};
}

/** Bytes; undefined when nobody says, and for what is decompressed on the way, which has another length than announced. */
function announcedLength(headers: HttpResponse['headers']): number | undefined {
	const encoding = headerOf(headers, 'content-encoding') ?? 'identity';
	const length = headerOf(headers, 'content-length') ?? '';
	return encoding === 'identity' && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && 'destroy' in body;
}
