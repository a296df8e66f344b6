/** Texts of the platform as notes, each once (rules G8, G10). */
import type { CreateNoteResult } from '../kustomer/inputs';
import { createNote } from '../kustomer/operations/create-note';
import { fittingNote } from '../session-log/rules/session-comments';
import { sessionInKey } from '../session-log/session-in-key';
import { hashOf } from '../session-log/stored-session';
import { plainText } from './variables';
import type { Work } from './work';

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
	const about = session === undefined ? settings.source : sessionInKey(session);
	const written = await createNote(client, {
		target: { id: conversationId },
		note: { body, key: `${about}:${kind}:${hashOf(whole)}` },
		chooseId: settings.log.chooseId,
	});
	return { ...written, shortened };
}
