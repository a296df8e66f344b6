/** The content of a metadata file (rule U1). */
import { isRecord } from '../../../domain/record';

/**
 * What stands in a metadata file, as Session: Log takes it. A record that does not say whether it is of a call or of a chat
 * learns it from the name of its file.
 *
 * @param session as the name of the file says it: `call-123`
 * @returns the session, or why it cannot be read
 */
export function metadataIn(text: string, session: string): { session: unknown } | { reason: string } {
	const read = parsed(text.replace(/^\u{feff}/u, ''));
	if ('reason' in read) return read;
	const { value } = read;
	if (!isRecord(value) || value.id === undefined) return { session: value };
	return { session: { [session.startsWith('chat-') ? 'chat' : 'call']: value } };
}

function parsed(text: string): { value: unknown } | { reason: string } {
	try {
		return { value: JSON.parse(text) as unknown };
	} catch {
		return {
			reason:
				'The file cannot be read as JSON. When the platform writes it anew, it is tried again; else look at what is in it.',
		};
	}
}
