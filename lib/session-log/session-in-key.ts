/** How the key of a note names the session that the note is about. */
import { hashOf } from './stored-session';

/** Longer external ids are told by their hash, so that the key of a note fits. */
const LONGEST_ID = 70;

/** The external id of a session, short enough for a part of a note's key. */
export function sessionInKey(externalId: string): string {
	return externalId.length > LONGEST_ID ? hashOf(externalId) : externalId;
}
