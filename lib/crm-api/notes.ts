/** Texts of the platform as notes, each once (rules G8, G10). */
import { createHash } from 'node:crypto';

import type { CreateNoteResult } from '../kustomer/inputs';
import { createNote } from '../kustomer/operations/create-note';
import { fittingNote } from '../session-log/rules/session-comments';
import { plainText } from './variables';
import type { Work } from './work';

/** Longer external ids are told by their hash, so that the key of a note fits. */
const LONGEST_ID_IN_KEY = 70;

/** What a note says, for its key: the same kind of text about the same session, said twice, is one note. */
export type NoteKind = 'comment' | 'description' | 'rating';

/**
 * Writes a text of the platform as a note on the conversation, HTML without its tags. One that is too long is cut, and says so.
 *
 * @param session external id of the session; without one, the same text on the same conversation is one note
 * @throws {KustomerError} of the kind `notFound` when there is no such conversation
 */
export async function writeText(
	{ client, settings }: Pick<Work, 'client' | 'settings'>,
	conversationId: string,
	{ kind, text, session }: { kind: NoteKind; text: string; session: string | undefined },
): Promise<CreateNoteResult & { shortened: boolean }> {
	const whole = plainText(text);
	const { text: body, shortened } = fittingNote(whole);
	const about = session !== undefined && session.length > LONGEST_ID_IN_KEY ? hashOf(session) : session;
	const written = await createNote(client, {
		target: { id: conversationId },
		note: { body, key: `${about ?? settings.source}:${kind}:${hashOf(whole)}` },
		chooseId: settings.log.chooseId,
	});
	return { ...written, shortened };
}

export function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
