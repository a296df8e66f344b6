/**
 * Writes the comments of a session as notes on its conversation, each fact once.
 */
import type { KustomerClient } from '../kustomer/client';
import { createNote } from '../kustomer/operations/create-note';
import { ownId } from '../kustomer/own-id';
import { listNotes, patchNote } from '../kustomer/resources/notes';
import { commentsOf, type Comment, type CommentKind } from './rules/session-comments';
import type { Session } from '../domain/session';
import { isCut, type SessionRecord } from '../domain/session-record';
import { phoneOf, type Run } from './run';
import { hashOf } from './stored-session';

/** Longer external ids are told by their hash, so that the key of a note fits. */
const LONGEST_ID_IN_KEY = 70;

/** Comments that are not on the conversation yet, or not with this text. */
export function pendingComments(run: Run, record: SessionRecord, written: Record<string, string>): Comment[] {
	const { session } = record;
	const { comments, conversation } = run.input;
	return commentsOf(session, { phone: phoneOf(run, session), timeZone: conversation.timeZone }).filter(
		({ kind, key, text }) =>
			comments.has(kind) &&
			written[key] !== hashOf(text) &&
			// What is kept of the session had to be shortened: the note says more.
			!(written[key] !== undefined && LISTED[kind]?.some((field) => isCut(record, field)) === true),
	);
}

/** Comments that tell of a list. */
const LISTED: Readonly<Partial<Record<CommentKind, ReadonlyArray<keyof Session>>>> = {
	survey: ['survey'],
	smartAction: ['smartActions'],
	transfer: ['transfers'],
};

/**
 * Writes the comments, in their order. One that is there with another text gets the new text.
 * Requests: one for each.
 *
 * @returns all written comments by key, with a hash of their text
 */
export async function writeComments(
	run: Run,
	conversationId: string,
	comments: readonly Comment[],
	written: Record<string, string>,
): Promise<Record<string, string>> {
	const { chooseId } = run.input;
	const now = { ...written };
	for (const comment of comments) {
		const key = noteKey(run, comment);
		if (comment.shortened) run.report.shortened.add(`note: ${comment.kind}`);
		if (written[comment.key] !== undefined) {
			await rewrite(run.client, conversationId, key, comment.text, chooseId);
			run.report.done.push(`note changed: ${comment.kind}`);
		} else {
			const { created } = await createNote(run.client, {
				target: { id: conversationId },
				note: { body: comment.text, key },
				chooseId,
			});
			(created ? run.report.done : run.report.alreadyDone).push(`note: ${comment.kind}`);
		}
		now[comment.key] = hashOf(comment.text);
	}
	return now;
}

/** The number is written once per conversation, everything else once per session. */
function noteKey({ externalId }: Run, { kind, key, text }: Comment): string {
	if (kind === 'phone') return `phone:${hashOf(text)}`;
	return `${externalId.length > LONGEST_ID_IN_KEY ? hashOf(externalId) : externalId}:${key}`;
}

async function rewrite(
	client: KustomerClient,
	conversationId: string,
	key: string,
	text: string,
	chooseId: boolean,
): Promise<void> {
	const externalId = `${conversationId}:${key}`;
	const id = chooseId
		? ownId('note', externalId)
		: (await listNotes(client, conversationId)).find((note) => note.attributes?.externalId === externalId)
				?.id;
	// A note that somebody has deleted stays deleted.
	if (id !== undefined) await patchNote(client, id, { body: text });
}
