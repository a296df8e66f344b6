/**
 * What was written for a session, when this run and somebody else have written at the same time. Where both have written the
 * same thing differently, nobody knows whose word stands in Kustomer: then it does not count as written, and is written anew.
 */
import { ownValue } from '../domain/record';
import type { Assigned, Done, WrittenAttribute } from './stored-session';

/** In the place of a hash: there is such a note, which somebody else has written. */
export const UNSURE = '~';
/** In the place of a hash: the note says something else than it should, or two have written it. */
export const CLASH = '~~';

const REFUSED = '!';

/** In the place of a hash: there is no note, because Kustomer did not take this text. */
export function refused(hash: string): string {
	return `${REFUSED}${hash}`;
}

/** Whether Kustomer did not take the last text of a note, so that there is none. */
export function wasRefused(hash: string): boolean {
	return hash.startsWith(REFUSED);
}

/** A note that may say this, and may still say something else. */
export function unsure(hash: string): string {
	return `${UNSURE}${hash}`;
}

/**
 * Puts both together.
 *
 * @param before what both have started from
 * @param ours what was written since by this run
 * @param theirs what the message says now
 */
export function mergeDone(before: Done, ours: Done, theirs: Done): Done {
	const assigned = carriedOut(
		decide(before.assigned, ours.assigned, theirs.assigned, eitherAssigned),
		ours.assigned,
		theirs.assigned,
	);
	return {
		notes: byName(before.notes, withoutUnsure(ours.notes), theirs.notes, noteOf, ours.notes),
		...(assigned === undefined ? {} : { assigned }),
		conversation: byName(before.conversation, ours.conversation, theirs.conversation, unsureAttribute),
		customer: byName(before.customer, ours.customer, theirs.customer, unsureAttribute),
	};
}

/** Nobody is assigned for certain, and whoever of the two has the conversation may lose it again. */
function eitherAssigned(a: Assigned, b: Assigned): Assigned {
	if (a.userId !== undefined && a.userId === b.userId) return a;
	return { agent: {}, by: 'nobody', left: [...new Set([a, b].flatMap(usersOf))] };
}

/** The assignment, without the question whether it was carried out, when one of the two knows that it was. */
function carriedOut(
	assigned: Assigned | undefined,
	...both: Array<Assigned | undefined>
): Assigned | undefined {
	if (assigned?.from === undefined) return assigned;
	const done = settled(assigned);
	return both.some((one) => isSame(one, done)) ? done : assigned;
}

/** The assignment as it is once it was carried out. */
export function settled(assigned: Assigned): Assigned {
	const done = { ...assigned };
	delete done.from;
	return done;
}

/** Users who have the conversation as far as this session is concerned, or may have it. */
export function usersOf(assigned: Assigned | undefined): readonly string[] {
	const { userId, left = [], from = [] } = assigned ?? {};
	return userId === undefined ? left : [...new Set([userId, ...from])];
}

/** A note that this run has met and not written: whoever wrote it knows better what it says. */
function withoutUnsure(notes: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(notes).filter(([, hash]) => hash !== UNSURE));
}

/** Whoever has seen the text knows more than who only was about to write it. */
function noteOf(a: string, b: string): string {
	if (b === unsure(a)) return a;
	return a === unsure(b) ? b : CLASH;
}

/** The newer value is right, and perhaps the older one was written after it. */
function unsureAttribute(a: WrittenAttribute, b: WrittenAttribute): WrittenAttribute {
	const [hash, at, value] = a[1] > b[1] || (a[1] === b[1] && a[0] > b[0]) ? a : b;
	return [hash, at, value, UNSURE];
}

function byName<Value>(
	before: Readonly<Record<string, Value>>,
	ours: Readonly<Record<string, Value>>,
	theirs: Readonly<Record<string, Value>>,
	differ: (ours: Value, theirs: Value) => Value,
	fallback: Readonly<Record<string, Value>> = {},
): Record<string, Value> {
	const names = new Set([...Object.keys(fallback), ...Object.keys(ours), ...Object.keys(theirs)]);
	return Object.fromEntries(
		[...names].flatMap((name): Array<[string, Value]> => {
			const value =
				decide(ownValue(before, name), ownValue(ours, name), ownValue(theirs, name), differ) ??
				ownValue(fallback, name);
			return value === undefined ? [] : [[name, value]];
		}),
	);
}

/** Whether both say the same, in whatever order. That a note says now what it was to say is worth no writing. */
export function saysTheSame(a: Done, b: Done): boolean {
	return textOf(a) === textOf(b);
}

function textOf({ notes, assigned, conversation, customer }: Done): string {
	const plain = Object.entries(notes).map(([key, hash]) => [
		key,
		hash.startsWith(UNSURE) && hash !== UNSURE && hash !== CLASH ? hash.slice(UNSURE.length) : hash,
	]);
	const sorted = [plain, Object.entries(conversation), Object.entries(customer)].map((all) => all.sort());
	return JSON.stringify([assigned ?? null, ...sorted]);
}

/** Whoever has changed it. What one of them does not know at all, the other one's word is taken for. */
function decide<Value>(
	before: Value | undefined,
	ours: Value | undefined,
	theirs: Value | undefined,
	differ: (ours: Value, theirs: Value) => Value | undefined,
): Value | undefined {
	if (ours === undefined || theirs === undefined) return ours ?? theirs;
	if (isSame(ours, theirs) || isSame(theirs, before)) return ours;
	return isSame(ours, before) ? theirs : differ(ours, theirs);
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
