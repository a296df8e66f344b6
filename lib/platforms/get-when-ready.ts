/**
 * Gets the files of a session as they become ready (rules C7 and X5): what can be had is handed on at once, what is still
 * awaited is looked for again later, and what never comes is an error with the platform's own reason.
 */
import { effectiveOutcome, isOver } from '../domain/session-questions';
import type { EventKind, Session } from '../domain/session';
import { nextLook, type Waiting } from '../domain/waiting';
import { mayPass } from '../files/may-pass';
import type { ServiceError } from '../http/errors';

/** A file that the platform names. */
export interface NamedFile<Got> {
	/** Tells the files of one session apart. */
	key: string;
	/** Fetches it. Throws when it is not there yet, and when it never will be. */
	get(): Promise<Got>;
}

/** What one look at the platform shows. */
export interface Look<Got> {
	files: ReadonlyArray<NamedFile<Got>>;
	/** What else should be there: the error that says so. */
	awaited?: ServiceError;
	/** Whether it is an error when what is awaited has not come in time. On unless told. */
	isExpected?: boolean;
	/** Why there is nothing to wait for; one sentence. */
	none?: string;
}

/** A look that follows others. */
export interface Progress {
	waiting: Waiting;
	/** Keys of the files that earlier looks have handed on. */
	handedOn: readonly string[];
	/** Milliseconds since the epoch. */
	now: number;
}

/** What came of a look. Of `again` and `none` there is at most one. */
export interface LookResult<Got> {
	got: Got[];
	/** Something is still awaited. */
	again?: { lookAgainAt: string; reason: string; handedOn: string[] };
	/** Nothing came, and nothing is awaited: why. */
	none?: string;
}

/**
 * Looks once and fetches what is there.
 *
 * A file that cannot be had takes no other with it: as long as there is something to hand on, what failed is left to the
 * next look, which is due at once when nothing is worth waiting for. A look that has nothing but failures fails.
 *
 * @throws what the platform said, when waiting does not help or the time is over
 */
export async function getWhenReady<Got>(
	look: () => Promise<Look<Got>>,
	{ waiting, handedOn, now }: Progress,
): Promise<LookResult<Got>> {
	const failures: unknown[] = [];
	const seen = await look().catch((error: unknown): Look<Got> => {
		failures.push(error);
		return { files: [] };
	});
	const got: Got[] = [];
	const keys = [...handedOn];
	// One after the other: each of them may be large.
	for (const { key, get } of seen.files.filter((file) => !handedOn.includes(file.key))) {
		await get().then(
			(file) => {
				got.push(file);
				keys.push(key);
			},
			(error: unknown) => failures.push(error),
		);
	}
	if (seen.awaited !== undefined) failures.push(seen.awaited);
	// The worst counts: what does not pass is told before what may.
	const worst = failures.find((error) => !mayPass(error)) ?? failures[0];
	if (worst === undefined) {
		return got.length > 0 ? { got } : { got, none: seen.none ?? 'Everything was handed on before.' };
	}
	const later = mayPass(worst) ? nextLook(waiting, now) : undefined;
	if (later === undefined && got.length === 0) {
		if (worst === seen.awaited && seen.isExpected === false) return { got, none: reasonOf(worst) };
		return await Promise.reject(worst as Error);
	}
	const lookAgainAt = later ?? new Date(now).toISOString();
	return { got, again: { lookAgainAt, reason: reasonOf(worst), handedOn: keys } };
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Events that say that there is, or will be, something to get. */
const ENDS: ReadonlySet<string> = new Set<EventKind>(['ended', 'voicemail', 'recording']);

/**
 * Why an item is none that files are got for; undefined when it is one. A session is asked for when it ends, when its
 * recording or voicemail is told, and when its record says that it is over; not with every event that comes afterwards.
 *
 * @param event the kind of event that the item is, when it is one
 */
export function whyNothingToGet(session: Session, event: string | undefined): string | undefined {
	if (session.direction === 'internal') return 'Calls between colleagues are not recorded.';
	if (event !== undefined && ENDS.has(event)) return undefined;
	if (event !== undefined && event !== 'metadata') return 'This event is not about the end of the session.';
	return isOver(session) ? undefined : 'The session goes on.';
}

/** Whether nobody has spoken with the customer, so that there is nothing to record. */
export function wasNeverAnswered(session: Session): boolean {
	const outcome = effectiveOutcome(session);
	return outcome !== undefined && ['missed', 'abandoned', 'failed', 'deflected'].includes(outcome);
}
