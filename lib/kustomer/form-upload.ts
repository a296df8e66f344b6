/**
 * Sending a file to Kustomer's storage. What goes wrong on the way is repeated from the source, a few times: a stream
 * that broke cannot be taken up again.
 */
import { exactly } from '../files/content-streams';
import { FileError } from '../files/file-error';
import type { FileSource, OpenedFile } from '../files/file-source';
import { FormBody } from '../files/form-body';
import type { KustomerClient } from './client';
import { isLoopback } from '../http/host';
import { NoAnswer } from '../http/http';
import { createAttachment, type NewAttachment, type UploadForm } from './resources/attachments';
import { waitBefore } from '../http/retry';

/** What the storage answered. */
export interface StorageAnswer {
	status: number;
	/** The beginning of the answer, which is XML when something is wrong. */
	text: string;
}

/**
 * Sends a form once, without any credential: the form's own fields are the permission.
 *
 * @throws {NoAnswer} when no answer came
 */
export type SendForm = (url: string, form: FormBody) => Promise<StorageAnswer>;

/** How often a file is sent at most. */
export const MAX_UPLOADS = 3;

/** What an upload gave. */
export interface Uploaded {
	attachmentId: string;
	/** How often the file was sent. */
	attempts: number;
}

/**
 * Announces a file and sends it. Nothing refers to the file before this has returned, so a half file is never seen.
 *
 * @param file as it was inspected; the length is announced and kept to
 * @throws {FileError}
 * @throws {KustomerError}
 */
export async function uploadFile(
	client: KustomerClient,
	source: FileSource,
	file: NewAttachment,
	send: SendForm,
): Promise<Uploaded> {
	let announced: { id: string; upload: UploadForm } | undefined;
	for (let attempt = 1; ; attempt += 1) {
		announced ??= await announce(client, file);
		const outcome = await sendOnce(source, file, announced.upload, send);
		if (outcome === 'stored') return { attachmentId: announced.id, attempts: attempt };
		if (!outcome.mayHelp || attempt >= MAX_UPLOADS) throw outcome.error;
		// A form lasts half an hour or so; one that was refused will be refused again.
		if (outcome.newForm) announced = undefined;
		await client.clock.sleep(
			waitBefore({ attempt, now: client.clock.now(), random: () => client.clock.random() }),
		);
	}
}

async function announce(
	client: KustomerClient,
	file: NewAttachment,
): Promise<{ id: string; upload: UploadForm }> {
	const { id, upload } = await createAttachment(client, file);
	if (upload === undefined) throw refused('Kustomer did not say where to upload the file');
	const { protocol, hostname } = new URL(upload.url);
	if (protocol !== 'https:' && !isLoopback(hostname)) {
		throw refused('the address of the storage is not encrypted');
	}
	return { id, upload };
}

interface Failed {
	error: FileError;
	mayHelp: boolean;
	newForm: boolean;
}

async function sendOnce(
	source: FileSource,
	file: NewAttachment,
	upload: UploadForm,
	send: SendForm,
): Promise<'stored' | Failed> {
	let opened: OpenedFile | undefined;
	/** What went wrong with the source while it was being read: the storage only sees that the sender hung up. */
	let broken: FileError | undefined;
	try {
		opened = await source.open();
		const { content } = opened;
		const watched = async function* () {
			try {
				yield* exactly(content, file.contentLength, source.label);
			} catch (error) {
				broken = error instanceof FileError ? error : interrupted(source.label, error);
				throw broken;
			}
		};
		const form = new FormBody(upload.fields, {
			name: file.name,
			contentType: file.contentType,
			length: file.contentLength,
			content: watched(),
		});
		const answer = await send(upload.url, form);
		if (broken !== undefined) return failed(broken);
		return answer.status >= 200 && answer.status < 300 ? 'stored' : judge(answer);
	} catch (error) {
		if (broken !== undefined) return failed(broken);
		if (error instanceof FileError) return failed(error);
		// A storage that refuses a form early hangs up, and its answer is lost: the form may have been the reason.
		if (error instanceof NoAnswer) return { ...failed(lost(error)), newForm: true };
		return Promise.reject(error);
	} finally {
		opened?.close();
	}
}

function failed(error: FileError): Failed {
	return { error, mayHelp: error.mayHelp, newForm: false };
}

/** Error codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function judge({ status, text }: StorageAnswer): Failed {
	const code = /<Code>\s*([A-Za-z]{1,60})\s*<\/Code>/.exec(text)?.[1];
	if (code === 'EntityTooLarge') {
		return failed(
			refused("the file is larger than Kustomer's storage takes", { status, code, tooLarge: true }),
		);
	}
	if (status === 403) {
		return {
			error: refused('the upload form is no longer valid', { status, code }),
			mayHelp: true,
			newForm: true,
		};
	}
	const passing = status === 429 || status >= 500 || code === 'RequestTimeout' || code === 'SlowDown';
	return failed(refused('it did not take the file', { status, code, mayHelp: passing }));
}

function refused(
	what: string,
	{
		status,
		code,
		...options
	}: { status?: number; code?: string; mayHelp?: boolean; tooLarge?: boolean } = {},
): FileError {
	const details = [code, status === undefined ? undefined : `status ${status}`].filter(
		(part) => part !== undefined,
	);
	const said = details.length === 0 ? '' : ` (${details.join(', ')})`;
	return new FileError(
		'uploadFailed',
		`The file could not be stored in Kustomer: ${what}${said}.`,
		'Nothing refers to the file, so running the step again is safe. If it goes on, ask Kustomer, or store a link in place of the file.',
		options,
	);
}

function lost(error: NoAnswer): FileError {
	const texts: Record<NoAnswer['reason'], string> = {
		timeout: "Kustomer's storage took nothing more for too long",
		connection: "the connection to Kustomer's storage broke",
		dns: "the host of Kustomer's storage was not found",
		tls: "no secure connection to Kustomer's storage could be made",
		blocked: "this n8n does not allow requests to Kustomer's storage",
	};
	return new FileError(
		'uploadFailed',
		`The file could not be stored in Kustomer: ${texts[error.reason]}.`,
		"Nothing refers to the file, so running the step again is safe. Check that this n8n reaches Kustomer's storage: its address is not that of the API.",
		{
			mayHelp: error.reason === 'timeout' || error.reason === 'connection' || error.reason === 'dns',
			cause: error,
		},
	);
}

function interrupted(label: string, cause: unknown): FileError {
	return new FileError(
		'fileUnreachable',
		`Reading the file from ${label} was interrupted.`,
		'The connection broke. Try again later.',
		{ mayHelp: true, cause },
	);
}
