/**
 * Tags that a session's conversation gets (rules D8, D9).
 */
import { toTag } from '../../kustomer/validate/tags';
import type { Session } from '../../domain/session';
import { sessionWords } from './session-words';

export interface TagSettings {
	/** Tag with the session's type (rule D8). */
	typeTag: boolean;
	/** Tag that every conversation gets, for example `UJET` (rule D9). */
	platformTag?: string;
	/** Further tags. */
	tags?: readonly string[];
}

/**
 * The tags in Kustomer's syntax, each once: first the session's type ("Voice Inbound (IVR)" gives
 * `Voice Inbound - IVR`), then the platform's tag, then the others. Tags of which nothing is left in that syntax are left
 * out. Throws nothing.
 */
export function tagsFor(session: Session, settings: TagSettings): string[] {
	const { typeTag, platformTag, tags } = settings;
	const wanted: unknown[] = [
		typeTag ? typeOf(session) : undefined,
		platformTag,
		...(Array.isArray(tags) ? tags : []),
	];
	const written = wanted.map((tag) =>
		typeof tag === 'string' || typeof tag === 'number' ? toTag(String(tag)) : '',
	);
	return [...new Set(written)].filter((tag) => tag !== '');
}

/** The platform's name for the type, or ours when it has none. */
function typeOf(session: Session): string {
	const { type } = session;
	return typeof type === 'string' && toTag(type) !== '' ? type : sessionWords(session);
}
