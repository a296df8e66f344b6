/**
 * Creating something once, however often and on however many workers it is tried (rule X1).
 */
import type { KustomerClient } from '../client';
import { KustomerError, isConflict } from '../errors';
import { ownId } from '../own-id';
import type { WriteOutcome } from './unknown-attributes';

/** What is sent along so that Kustomer can tell a repetition from something new. */
export interface Identity {
	id?: string;
	externalId?: string;
}

/** How to create one thing. */
export interface Creation<T> {
	kind: 'conversation' | 'note' | 'message';
	/** Names the thing; without it every run creates a new one. */
	externalId: string | undefined;
	/** Whether to send an id derived from the external id. */
	chooseId: boolean;
	/** What the id is derived from instead of the external id: two creations with the same text give one object. */
	idFrom?: string;
	/** Sends the create request; 400 and 409 have to be returned, not thrown. */
	send: (identity: Identity, repeatable: boolean) => Promise<WriteOutcome>;
	/** Finds it when it is there already. `id` is the derived one, undefined when none was sent. */
	find: (externalId: string, id: string | undefined) => Promise<T | undefined>;
	/** Reads it out of the answer to the create request. */
	read: (outcome: WriteOutcome) => T;
}

/** What came of it. */
export interface Created<T> {
	object: T;
	created: boolean;
	leftOut: string[];
}

/** How often something that has to be there is looked for, and how often an uncertain creation is tried. */
const TRIES = 3;
const PATIENCE = 400;

/**
 * Creates once.
 *
 * With an id of our own it is sent at once, and a conflict means that it is there: one request when it is new. Without,
 * it is looked up first, and after an attempt of which nobody knows whether it was carried out it is looked up again.
 *
 * @throws {KustomerError}
 */
export async function createOnce<T>(client: KustomerClient, creation: Creation<T>): Promise<Created<T>> {
	const { externalId } = creation;
	if (externalId === undefined) {
		const outcome = await creation.send({}, false);
		if (outcome.refusal !== undefined) throw outcome.refusal;
		return { object: creation.read(outcome), created: true, leftOut: outcome.leftOut };
	}
	return creation.chooseId
		? await createWithId(client, creation, externalId)
		: await createAfterLookUp(client, creation, externalId);
}

async function createWithId<T>(
	client: KustomerClient,
	creation: Creation<T>,
	externalId: string,
): Promise<Created<T>> {
	const id = ownId(creation.kind, creation.idFrom ?? externalId);
	const outcome = await creation.send({ id, externalId }, true);
	if (outcome.refusal === undefined) {
		return { object: creation.read(outcome), created: true, leftOut: outcome.leftOut };
	}
	if (!isConflict(outcome.refusal)) throw outcome.refusal;
	const object = await eventually(client, () => creation.find(externalId, id));
	if (object === undefined) throw outcome.refusal;
	// When an answer was lost on the way, the conflict is most likely with our own first attempt.
	return { object, created: outcome.answer.mayHaveRunBefore, leftOut: outcome.leftOut };
}

async function createAfterLookUp<T>(
	client: KustomerClient,
	creation: Creation<T>,
	externalId: string,
): Promise<Created<T>> {
	for (let attempt = 1; ; attempt += 1) {
		const there = await creation.find(externalId, undefined);
		// From the second time on it is there because of our own attempt.
		if (there !== undefined) return { object: there, created: attempt > 1, leftOut: [] };

		const outcome = await creation.send({ externalId }, false).then(
			(sent) => sent,
			(error: unknown) => (isUncertain(error) && attempt < TRIES ? undefined : Promise.reject(error)),
		);
		if (outcome === undefined) {
			await client.clock.sleep(Math.floor(client.clock.random() * PATIENCE * 2 ** attempt));
			continue;
		}
		if (outcome.refusal === undefined) {
			return { object: creation.read(outcome), created: true, leftOut: outcome.leftOut };
		}
		if (!isConflict(outcome.refusal)) throw outcome.refusal;
		const object = await eventually(client, () => creation.find(externalId, undefined));
		if (object === undefined) throw outcome.refusal;
		return { object, created: false, leftOut: outcome.leftOut };
	}
}

/**
 * Looks for something that has to be there, a few times: what another worker has just written may take a moment to be
 * seen.
 */
export async function eventually<T>(
	client: KustomerClient,
	find: () => Promise<T | undefined>,
): Promise<T | undefined> {
	for (let attempt = 1; attempt < TRIES; attempt += 1) {
		const found = await find();
		if (found !== undefined) return found;
		await client.clock.sleep(PATIENCE * attempt);
	}
	return await find();
}

/** Whether a request may have been carried out although it failed. */
function isUncertain(error: unknown): boolean {
	if (!(error instanceof KustomerError)) return false;
	return (
		error.kind === 'server' || (error.kind === 'noAnswer' && /timeout|connection/.test(error.noAnswer ?? ''))
	);
}
