/**
 * Fetches the file of a recording (rule X5). babelforce answers with a redirect to its storage, which is followed here,
 * step by step, so that the credential stays with babelforce.
 * https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml, downloadFile)
 */
import { plainType } from '../../../files/content-type';
import { NoAnswer, type HttpResponse } from '../../../http/http';
import { pathOf, type BabelforceClient } from './client';
import type { Recording } from './documents';
import { BabelforceError, errorFromNoAnswer, errorFromResponse, unexpectedAnswerError } from './errors';
import { fileKind, type FileKind } from './file-name';
import { plainId, wireId } from './ids';
import { availabilityOf, getRecording } from './resources/recordings';

/** A file on its way. */
export interface OpenFile extends FileKind {
	/** A readable stream. */
	stream: unknown;
	/** Bytes that the storage announced. */
	length?: number;
}

/**
 * Keeps a file while it arrives.
 *
 * @returns what was kept, and how many bytes
 * @throws {NoAnswer} when the stream broke
 */
export type StoreFile<Kept> = (file: OpenFile) => Promise<{ kept: Kept; bytes: number | undefined }>;

const DOING = 'download the recording';
/** Downloads are begun anew this often when they break. */
const MAX_DOWNLOADS = 3;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads a recording. A download that breaks, or whose link has expired, begins anew, with a new link.
 *
 * @param recording as babelforce answered it just now
 * @throws {BabelforceError} of the kind `notReady` when the file cannot be fetched yet, `unusableFile` when it never
 *   will, and others
 */
export async function downloadRecording<Kept>(
	client: BabelforceClient,
	recording: Recording,
	store: StoreFile<Kept>,
): Promise<Kept> {
	checkAvailable(recording);
	for (let attempt = 1; ; attempt += 1) {
		const last = attempt >= MAX_DOWNLOADS;
		const opened = await openFile(client, recording);
		if (opened.status !== 200) {
			// 403 is what storages say of a link that has expired, 401 what babelforce says of a token that has.
			if (last || (opened.status !== 403 && opened.status !== 401)) throw refusal(opened, client.baseUrl);
			// Reading something else renews the token.
			await getRecording(client, recording.id);
			continue;
		}
		const file = fileFrom(recording, opened);
		const result = await store(file).catch((error: unknown) =>
			error instanceof NoAnswer ? error : Promise.reject(error),
		);
		if (result instanceof NoAnswer) {
			if (last) throw errorFromNoAnswer(result.reason, DOING);
		} else if (result.bytes === 0) {
			throw unusable('the file is empty');
		} else if (file.length === undefined || result.bytes === undefined || result.bytes === file.length) {
			return result.kept;
		} else if (last) {
			throw errorFromNoAnswer('connection', DOING);
		}
		await client.waitAfter(DOING, attempt);
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

/** What answered, and where. */
interface Opened extends HttpResponse {
	url: string;
}

async function openFile(client: BabelforceClient, recording: Recording): Promise<Opened> {
	const fileId = recording.file?.id;
	if (typeof fileId === 'string' && fileId !== '') {
		const path = pathOf(['files', wireId(fileId, 'File ID'), 'download']);
		const opened = await follow(client, `${client.baseUrl}${path}`);
		// babelforce answers 404 also when there is a file but no link to it.
		if (opened.status !== 404 || opened.url !== `${client.baseUrl}${path}`) return opened;
	}
	const url = checkedUrl(recording.url ?? '', client.baseUrl);
	if (url === undefined) throw unusable('babelforce has no link to its file');
	return await follow(client, url);
}

async function follow(client: BabelforceClient, from: string): Promise<Opened> {
	let url = from;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
		const answer = await client.open(DOING, url);
		const { location } = answer.headers;
		if (!REDIRECTS.has(answer.status)) return { ...answer, url };
		const next = checkedUrl(typeof location === 'string' ? location : '', url, client.baseUrl);
		if (next === undefined) {
			throw unexpectedAnswerError(
				DOING,
				answer.status,
				'babelforce redirected to something that is no safe address',
			);
		}
		url = next;
	}
	throw unexpectedAnswerError(DOING, 302, 'there were too many redirects');
}

/**
 * An address that may be opened: encrypted, except for babelforce's own address, or where that is not encrypted either.
 *
 * @param base what a relative address is relative to
 */
function checkedUrl(address: string, base: string, baseUrl: string = base): string | undefined {
	if (address.trim() === '' || !URL.canParse(address, base)) return undefined;
	const url = new URL(address, base);
	const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && baseUrl.startsWith('http:'));
	return allowed && url.username === '' && url.password === '' ? url.href : undefined;
}

/** Pages and error texts that come with the status of a success. */
const NOT_AUDIO = /^(?:text\/|application\/(?:json|xml|problem\+json|xhtml\+xml|pdf)$)/;

function fileFrom(recording: Recording, answer: Opened): OpenFile {
	const header = (name: string) => [answer.headers[name]].flat()[0];
	const type = plainType(header('content-type'));
	const problem =
		type !== undefined && NOT_AUDIO.test(type)
			? `the storage sent "${type}" instead of audio`
			: header('content-length') === '0'
				? 'the file is empty'
				: undefined;
	if (problem !== undefined) {
		(answer.body as { destroy?(): void } | undefined)?.destroy?.();
		throw unusable(problem);
	}
	const length = Number(header('content-length') ?? Number.NaN);
	// What is decompressed on the way has another length than the one announced.
	const isEncoded = !['', 'identity'].includes(header('content-encoding') ?? '');
	return {
		...fileKind(recording, type),
		stream: answer.body,
		...(Number.isSafeInteger(length) && !isEncoded ? { length } : {}),
	};
}

function refusal(answer: Opened, baseUrl: string): BabelforceError {
	if (new URL(answer.url).origin === new URL(baseUrl).origin) return errorFromResponse(answer, DOING);
	const { status } = answer;
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
