/** Fetches a file, however large, with constant memory (rule X5). */
import { FileError } from '../../../../files/file-error';
import {
	RefusedAddress,
	remoteAddress,
	type AddressProblem,
	type AddressRules,
} from '../../../../files/remote-address';
import {
	isRemoteFile,
	keepFile,
	openRemoteFile,
	type NoRemoteFile,
	type RemoteFile,
} from '../../../../files/remote-file';
import type { Attempt, AttemptFailure } from '../../../../http/sending-loop';
import type { CcaiPlatformClient } from '../client';
import {
	CcaiPlatformError,
	errorFromNoAnswer,
	errorFromResponse,
	errorFromStorage,
	isNoFile,
	unexpectedAnswerError,
} from '../errors';
import { InputError } from '../../../../http/errors';
import { NoAnswer } from '../../../../http/http';

/** What is to be fetched. */
export interface WantedFile {
	/** To stand after "could not": `download the recording of call-123`. */
	operation: string;
	/** Absolute, or relative to the tenant's host. */
	url: string;
	/** The field that the address comes from, for error texts. */
	field: string;
	allowInternal: boolean;
}

/** A file that has begun to arrive. Its `content` is to be read once, to its end. */
export interface ArrivingFile extends Pick<RemoteFile, 'content' | 'source' | 'contentType'> {
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

/**
 * Fetches a file and hands it to `save` while it arrives. When it breaks off, it is fetched again from the beginning, and
 * `save` is called again.
 *
 * The credential goes to the tenant's own host only, and nowhere any more after a redirect has led away from it. Addresses
 * inside the own network are refused unless the user allows them: an event that somebody else has sent could otherwise make
 * n8n fetch what only n8n can reach. The tenant's own machine is never foreign.
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
	const own = new URL(client.tenant.baseUrl);
	const rules: AddressRules = {
		credentialOrigin: own.origin,
		ownHostname: own.hostname,
		allowPrivate: wanted.allowInternal,
		resolve: client.resolve,
	};
	const { operation } = wanted;
	const first = firstAddress(wanted, own, rules);

	return await client.persist({ operation }, async (): Promise<Attempt<Downloaded<T>>> => {
		/** The address that was asked last. */
		let asked = first;
		const opened = await openRemoteFile(
			async (url, signedIn) => {
				asked = new URL(url);
				return await client.open(operation, url, signedIn);
			},
			first,
			rules,
			{ clock: client.clock, idleMs: client.timeoutMs, label: first.hostname, count: true },
		).catch((error: unknown) =>
			error instanceof NoAnswer || error instanceof RefusedAddress ? error : Promise.reject(error),
		);
		const isTenant = (opened instanceof Error ? asked : opened.url).origin === own.origin;
		const failed = (error: CcaiPlatformError, failure: AttemptFailure = {}): Attempt<never> => ({
			outcome: { error },
			failure: { ...failure, isElsewhere: !isTenant },
		});
		if (opened instanceof NoAnswer) {
			const { reason } = opened;
			return failed(errorFromNoAnswer(reason, operation), { noAnswer: reason });
		}
		if (opened instanceof RefusedAddress) return failed(notFollowed(opened, wanted));

		const { status, headers, url } = opened;
		if (!isRemoteFile(opened) || isNoFile(headers)) {
			if (isRemoteFile(opened)) opened.close();
			const error = refusalOf(opened, operation, isTenant, client.tenant.subdomain);
			return failed(error, { status, headers });
		}
		const { contentType } = opened;
		const kept = await keepFile(
			opened,
			async ({ content, source }) => await save({ content, source, contentType, path: url.pathname }),
		);
		if ('kept' in kept) return { outcome: { value: { saved: kept.kept, size: kept.size, contentType } } };
		const { problem } = kept;
		if (problem instanceof FileError && problem.kind === 'fileEmpty') return failed(emptyFile(operation));
		const reason = problem instanceof NoAnswer ? problem.reason : 'connection';
		return failed(errorFromNoAnswer(reason, operation), { noAnswer: reason, hasProgressed: true });
	});
}

/** @throws {InputError} when nothing may be fetched from there */
function firstAddress({ url, field }: WantedFile, base: URL, rules: AddressRules): URL {
	try {
		return remoteAddress(url, base, rules);
	} catch (error) {
		throw error instanceof RefusedAddress ? refusedInput(error.problem, field) : error;
	}
}

function refusedInput(problem: AddressProblem, field: string): InputError {
	switch (problem) {
		case 'userInfo':
			return new InputError(
				field,
				`'${field}' has a user or password in it.`,
				'Take them out of the address. The credential signs in where it is needed.',
			);
		case 'private':
			return new InputError(
				field,
				`'${field}' leads to an address inside the own network, which is not allowed here.`,
				"If the file is meant to come from there, turn on the option 'Allow Internal Addresses'.",
			);
		default:
			return new InputError(
				field,
				`'${field}' is not a web address.`,
				'Enter the whole address of the file, beginning with https://.',
			);
	}
}

/** @throws {InputError} when it is the address that was given which may not be asked */
function notFollowed(
	{ problem, redirect }: RefusedAddress,
	{ operation, field }: WantedFile,
): CcaiPlatformError {
	if (redirect === undefined) throw refusedInput(problem, field);
	const { status } = redirect;
	const what =
		problem === 'redirects'
			? 'it is redirected again and again'
			: 'it is redirected to an address that is not allowed';
	return unexpectedAnswerError(operation, what, status);
}

function refusalOf(
	{ status, headers }: RemoteFile | NoRemoteFile,
	operation: string,
	isTenant: boolean,
	subdomain: string,
): CcaiPlatformError {
	if (status === 200) {
		return unexpectedAnswerError(operation, 'a web page or a message came instead of the file', status);
	}
	if (status > 200 && status < 300) {
		return unexpectedAnswerError(operation, `the answer has no file in it (status ${status})`, status);
	}
	return isTenant
		? errorFromResponse({ status, headers, body: undefined }, { operation, subdomain })
		: errorFromStorage(status, operation);
}

function emptyFile(operation: string): CcaiPlatformError {
	return new CcaiPlatformError({
		kind: 'notReady',
		message: `Could not ${operation}: the file is empty.`,
		advice: 'The platform may still be writing it. Try again later.',
	});
}
