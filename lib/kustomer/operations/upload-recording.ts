import {
	sessionFileName,
	readSessionFileName,
	sessionIdIn,
	withExtension,
	cleanFileName,
	shortFileName,
} from '../../files/file-name';
import {
	UNKNOWN_TYPE,
	extensionFor,
	isMedia,
	plainType,
	typeByName,
	wordFor,
} from '../../files/content-type';
import { readHead } from '../../files/content-streams';
import { FileError } from '../../files/file-error';
import type { FileSource, OpenedFile } from '../../files/file-source';
import { inspectFile, startingWith } from '../../files/inspect-file';
import { LONGEST_ADDRESS } from '../../files/remote-address';
import { TRANSCRIPT_BYTES, transcriptText } from '../../files/transcript-text';
import { inTurn } from '../../process/turns';
import type { KustomerClient } from '../client';
import type { AttachmentReference, Message, Note } from '../documents';
import { InputError } from '../../http/errors';
import { MAX_UPLOADS, uploadFile, type SendForm } from '../form-upload';
import type { UploadRecordingInput, UploadRecordingResult } from '../inputs';
import { ownId, shortHash } from '../own-id';
import { createAttachment, getAttachments, type NewAttachment } from '../resources/attachments';
import { objectIn } from '../resources/answers';
import { findNote, listNotes, postNote } from '../resources/notes';
import { getMessage, patchMessage } from '../resources/messages';
import { waitBefore } from '../../http/retry';
import { checkNoteBody, checkText } from '../validate/text';
import { createOnce } from './create-once';
import { findFileTarget, sessionNotFound, type FoundTarget } from './file-target';

/** Characters that a note may have. */
const LONGEST_NOTE = 10_240;

/** Where the file comes from, and the way to Kustomer's storage. */
export interface FilePorts {
	/** May be left out when only a link is registered and its size is given. */
	source?: FileSource;
	sendForm: SendForm;
}

/** What is stored or linked. */
interface KnownFile extends Omit<NewAttachment, 'externalUrl'> {
	opened?: OpenedFile;
}

/**
 * Brings a recording, transcript or other file of a session into Kustomer, once (rules C7, C23, X5, U4 to U6).
 *
 * The file is streamed from its source to Kustomer's storage. Only then a note, or the session's message, refers to it.
 * The same name and length at the same place is the same file: it is not sent again. Requests: four, and the upload.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 * @throws {FileError} when the file cannot be read or stored
 */
export async function uploadRecording(
	client: KustomerClient,
	input: UploadRecordingInput,
	ports: FilePorts,
): Promise<UploadRecordingResult> {
	const checked = checkInput(input);
	const target = await findFileTarget(client, input.target, input.chooseId);
	if (input.addTo === 'message' && target.message === undefined) {
		if ('session' in input.target) throw sessionNotFound(input.target.session);
		throw new InputError(
			'addTo',
			'The file cannot be added to a message: the target is a conversation.',
			'Choose Add To: Note, or choose the session or message as the target.',
		);
	}
	let count = false;
	for (;;) {
		const file = await knownFile(client, checked, target, ports.source, count);
		const place = placeFor(client, checked, target, file);
		try {
			const there = await place.find();
			if (there !== undefined) return resultOf('alreadyThere', target, file, there, 0);
			// The text first: when the source does not give it, nothing has been stored that nothing refers to.
			const text = await persist(client, () => textFor(checked, file, ports.source));
			const stored = await store(client, checked, file, ports);
			const added = await place.add(stored.references, text);
			const outcome = added.created ? (input.store === 'link' ? 'linked' : 'uploaded') : 'alreadyThere';
			return resultOf(outcome, target, file, added, stored.attempts);
		} catch (error) {
			// The source said less than it gave, as servers do that compress on the way: its own count is what is true.
			if (count || !(error instanceof FileError && error.kind === 'fileLength' && !error.mayHelp)) {
				return await Promise.reject(error);
			}
			count = true;
		} finally {
			file.opened?.close();
		}
	}
}

function checkInput(input: UploadRecordingInput): UploadRecordingInput {
	const noteText = checkText(input.noteText, 'noteText', { label: 'The note', maxLength: LONGEST_NOTE });
	if (
		input.contentType !== undefined &&
		input.contentType !== UNKNOWN_TYPE &&
		plainType(input.contentType) === undefined
	) {
		throw new InputError(
			'contentType',
			'The content type is not one.',
			'Enter it as type/subtype, for example audio/mpeg, or leave it empty.',
		);
	}
	const { fileSize } = input;
	if (fileSize !== undefined && !(Number.isSafeInteger(fileSize) && fileSize > 0)) {
		throw new InputError(
			'fileSize',
			'The file size is not a number of bytes.',
			'Enter a whole number above 0, or leave it empty.',
		);
	}
	return {
		...input,
		noteText,
		externalUrl: input.store === 'file' ? undefined : checkLink(input.externalUrl),
	};
}

/** https://developer.kustomer.com/docs/guides/attachments: https only, and no credentials in it. */
function checkLink(value: string | undefined): string {
	const text = value?.trim() ?? '';
	const url = text.length <= LONGEST_ADDRESS && URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
		throw new InputError(
			'externalUrl',
			text === ''
				? 'The link to the file is empty.'
				: 'The link to the file is not a link that Kustomer takes.',
			`Kustomer takes links that begin with https:// and hold no user name and password. ${LONGEST_ADDRESS} characters are the most.`,
		);
	}
	return url.href;
}

/** Opens the file and looks at it, a few times when the source has trouble. */
async function knownFile(
	client: KustomerClient,
	input: UploadRecordingInput,
	target: FoundTarget,
	source: FileSource | undefined,
	count: boolean,
): Promise<KnownFile> {
	if (input.store === 'link' && input.fileSize !== undefined) {
		const given = cleanFileName(input.fileName);
		const contentType = plainType(input.contentType) ?? typeByName(given ?? '') ?? UNKNOWN_TYPE;
		return { name: nameFor(given, input, target, contentType), contentType, contentLength: input.fileSize };
	}
	if (source === undefined) {
		throw new InputError('source', 'There is no file.', 'Say where the file comes from.');
	}
	const { name, contentType, length, opened } = await persist(client, () =>
		inspectFile(source, { name: input.fileName, contentType: input.contentType, count }),
	);
	if (input.fileSize !== undefined && length !== input.fileSize) {
		opened?.close();
		throw otherSize(length, input.fileSize);
	}
	return { name: nameFor(name, input, target, contentType), contentType, contentLength: length, opened };
}

function otherSize(found: number, expected: number): FileError {
	return new FileError(
		'fileLength',
		`The file has ${found} bytes, not ${expected} as expected: it is still being written, or was cut off.`,
		'Try again later. If it stays so, get the file anew from where it comes from.',
		{ mayHelp: true },
	);
}

/** Reads from a source, a few times when it has trouble. */
async function persist<T>(client: KustomerClient, read: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		const outcome = await read().then(
			(value) => ({ value }),
			(error: unknown) =>
				error instanceof FileError && error.mayHelp && attempt < MAX_UPLOADS
					? undefined
					: Promise.reject(error),
		);
		if (outcome !== undefined) return outcome.value;
		await client.clock.sleep(
			waitBefore({ attempt, now: client.clock.now(), random: () => client.clock.random() }),
		);
	}
}

/**
 * The name that is kept. What a person chose stays; a session's recordings and transcripts get the names that contact
 * centers know (rule U5), because a source may call the same file differently each time.
 */
function nameFor(
	found: string | undefined,
	input: UploadRecordingInput,
	target: FoundTarget,
	contentType: string,
): string {
	if (
		found !== undefined &&
		(cleanFileName(input.fileName) !== undefined || readSessionFileName(found) !== undefined)
	) {
		return withExtension(found, contentType);
	}
	const word = wordFor(contentType);
	const extension = extensionFor(contentType);
	const externalId = 'session' in input.target ? input.target.session : target.message?.attributes.externalId;
	const isWhole = word === 'recording' || word === 'transcript';
	if (typeof externalId === 'string' && externalId.trim() !== '' && isWhole && extension !== undefined) {
		const channel = isOfCall(target.message, word) ? 'call' : 'chat';
		return sessionFileName({ channel, sessionId: sessionIdIn(externalId.trim()), extension });
	}
	return withExtension(found ?? word, contentType);
}

/** A session without a message of its own does not tell: recordings are those of calls then. */
function isOfCall(message: Message | undefined, word: string): boolean {
	return message === undefined ? word === 'recording' : message.attributes.channel === 'voice';
}

interface Stored {
	references: AttachmentReference[];
	attempts: number;
}

async function store(
	client: KustomerClient,
	input: UploadRecordingInput,
	file: KnownFile,
	{ source, sendForm }: FilePorts,
): Promise<Stored> {
	const { name, contentType, contentLength, opened } = file;
	const references: AttachmentReference[] = [];
	let attempts = 0;
	if (input.store !== 'link' && source !== undefined) {
		const sent = await uploadFile(
			client,
			startingWith(source, opened),
			{ name, contentType, contentLength },
			sendForm,
		);
		attempts = sent.attempts;
		references.push({ _id: sent.attachmentId, name, contentType, contentLength });
	}
	if (input.externalUrl !== undefined) {
		opened?.close();
		const linkName = references.length === 0 ? name : shortFileName(`Link: ${name}`);
		const link = { name: linkName, contentType, contentLength };
		const { id } = await createAttachment(client, { ...link, externalUrl: input.externalUrl });
		references.push({ _id: id, ...link });
	}
	return { references, attempts };
}

/** The text of the note for a file. */
async function textFor(
	input: UploadRecordingInput,
	file: KnownFile,
	source: FileSource | undefined,
): Promise<string> {
	if (input.textAsNote && source !== undefined && !isMedia(file.contentType)) {
		const opened = await source.open();
		try {
			const { head } = await readHead(opened.content, TRANSCRIPT_BYTES);
			const text = transcriptText(head, file.contentType === 'application/json', LONGEST_NOTE);
			if (text !== undefined) return checkNoteBody(text);
		} finally {
			opened.close();
		}
	}
	if (input.noteText !== undefined) return input.noteText;
	const word = wordFor(file.contentType);
	const lasting = durationText(input.duration);
	return `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}: ${file.name}${lasting === undefined ? '' : `, ${lasting}`}`;
}

/** Seconds that no recording lasts: a year. More is another unit, or nonsense. */
const LONGEST_DURATION = 366 * 24 * 3600;

/** "3 min 5 s"; undefined when nothing is known that can be true. */
export function durationText(seconds: number | undefined): string | undefined {
	if (seconds === undefined || !(seconds >= 1 && seconds <= LONGEST_DURATION)) return undefined;
	const whole = Math.round(seconds);
	const parts = [
		[Math.floor(whole / 3600), 'h'],
		[Math.floor(whole / 60) % 60, 'min'],
		[whole % 60, 's'],
	] as const;
	return parts
		.filter(([amount]) => amount > 0)
		.map(([amount, unit]) => `${amount} ${unit}`)
		.join(' ');
}

/** What refers to a file. */
interface Reference {
	noteId?: string;
	messageId?: string;
	/** Those that are there, the new ones included. */
	attachments: readonly AttachmentReference[];
}

/** The place at which a file is referred to. */
interface Place {
	/** What refers to the same file already. */
	find(): Promise<Reference | undefined>;
	add(attachments: AttachmentReference[], text: string): Promise<Reference & { created: boolean }>;
}

function placeFor(
	client: KustomerClient,
	input: UploadRecordingInput,
	target: FoundTarget,
	file: KnownFile,
): Place {
	const note = noteFor(client, input, target, file);
	const { message } = target;
	if (input.addTo === 'note' || message === undefined) return note;
	const onMessage = messageFor(client, message, file);
	return {
		find: () => onMessage.find(),
		add: async (attachments, text) => {
			// The note first: once the message has the file, a retry takes all of it to be done. The note is written once.
			const written = input.textAsNote && !isMedia(file.contentType) ? await note.add([], text) : undefined;
			return { ...(await onMessage.add(attachments)), noteId: written?.noteId };
		},
	};
}

/**
 * A note of its own for each file. Its id is derived from the place, the name and the length: of several workers with the
 * same file, one writes the note and the others meet it.
 */
function noteFor(
	client: KustomerClient,
	input: UploadRecordingInput,
	target: FoundTarget,
	file: KnownFile,
): Place {
	const { chooseId } = input;
	const { conversationId, scope } = target;
	const externalId = `${scope}:file:${shortHash(`${file.name}\n${file.contentLength}`)}`;
	const find = async (): Promise<Note | undefined> => {
		if (chooseId) return await findNote(client, ownId('note', externalId));
		const notes = await listNotes(client, conversationId);
		return notes.find(({ attributes }) => attributes.externalId === externalId);
	};
	const referenceOf = (note: Note): Reference => ({
		noteId: note.id,
		messageId: target.message?.id,
		attachments: referencesIn(note.attributes.attachments),
	});
	return {
		find: async () => {
			const note = await find();
			return note === undefined ? undefined : referenceOf(note);
		},
		add: async (attachments, text) => {
			const { object, created } = await createOnce<Note>(client, {
				kind: 'note',
				externalId,
				chooseId,
				send: async (identity, repeatable) => {
					const body = { ...identity, body: text, ...(attachments.length === 0 ? {} : { attachments }) };
					const answer = await postNote(client, conversationId, body, repeatable);
					const refusal = answer.status < 300 ? undefined : client.errorFor('note.create', answer);
					return { answer, refusal, leftOut: [] };
				},
				find,
				read: ({ answer }) => objectIn<Note>('note.create', answer),
			});
			const reference = referenceOf(object);
			const ours = reference.attachments.some(({ _id }) => _id === attachments[0]?._id);
			// Whoever wrote the note, it says whose file it carries. An answer that does not say it is no proof.
			const isOurs = reference.attachments.length === 0 ? created : ours;
			return { ...reference, attachments: isOurs ? attachments : reference.attachments, created: isOurs };
		},
	};
}

/**
 * The session's own message. Its list of files is replaced as a whole, so it is read, extended and written back, one file
 * after the other within this process. Kustomer has no lock for it: another process may write over it.
 */
function messageFor(client: KustomerClient, message: Message, file: KnownFile) {
	const same = (one: AttachmentReference) =>
		one.name === file.name && one.contentLength === file.contentLength;
	const read = async (current: Message): Promise<AttachmentReference[]> => {
		const held = referencesIn(current.attributes.attachments);
		if (held.length > 0) return held;
		return await getAttachments(client, relatedIds(current));
	};
	return {
		find: async (): Promise<Reference | undefined> => {
			const attachments = await read(message);
			return attachments.some(same)
				? { messageId: message.id, attachments: attachments.filter(same) }
				: undefined;
		},
		add: (attachments: AttachmentReference[]): Promise<Reference & { created: boolean }> =>
			inTurn(`${client.credentialKey}:files:${message.id}`, async () => {
				const there = await read(await getMessage(client, message.id));
				if (there.some(same)) {
					return { messageId: message.id, attachments: there.filter(same), created: false };
				}
				const answer = await patchMessage(client, message.id, { attachments: [...there, ...attachments] });
				if (answer.status >= 300) throw client.errorFor('message.update', answer);
				return { messageId: message.id, attachments, created: true };
			}),
	};
}

function relatedIds(message: Message): string[] {
	const related: unknown = message.relationships?.attachments?.data;
	return (Array.isArray(related) ? (related as unknown[]) : []).flatMap((one) =>
		typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : [],
	);
}

function referencesIn(value: unknown): AttachmentReference[] {
	return (Array.isArray(value) ? (value as unknown[]) : []).flatMap((one) => {
		if (typeof one !== 'object' || one === null) return [];
		const { _id, name, contentType, contentLength } = one as Partial<AttachmentReference>;
		return typeof _id === 'string' && typeof name === 'string' && typeof contentLength === 'number'
			? [{ _id, name, contentType: contentType ?? UNKNOWN_TYPE, contentLength }]
			: [];
	});
}

function resultOf(
	outcome: UploadRecordingResult['outcome'],
	target: FoundTarget,
	file: KnownFile,
	reference: Reference,
	attempts: number,
): UploadRecordingResult {
	const [first, second] = reference.attachments;
	return {
		outcome,
		attachmentId: first?._id,
		linkAttachmentId: second?._id,
		noteId: reference.noteId,
		messageId: reference.messageId,
		conversationId: target.conversationId,
		name: file.name,
		contentType: file.contentType,
		contentLength: file.contentLength,
		attempts,
	};
}
