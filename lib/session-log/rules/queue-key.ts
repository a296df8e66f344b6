/**
 * Of which queue a session is, for comparing sessions (rules C6, D1) and for settings of single queues (rule U8).
 *
 * A queue is the leaf of a menu, and the whole path from the top to the leaf names it: "Orders / Delivery" and
 * "Returns / Delivery" are two queues. Capital letters, spaces and the sign between the names make no difference.
 * Nothing here throws, whatever the session holds.
 */
import type { Session } from '../../domain/session';

/** What stands between the names of a path: "Orders / Delivery", "Orders > Delivery", "Orders -> Delivery". */
const BETWEEN_NAMES = /[-=]{0,2}>|[/\\|›»→]/u;

/** No menu is deeper, and no name is longer; what lies beyond is an accident or an attack. */
const DEEPEST = 20;
const LONGEST = 1000;

const JOINED_BY = ' / ';

/** What is known of a session's queue, in one spelling; empty text for what is not. */
export interface SessionQueue {
	/** The menu selection from the top to the leaf: `orders / delivery`. A transfer does not change it. */
	menu: string;
	/** The queue's name, which may be the whole path. */
	name: string;
	id: string;
}

/** What a session tells of its queue. */
export function queueOf(session: Pick<Session, 'menuPath' | 'queue'>): SessionQueue {
	const { id, name, menu } = namesOf(session);
	return { menu: menu.flat().join(JOINED_BY), name: name.join(JOINED_BY), id };
}

/**
 * Whether two sessions are of the same queue, as far as is known of each (rules C6, D1). One event tells the menu selection and
 * another of the same call only the queue, so either may stand for both; what is known of just one of them says nothing.
 *
 * @returns true also when nothing is known of either; false when nothing is known of one
 */
export function isSameQueue(one: SessionQueue, other: SessionQueue): boolean {
	const isByMenu = one.menu !== '' || other.menu !== '';
	const names = [one.menu || one.name, other.menu || other.name];
	const hasIds = one.id !== '' && other.id !== '';
	// Two queues may bear the same name.
	if (hasIds && (!isByMenu || names.includes(''))) return one.id === other.id;
	return queueKey(one) === queueKey(other);
}

/** One text for a queue: what all that happens in it at the same moment has in common. Empty when nothing is known of it. */
export function queueKey({ menu, name, id }: SessionQueue): string {
	return menu || name || id;
}

/**
 * Whether somebody meant the queue of this session.
 *
 * @param written id of the queue, whole path, or name of the leaf, of the menu selection or of the queue
 */
export function namesQueue(written: string, session: Pick<Session, 'menuPath' | 'queue'>): boolean {
	const wanted = pathNames(written);
	if (wanted.length === 0) return false;
	const { id, name, menu } = namesOf(session);
	if (id !== '' && id === fold(written)) return true;
	return [
		menu.flat(),
		name,
		// A name may hold a sign that also stands between names: "24/7 Support".
		menu.at(-1) ?? [],
		menu.flat().slice(-1),
		name.slice(-1),
	].some((names) => sameNames(names, wanted));
}

function namesOf(session: Pick<Session, 'menuPath' | 'queue'>): {
	id: string;
	name: string[];
	/** One list of names per menu; more than one where a name holds a separating sign. */
	menu: string[][];
} {
	const { menuPath, queue } = fieldsOf(session);
	const { id, name } = fieldsOf(queue);
	const menus = Array.isArray(menuPath) ? menuPath.slice(0, DEEPEST) : [menuPath];
	return {
		id: fold(id),
		name: pathNames(name),
		menu: menus.map(pathNames).filter((names) => names.length > 0),
	};
}

function pathNames(written: unknown): string[] {
	return fold(written)
		.split(BETWEEN_NAMES)
		.map((name) => name.trim())
		.filter((name) => name !== '')
		.slice(0, DEEPEST);
}

/** One spelling for text that means the same. Empty for what is neither text nor a number. */
function fold(written: unknown): string {
	if (typeof written !== 'string' && typeof written !== 'number') return '';
	return String(written).slice(0, LONGEST).normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

function sameNames(some: readonly string[], others: readonly string[]): boolean {
	return some.length === others.length && some.every((name, index) => name === others[index]);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
