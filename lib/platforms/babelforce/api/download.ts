/**
 * Fetches the file of a recording (rule X5). babelforce answers with a redirect to its storage; the credential stays with
 * babelforce.
 * https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml, downloadFile)
 */
import { FileError } from '../../../files/file-error';
import { isPrivateHost } from '../../../files/private-address';
import { RefusedAddress, remoteAddress, type AddressRules } from '../../../files/remote-address';
import {
	isRemoteFile,
	keepFile,
	openRemoteFile,
	type NoRemoteFile,
	type RemoteFile,
} from '../../../files/remote-file';
import { NoAnswer } from '../../../http/http';
import { pathOf, type BabelforceClient } from './client';
import type { Recording } from './documents';
import { BabelforceError, errorFromNoAnswer, errorFromResponse, unexpectedAnswerError } from './errors';
import { fileKind, type FileKind } from './file-name';
import { plainId, wireId } from './ids';
import { availabilityOf, getRecording } from './resources/recordings';

/** A file on its way. Its `content` is to be read once, to its end. */
export interface OpenFile extends FileKind, Pick<RemoteFile, 'content' | 'source' | 'length'> {}

const OPERATION = 'download the recording';
/** Downloads are begun anew this often when they break. */
const MAX_DOWNLOADS = 3;

/**
 * Downloads a recording. A download that breaks, or whose link has expired, begins anew, with a new link.
 *
 * @param recording as babelforce answered it just now
 * @param store keeps a file while it arrives
 * @param allowInternal whether the file may come from inside the own network
 * @throws {BabelforceError} of the kind `notReady` when the file cannot be fetched yet, `unusableFile` when it never
 *   will, and others
 * @throws what `store` throws for reasons of its own
 */
export async function downloadRecording<Kept>(
	client: BabelforceClient,
	recording: Recording,
	store: (file: OpenFile) => Promise<Kept>,
	allowInternal = false,
): Promise<Kept> {
	checkAvailable(recording);
	for (let attempt = 1; ; attempt += 1) {
		const last = attempt >= MAX_DOWNLOADS;
		const opened = await openFile(client, recording, allowInternal);
		if (!isRemoteFile(opened)) {
			// 403 is what storages say of a link that has expired, 401 what babelforce says of a token that has.
			if (last || (opened.status !== 403 && opened.status !== 401)) throw refusal(opened, client.baseUrl);
			// Reading something else renews the token.
			await getRecording(client, recording.id);
			continue;
		}
		checkAudio(opened);
		const { content, source, length, contentType } = opened;
		const outcome = await keepFile(
			opened,
			async () => await store({ ...fileKind(recording, contentType), content, source, length }),
		);
		if ('kept' in outcome) return outcome.kept;
		const { problem } = outcome;
		if (problem instanceof FileError && problem.kind === 'fileEmpty') throw unusable('the file is empty');
		if (last) throw errorFromNoAnswer(problem instanceof NoAnswer ? problem.reason : 'connection', OPERATION);
		await client.waitAfter(OPERATION, attempt);
	}
}

function checkAvailable(recording: Recording): void {
	const state = recording.file?.state ?? recording.state ?? 'unknown';
	switch (availabilityOf(recording)) {
		case 'ready':
			return;
		case 'later':
			throw new BabelforceError({
				kind: 'notReady',
				message: `The recording ${ofCall(recording)}cannot be downloaded yet: its state is "${state}".`,
				advice: 'babelforce stores a recording some time after the call has ended. Try again later.',
			});
		case 'never':
			throw unusable(`its state is "${[recording.state, state].find(isGone) ?? state}"`);
	}
}

/** "of call c1… ", where it is known. */
function ofCall({ call }: Recording): string {
	const id = plainId(call?.id);
	return id === undefined ? '' : `of call ${id} `;
}

function isGone(state: string | null | undefined): boolean {
	return state === 'failed' || state === 'deleted' || state === 'missing';
}

async function openFile(
	client: BabelforceClient,
	recording: Recording,
	allowInternal: boolean,
): Promise<RemoteFile | NoRemoteFile> {
	const fileId = recording.file?.id;
	if (typeof fileId === 'string' && fileId !== '') {
		const path = pathOf(['files', wireId(fileId, 'File ID'), 'download']);
		const address = `${client.baseUrl}${path}`;
		const opened = await follow(client, address, allowInternal);
		// babelforce answers 404 also when there is a file but no link to it.
		if (opened.status !== 404 || opened.url.href !== address) return opened;
	}
	return await follow(client, recording.url ?? '', allowInternal);
}

/** Stands for the status of a redirect where babelforce named an address in an answer. */
const NAMED = 200;

/** Opens an address that babelforce has named, with all of its redirects. */
async function follow(
	client: BabelforceClient,
	address: string,
	allowInternal: boolean,
): Promise<RemoteFile | NoRemoteFile> {
	const own = new URL(client.baseUrl);
	const rules: AddressRules = {
		credentialOrigin: own.origin,
		ownHostname: own.hostname,
		// A babelforce inside the own network, as the sandbox has one, keeps its files there as well.
		allowPrivate: allowInternal || isPrivateHost(own.hostname),
		resolve: client.resolve,
	};
	try {
		// It has to be as safe as a redirect of babelforce.
		const first = remoteAddress(address, own, rules, { from: own, status: NAMED });
		return await openRemoteFile(
			async (url, signedIn) => await client.open(OPERATION, url, signedIn),
			first,
			rules,
			{ clock: client.clock, idleMs: client.timeoutMs, label: first.hostname, count: true },
		);
	} catch (error) {
		throw error instanceof RefusedAddress ? notFollowed(error) : error;
	}
}

function notFollowed({ problem, redirect }: RefusedAddress): BabelforceError {
	if (problem === 'private') {
		return new BabelforceError({
			kind: 'unexpectedAnswer',
			message: `Could not ${OPERATION}: babelforce named an address inside the own network, which is not allowed.`,
			advice:
				"If this network really reaches babelforce's storage at such an address, turn on the option 'Allow Internal Addresses'.",
		});
	}
	if (redirect?.status === NAMED) return unusable('babelforce has no link to its file');
	if (problem === 'redirects') {
		return unexpectedAnswerError(OPERATION, 'there were too many redirects', redirect?.status ?? 302);
	}
	return unsafeRedirect(redirect?.status ?? 302);
}

function unsafeRedirect(status: number): BabelforceError {
	return unexpectedAnswerError(
		OPERATION,
		'babelforce redirected to something that is no safe address',
		status,
	);
}

/** Pages and error texts that come with the status of a success. */
const NOT_AUDIO = /^(?:text\/|application\/(?:json|xml|problem\+json|xhtml\+xml|pdf)$)/;

function checkAudio({ contentType = '', length, close }: RemoteFile): void {
	const problem = NOT_AUDIO.test(contentType)
		? `the storage sent "${contentType}" instead of audio`
		: length === 0
			? 'the file is empty'
			: undefined;
	if (problem === undefined) return;
	close();
	throw unusable(problem);
}

function refusal({ status, headers, body, url }: NoRemoteFile, baseUrl: string): BabelforceError {
	if (status >= 300 && status < 400) return unsafeRedirect(status);
	if (url.origin === new URL(baseUrl).origin) return errorFromResponse({ status, headers, body }, OPERATION);
	if (status === 404 || status === 410) return unusable(`the storage does not have it (status ${status})`);
	return new BabelforceError({
		kind: status >= 500 || status === 429 ? 'server' : 'unusableFile',
		status,
		message: `Could not download the recording: the storage that babelforce named refused it (status ${status}).`,
		advice: 'Try again later. If it goes on, ask the support of babelforce.',
	});
}

function unusable(why: string): BabelforceError {
	return new BabelforceError({
		kind: 'unusableFile',
		message: `The recording cannot be downloaded: ${why}.`,
		advice:
			'Look at the recording in babelforce. If it plays there, ask the support of babelforce; if not, it cannot be recovered by trying again.',
	});
}
