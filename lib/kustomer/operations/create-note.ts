import type { KustomerClient } from '../client';
import type { CreateNoteInput, CreateNoteResult } from '../inputs';
import { checkTarget, locate } from './conversation-target';
import { checkNote, writeNote } from './notes';

/**
 * Adds a note to a conversation; one with a key only once.
 * Requests: one.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function createNote(client: KustomerClient, input: CreateNoteInput): Promise<CreateNoteResult> {
	const target = checkTarget(input.target);
	const note = checkNote(input.note);
	const located = await locate(client, target, input.chooseId);
	const written = await writeNote(client, located, note, input.chooseId);
	return { note: written.note, noteId: written.noteId, created: written.created };
}
