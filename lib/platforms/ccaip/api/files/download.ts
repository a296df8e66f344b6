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
import { noAnswerAttempt, type Attempt, type CcaiPlatformClient } from '../client';
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
	does: string;
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
	const isTenant = ({ origin }: URL) => origin === own.origin;
	const { does } = wanted;
	const first = firstAddress(wanted, own, rules);

	return await client.persist(does, async (): Promise<Attempt<Downloaded<T>>> => {
		/** The address that was asked last. */
		let asked = first;
		const opened = await openRemoteFile(
			async (url, signedIn) => {
				asked = new URL(url);
				return await client.sendOnce({ url, signedIn, stream: true }, does);
			},
			first,
			rules,
			{ clock: client.clock, idleMs: client.timeoutMs, label: first.hostname, count: true },
		).catch((error: unknown) =>
			error instanceof NoAnswer || error instanceof RefusedAddress ? error : Promise.reject(error),
		);
		if (opened instanceof NoAnswer) return noAnswerAttempt(opened, does, isTenant(asked));
		if (opened instanceof RefusedAddress) return notFollowed(opened, wanted, isTenant(asked));

		const { status, headers, url } = opened;
		if (!isRemoteFile(opened) || isNoFile(headers)) {
			if (isRemoteFile(opened)) opened.close();
			const error = refusalOf(opened, does, isTenant(url), client.tenant.subdomain);
			return { error, status, headers, isTenant: isTenant(url) };
		}
		const { contentType } = opened;
		const outcome = await keepFile(
			opened,
			async ({ content, source }) => await save({ content, source, contentType, path: url.pathname }),
		);
		if ('problem' in outcome) return brokenAttempt(outcome.problem, does, isTenant(url));
		return { value: { saved: outcome.kept, size: outcome.size, contentType } };
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
	{ does, field }: WantedFile,
	isTenant: boolean,
): Attempt<never> {
	if (redirect === undefined) throw refusedInput(problem, field);
	const { status } = redirect;
	const what =
		problem === 'redirects'
			? 'it is redirected again and again'
			: 'it is redirected to an address that is not allowed';
	return { error: unexpectedAnswerError(does, what, status), status, isTenant };
}

function refusalOf(
	{ status, headers }: RemoteFile | NoRemoteFile,
	does: string,
	isTenant: boolean,
	subdomain: string,
): CcaiPlatformError {
	if (status === 200) {
		return unexpectedAnswerError(does, 'a web page or a message came instead of the file', status);
	}
	if (status > 200 && status < 300) {
		return unexpectedAnswerError(does, `the answer has no file in it (status ${status})`, status);
	}
	return isTenant
		? errorFromResponse({ status, headers, body: undefined }, { operation: does, subdomain })
		: errorFromStorage(status, does);
}

function brokenAttempt(problem: NoAnswer | FileError, does: string, isTenant: boolean): Attempt<never> {
	if (problem instanceof FileError && problem.kind === 'fileEmpty') {
		const error = new CcaiPlatformError({
			kind: 'notReady',
			message: `Could not ${does}: the file is empty.`,
			advice: 'The platform may still be writing it. Try again later.',
		});
		return { error, isTenant };
	}
	const reason = problem instanceof NoAnswer ? problem.reason : 'connection';
	return { error: errorFromNoAnswer(reason, does), noAnswer: reason, isTenant, hasProgressed: true };
}
