/**
 * Looks up many sessions at once before each of them is logged, for reconciling (rules X2, X10): then what Kustomer holds already
 * costs a hundredth of a request instead of one.
 */
import { isOver } from '../domain/session-record';
import { checked } from '../http/errors';
import type { KustomerClient } from '../kustomer/client';
import type { Message } from '../kustomer/documents';
import { KustomerError } from '../kustomer/errors';
import { MOST_IN_SEARCH, searchMessagesByExternalId } from '../kustomer/resources/messages';
import type { LogSessionInput } from './inputs';
import { knownSession, rememberSession } from './known-sessions';
import { settingsFor } from './rules/queue-settings';
import { admit } from './rules/record-rules';
import { startRun, type Run } from './run';
import { readStored } from './stored-session';

/** Sessions that are looked up with one request. */
export const LOOKED_UP_TOGETHER = MOST_IN_SEARCH;

/**
 * Looks sessions up, and remembers what Kustomer holds of them: logging one of them afterwards reads Kustomer only where there is
 * something to write. What cannot be looked up like this is looked up one by one then, as always. Nothing is written.
 *
 * Requests: one for a hundred sessions, and none for those that this process knows.
 */
export async function lookUpTogether(
	client: KustomerClient,
	inputs: readonly LogSessionInput[],
): Promise<void> {
	const now = client.clock.now();
	const runs = inputs.flatMap((input) => {
		// What is not usable is refused when its turn comes.
		const run = checked(() => startRun(client, input));
		return 'value' in run && !input.dryRun ? [run.value] : [];
	});
	const unknown = runs.filter(
		({ externalId }) => knownSession(client.credentialKey, externalId, now) === undefined,
	);
	const wanted = new Map(unknown.map((run) => [run.externalId, run]));
	const ids = [...wanted.keys()];
	for (let from = 0; from < ids.length; from += LOOKED_UP_TOGETHER) {
		const some = ids.slice(from, from + LOOKED_UP_TOGETHER);
		const messages = await search(client, some);
		if (messages === undefined) return;
		for (const id of some) {
			rememberFound(wanted.get(id), ofSession(messages, id));
		}
	}
}

/** Undefined where there is no such way, or Kustomer does not answer: each session tells then what is wrong. */
async function search(client: KustomerClient, ids: readonly string[]): Promise<Message[] | undefined> {
	return await searchMessagesByExternalId(client, ids).catch((error: unknown) =>
		error instanceof KustomerError ? undefined : Promise.reject(error),
	);
}

/** The session's message; one that is there goes before one that was deleted. */
function ofSession(messages: readonly Message[], externalId: string): Message | undefined {
	const own = messages.filter(({ attributes }) => attributes?.externalId === externalId);
	return own.find(({ attributes }) => attributes.deleted !== true) ?? own[0];
}

function rememberFound(run: Run | undefined, message: Message | undefined): void {
	if (run === undefined) return;
	if (message === undefined) return rememberUnwanted(run);
	// Whoever wants deleted sessions logged again has each looked up alone.
	if (message.attributes.deleted === true && run.input.erased === 'logAgain') return;
	const logged = readStored(message);
	if (logged?.record === undefined) return;
	const { credentialKey, clock } = run.client;
	rememberSession(credentialKey, run.externalId, { record: logged.record, logged }, clock.now());
}

/**
 * A session that the search does not show and that the record rules keep out: nothing would be written for it, so it need not be
 * looked up again. Everything else that is not shown may have been written a moment ago.
 */
function rememberUnwanted({ client, input, externalId, observation }: Run): void {
	const { session } = observation;
	if (!isOver(session)) return;
	const { settings } = settingsFor(session, input.rules, input.queues);
	if (admit(session, settings).action !== 'skip') return;
	const absentAt = client.clock.now();
	const custom = { conversation: input.conversation.custom, customer: input.customer.custom };
	rememberSession(client.credentialKey, externalId, { record: observation, absentAt, custom }, absentAt);
}
