/**
 * Writing notes, each fact once.
 */
import type { KustomerClient } from '../client';
import type { Note } from '../documents';
import { InputError } from '../../http/errors';
import type { NoteText } from '../inputs';
import { ownId } from '../own-id';
import { objectIn } from '../resources/answers';
import { listNotes, postNote } from '../resources/notes';
import { checkNoteBody, checkNoteKey } from '../validate/text';
import { type Located, sendAbout } from './conversation-target';
import { createOnce } from './create-once';

/** A note that was checked. */
export interface CheckedNote {
	body: string;
	key: string | undefined;
}

/**
 * Checks a note.
 *
 * @throws {InputError} when it is empty or too long
 */
export function checkNote(note: NoteText, parameter = 'note'): CheckedNote {
	if (typeof note !== 'object' || note === null) {
		throw new InputError(parameter, 'The note is empty.', 'Enter a text, or remove the note.');
	}
	return {
		body: checkNoteBody(note.body, `${parameter}.body`),
		key: checkNoteKey(note.key, `${parameter}.key`),
	};
}

/** What came of writing a note. */
export interface WrittenNote {
	noteId: string;
	/** Undefined when it was there already: it is not read again for its own sake. */
	note?: Note;
	created: boolean;
	located: Located;
}

/**
 * Writes a note. One with a key is written once per conversation: its id is derived from both, so a second attempt
 * conflicts, and the conflict is the proof that the note is there.
 *
 * @throws {KustomerError}
 */
export async function writeNote(
	client: KustomerClient,
	located: Located,
	note: CheckedNote,
	chooseId: boolean,
): Promise<WrittenNote> {
	let place = located;
	// The derived id holds the conversation's id, which is certain only when Kustomer has answered for it.
	const nameIn = (conversationId: string) =>
		note.key === undefined ? undefined : `${conversationId}:${note.key}`;

	const made = await createOnce<{ noteId: string; note?: Note }>(client, {
		kind: 'note',
		externalId: nameIn(located.id),
		chooseId,
		send: async (_identity, repeatable) => {
			const sent = await sendAbout(client, place, (conversationId) => {
				const externalId = nameIn(conversationId);
				const id = externalId !== undefined && chooseId ? ownId('note', externalId) : undefined;
				return postNote(
					client,
					conversationId,
					{ ...defined({ id, externalId }), body: note.body },
					repeatable,
				);
			});
			place = sent.located;
			const failed = sent.answer.status >= 300;
			return {
				answer: sent.answer,
				refusal: failed ? client.errorFor('note.create', sent.answer) : undefined,
				leftOut: [],
			};
		},
		find: async (_externalId, id) => {
			if (id !== undefined) return { noteId: ownId('note', nameIn(place.id) ?? '') };
			const notes = await listNotes(client, place.id);
			const there = notes.find((one) => one.attributes?.externalId === nameIn(place.id));
			return there === undefined ? undefined : { noteId: there.id, note: there };
		},
		read: ({ answer }) => {
			const written = objectIn<Note>('note.create', answer);
			return { noteId: written.id, note: written };
		},
	});
	return { ...made.object, created: made.created, located: place };
}

function defined(fields: Record<string, string | undefined>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
}
