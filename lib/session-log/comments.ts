/**
 * Writes the comments of a session as notes on its conversation, each fact once.
 *
 * A note that is there has the right text only when somebody has seen it there. So the hash of a text is kept of a text that
 * was written just now, or read; and a note that has to say something else is rewritten after the message has said so: should
 * the run break off in between, the next one looks.
 */
import type { KustomerClient } from '../kustomer/client';
import { KustomerError } from '../kustomer/errors';
import { createNote } from '../kustomer/operations/create-note';
import { ownId } from '../kustomer/own-id';
import { findNote, listNotes, patchNote } from '../kustomer/resources/notes';
import { commentsOf, type Comment, type CommentKind } from './rules/session-comments';
import type { Session } from '../domain/session';
import { isCut, type SessionRecord } from '../domain/session-record';
import { CLASH, refused, UNSURE, unsure, wasRefused } from './merge-done';
import { phoneOf, type Run } from './run';
import { sessionInKey } from './session-in-key';
import { hashOf } from './stored-session';

/** Comments that are not on the conversation yet, or not certainly with this text, by what has to be done. */
export interface PendingComments {
	/** There is no note, as far as is known. */
	missing: Comment[];
	/** The note says something else, or nobody knows what it says. */
	outdated: Comment[];
	/** The message says that the note is being rewritten to this text. */
	unseen: Comment[];
}

/** What of the comments has to be done. @param written by key, see `Done` */
export function pendingComments(
	run: Run,
	record: SessionRecord,
	written: Readonly<Record<string, string>>,
): PendingComments {
	const { session } = record;
	const { comments, conversation } = run.input;
	const pending: PendingComments = { missing: [], outdated: [], unseen: [] };
	const all = commentsOf(session, { phone: phoneOf(run, session), timeZone: conversation.timeZone });
	for (const comment of all) {
		if (!comments.has(comment.kind)) continue;
		const there = Object.hasOwn(written, comment.key) ? written[comment.key] : undefined;
		const hash = hashOf(comment.text);
		if (there === refused(hash)) continue;
		if (there === undefined || wasRefused(there)) pending.missing.push(comment);
		// The number's note is named by what it says: another number is another note.
		else if (comment.kind === 'phone' && there !== hash) pending.missing.push(comment);
		else if (there === unsure(hash)) pending.unseen.push(comment);
		// What is kept of the session had to be shortened: the note says more.
		else if (there !== hash && (there.startsWith(UNSURE) || !isShortened(record, comment))) {
			pending.outdated.push(comment);
		}
	}
	return pending;
}

function isShortened(record: SessionRecord, { kind }: Comment): boolean {
	return LISTED[kind]?.some((field) => isCut(record, field)) === true;
}

/** Comments that tell of a list. */
const LISTED: Readonly<Partial<Record<CommentKind, ReadonlyArray<keyof Session>>>> = {
	survey: ['survey'],
	smartAction: ['smartActions'],
	transfer: ['transfers'],
};

/**
 * Writes the comments of which there are no notes, in their order. Requests: one for each, and one more for a note that turns
 * out to be there. A note that Kustomer refuses is left out, named, and not tried again with that text (rule X2).
 *
 * @returns all written comments by key; one that is there with another text is marked as unsure
 */
export async function writeMissing(
	run: Run,
	conversationId: string,
	comments: readonly Comment[],
	written: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
	const { client, input, report } = run;
	const now = { ...written };
	for (const comment of comments) {
		if (comment.shortened) report.shortened.add(`note: ${comment.kind}`);
		const creating = createNote(client, {
			target: { id: conversationId },
			note: { body: comment.text, key: noteKey(run, comment) },
			chooseId: input.chooseId,
		});
		const result = await orRefused(run, comment, creating);
		if (result === undefined) {
			now[comment.key] = refused(hashOf(comment.text));
			continue;
		}
		const { created, note, noteId } = result;
		(created ? report.done : report.alreadyDone).push(`note: ${comment.kind}`);
		const body = note === undefined ? await textOf(client, noteId) : note.attributes?.body;
		now[comment.key] = isAsWanted(body, comment) ? hashOf(comment.text) : UNSURE;
	}
	return now;
}

/** What comes of writing a comment; undefined when Kustomer does not take its text, which is reported then. */
async function orRefused<T>(run: Run, { kind }: Comment, writing: Promise<T>): Promise<T | undefined> {
	return await writing.catch((error: unknown) => {
		const isRefused = error instanceof KustomerError && ['badRequest', 'tooLarge'].includes(error.kind);
		if (!isRefused) throw error;
		run.report.leftOut.add(`note: ${kind}`);
		return undefined;
	});
}

/** What a note says; undefined when it is gone, null when the key may not read notes. */
async function textOf(client: KustomerClient, id: string): Promise<string | undefined | null> {
	const note = await findNote(client, id).catch((error: unknown) =>
		error instanceof KustomerError && (error.kind === 'forbidden' || error.kind === 'unauthorized')
			? null
			: Promise.reject(error),
	);
	return note === null ? null : note?.attributes?.body;
}

/** A note that somebody has deleted stays deleted. */
function isAsWanted(body: unknown, { text }: Comment): boolean {
	return body === undefined || body === text;
}

/** Marks comments as about to be rewritten. */
export function announceRewriting(
	comments: readonly Comment[],
	written: Readonly<Record<string, string>>,
): Record<string, string> {
	return { ...written, ...Object.fromEntries(comments.map(({ key, text }) => [key, unsure(hashOf(text))])) };
}

/**
 * Gives notes their text. The message has to say so already. Requests: one for each.
 *
 * @returns the comments whose text is there now, by key
 */
export async function rewrite(
	run: Run,
	conversationId: string,
	comments: readonly Comment[],
): Promise<Record<string, string>> {
	const { client, report } = run;
	for (const comment of comments) {
		if (comment.shortened) report.shortened.add(`note: ${comment.kind}`);
		const id = await noteIdOf(run, conversationId, comment);
		// A note that somebody has deleted stays deleted.
		if (id === undefined) continue;
		const answer = await orRefused(run, comment, patchNote(client, id, { body: comment.text }));
		if (answer !== undefined) report.done.push(`note changed: ${comment.kind}`);
	}
	return Object.fromEntries(comments.map(({ key, text }) => [key, hashOf(text)]));
}

/**
 * Whether notes say what the message says that they were to say. One that does not is not rewritten at once: the message may
 * have news since. Requests: one for each.
 *
 * @returns by key the hash of the text, or that it is another one
 */
export async function lookAt(
	run: Run,
	conversationId: string,
	comments: readonly Comment[],
): Promise<Record<string, string>> {
	const seen: Record<string, string> = {};
	for (const comment of comments) {
		const id = await noteIdOf(run, conversationId, comment);
		const isThere = id === undefined || isAsWanted(await textOf(run.client, id), comment);
		seen[comment.key] = isThere ? hashOf(comment.text) : CLASH;
	}
	return seen;
}

/** The number is written once per conversation, everything else once per session. */
function noteKey({ externalId }: Run, { kind, key, text }: Comment): string {
	if (kind === 'phone') return `phone:${hashOf(text)}`;
	return `${sessionInKey(externalId)}:${key}`;
}

async function noteIdOf(run: Run, conversationId: string, comment: Comment): Promise<string | undefined> {
	const externalId = `${conversationId}:${noteKey(run, comment)}`;
	if (run.input.chooseId) return ownId('note', externalId);
	const notes = await listNotes(run.client, conversationId);
	return notes.find((note) => note.attributes?.externalId === externalId)?.id;
}
