/**
 * The other way to log calls: the pair of steps of the babelforce workflow, one when the call comes in and one when an agent
 * takes it, and what has to hold in Kustomer afterwards:
 *
 * 1. each call is one conversation, of the caller, and nobody was created twice;
 * 2. it has the note with the number once, unless only the step for the agent ran and died on the way; and, when an agent has
 *    taken the call, the note that says so once;
 * 3. it is assigned to that agent;
 * 4. all of it once more writes nothing new: assigning somebody who is assigned is the one thing that is sent again.
 */
import type { KustomerClient } from '../../lib/kustomer/client';
import { KustomerError } from '../../lib/kustomer/errors';
import { createConversation } from '../../lib/kustomer/operations/create-conversation';
import { findOrCreateCustomer } from '../../lib/kustomer/operations/find-or-create-customer';
import { updateConversation } from '../../lib/kustomer/operations/update-conversation';
import { SANDBOX } from '../../sandbox/kustomer/seed';
import type { KustomerStore } from '../../sandbox/kustomer/store';
import { NEW_PHONE, type Identity, type JobKind } from './story';

/** What a job is about. */
export interface PairJob {
	kind: JobKind;
	session: number;
}

const RING_KINDS: readonly JobKind[] = ['assigned', 'custom', 'rated', 'file', 'recording'];
/** Whether a job of this kind is the step when the call comes in; else it is the one when an agent takes it. */
const isRing = ({ kind }: PairJob) => RING_KINDS.includes(kind);

const externalIdOf = (session: number) => `babelforce:pair-${session + 1}`;

function phoneOf(identity: Identity): string | undefined {
	if (identity === 'known') return SANDBOX.customers.jonas.phone;
	return identity === 'new' ? NEW_PHONE : undefined;
}

/** One execution of the workflow. */
export async function logPair(client: KustomerClient, job: PairJob, identity: Identity): Promise<void> {
	if (isRing(job)) {
		await ring(client, job, identity);
		return;
	}
	try {
		await bridged(client, job);
	} catch (error) {
		// The event overtook the first one: the workflow then creates the conversation, and comes back.
		if (!(error instanceof KustomerError && error.kind === 'notFound')) throw error;
		await ring(client, job, identity);
		await bridged(client, job);
	}
}

async function ring(client: KustomerClient, { session }: PairJob, identity: Identity): Promise<void> {
	const externalId = externalIdOf(session);
	const { customer } = await findOrCreateCustomer(client, {
		phone: phoneOf(identity),
		phoneRules: {
			ownNumbers: [...SANDBOX.ownNumbers],
			lookUp: 'automatic',
			whenUnusable: 'createWithoutPhone',
		},
		severalMatches: 'mostRecentlyActive',
		anonymousExternalId: externalId,
		hasNoNumber: true,
		create: { name: 'Unknown caller' },
		unknownAttributes: 'leaveOut',
	});
	await createConversation(client, {
		customerId: customer?.id ?? '',
		externalId,
		chooseId: true,
		name: 'Inbound call',
		direction: 'in',
		status: 'open',
		unknownAttributes: 'leaveOut',
		note: { body: 'Phone number', key: 'phone-number' },
	});
}

async function bridged(client: KustomerClient, { session }: PairJob): Promise<void> {
	await updateConversation(client, {
		target: { externalId: externalIdOf(session) },
		chooseId: true,
		users: { mode: 'replace', ids: [SANDBOX.users.ana.id] },
		unknownAttributes: 'leaveOut',
		note: { body: 'Call answered', key: 'bridged' },
	});
}

/** What is wrong, in plain words. */
export function pairProblemsIn(store: KustomerStore, jobs: readonly PairJob[], identity: Identity): string[] {
	const problems: string[] = [];
	const sessions = [...new Set(jobs.map(({ session }) => session))];
	for (const session of sessions) {
		const say = (what: string) => problems.push(`Call ${session + 1}: ${what}`);
		const found = [...store.conversations.values()].filter(
			({ externalId }) => externalId === externalIdOf(session),
		);
		const [conversation] = found;
		if (conversation === undefined || found.length > 1) {
			say(`it is ${found.length} conversations`);
			continue;
		}
		const isTaken = jobs.some((job) => job.session === session && !isRing(job));
		const rang = jobs.some((job) => job.session === session && isRing(job));
		for (const [key, least, most] of [
			['phone-number', rang ? 1 : 0, 1],
			['bridged', isTaken ? 1 : 0, isTaken ? 1 : 0],
		] as const) {
			const notes = store
				.notesOf(conversation.id)
				.filter(({ externalId }) => externalId?.endsWith(`:${key}`));
			if (notes.length < least || notes.length > most)
				say(`the note "${key}" is there ${notes.length} times`);
		}
		if (conversation.assignedUsers.join() !== (isTaken ? SANDBOX.users.ana.id : '')) {
			say(`it is assigned to ${JSON.stringify(conversation.assignedUsers)}`);
		}
		const customer = store.customers.get(conversation.customerId);
		const phone = phoneOf(identity);
		const right =
			phone === undefined ? store.customerByExternalId(externalIdOf(session)) : store.customerByPhone(phone);
		if (right === undefined || customer !== right) say('it belongs to somebody else');
	}
	const known: readonly string[] = Object.values(SANDBOX.customers).map(({ id }) => id);
	const made = [...store.customers.keys()].filter((id) => !known.includes(id)).length;
	const wanted =
		identity === 'known' ? 0 : identity === 'new' ? Math.min(sessions.length, 1) : sessions.length;
	if (made !== wanted) problems.push(`${made} customers were created, right is ${wanted}`);
	return problems;
}
