/**
 * What has to hold in Kustomer, in words and as checks. However jobs overlap, on however many processes, whatever dies, is
 * lost or refused on the way: once every job has been run to its end,
 *
 * 1. each session is one message, and its conversation is there;
 * 2. each fact has its latest value in the message's meta, in its custom attributes, in its note, and in the custom attributes
 *    of the conversation: what has a time of its own is as new as that time, everything else as new as its delivery;
 * 3. each fact has one note, on the conversation of its session;
 * 4. sessions that belong together by the record rules share one conversation, and it has the agent who had the call last;
 * 5. the conversation belongs to the customer whom the session's identity names, and nobody was created twice;
 * 6. each file is there once;
 * 7. Kustomer was sent nothing that it refuses;
 * 8. all of it once more, by processes that remember and by one that does not, writes nothing;
 * 9. when somebody deletes a session in the middle, nothing fails for good and nothing is left half, and 7 and 8 hold.
 *
 * Known limits. A note that three workers rewrite at the same instant may keep the text of the slowest one until the next event.
 * A value that is told again, without anything new, is not written again: it counts as of when it was told first.
 */
import { isRecord } from '../../lib/domain/record';
import { merge, observe, type SessionRecord } from '../../lib/domain/session-record';
import { commentsOf } from '../../lib/session-log/rules/session-comments';
import { sessionFieldsOf } from '../../lib/session-log/rules/session-fields';
import type { ConversationRecord } from '../../sandbox/kustomer/records';
import { SANDBOX } from '../../sandbox/kustomer/seed';
import type { KustomerStore } from '../../sandbox/kustomer/store';
import type { Scenario } from './scenario';
import { externalIdOf, type JobPlan, type Told } from './story';

/** One job, and how far it has come. */
export interface Job {
	plan: JobPlan;
	told: Told;
	worker: number;
	/** Why it failed; true as long as it has not ended. */
	failed: string | boolean;
}

const isFile = ({ plan }: Job) => plan.kind.startsWith('recording');

/** What is wrong, in plain words. */
export function problemsIn(store: KustomerStore, jobs: readonly Job[], scenario: Scenario): string[] {
	const problems: string[] = [];
	const sessions = [...new Set(jobs.filter((job) => !isFile(job)).map(({ plan }) => plan.session))];
	const homes = new Set<string>();
	for (const session of sessions) {
		const own = jobs.filter((job) => !isFile(job) && job.plan.session === session);
		const say = (what: string) => problems.push(`Call ${session + 1}: ${what}`);
		const messages = [...store.messages.values()].filter(
			({ externalId }) => externalId === externalIdOf(session),
		);
		const [message] = messages;
		if (messages.length !== 1 || message === undefined) {
			say(`it is ${messages.length} messages`);
			continue;
		}
		homes.add(message.conversationId);
		const conversation = store.conversations.get(message.conversationId);
		if (conversation === undefined) {
			say('its conversation is gone');
			continue;
		}
		const expected = recordOf(own);
		checkFacts(expected, message, own, say);
		checkNotes(store, expected, session, conversation, say);
		checkCustom(conversation, jobs, message.conversationId, store, say);
		checkCustomer(store, conversation, own, scenario, say);
		if (sessions.length === 1) checkAgent(conversation, own, say);
	}
	checkConversations(store, homes, problems);
	checkCustomers(store, jobs, scenario, problems);
	checkFiles(store, jobs, problems);
	return problems;
}

/**
 * What has to hold when somebody deletes a session in the middle (rule X13). Its facts are gone with it, and who does not know
 * of that may log it anew from what is told later; but nothing is left half.
 */
export function problemsAfterErasure(store: KustomerStore, { erasure }: Scenario): string[] {
	const problems: string[] = [];
	if (erasure?.what === 'merge' && store.messageByExternalId(externalIdOf(0)) === undefined) {
		problems.push('A call whose customer was merged into another one is lost');
	}
	const ours = [...store.messages.values()].filter(({ externalId }) => externalId?.startsWith('ccaip:'));
	const names = ours.map(({ externalId }) => externalId);
	if (new Set(names).size < names.length) problems.push('A call is several messages');
	for (const { conversationId } of ours) {
		const conversation = store.conversations.get(conversationId);
		if (conversation === undefined) problems.push('The conversation of a message is gone');
		else if (!store.customers.has(conversation.customerId)) problems.push('A conversation has no customer');
	}
	return problems;
}

/** Everything that was told of a session, each fact with the time at which it was truly so. */
function recordOf(jobs: readonly Job[]): SessionRecord {
	return jobs.map(({ told }) => observe(told.session, told.trulyAt)).reduce((all, one) => merge(all, one));
}

/** The latest value of a fact, by the words of the rule. */
function latest<Value>(jobs: readonly Job[], read: (told: Told) => Value | undefined): Value | undefined {
	return jobs
		.filter(({ told }) => read(told) !== undefined)
		.sort((a, b) => a.told.trulyAt - b.told.trulyAt)
		.map(({ told }) => read(told))
		.at(-1);
}

function checkFacts(
	expected: SessionRecord,
	message: { meta: Record<string, unknown>; custom: Record<string, unknown> },
	jobs: readonly Job[],
	say: (what: string) => void,
): void {
	const held = isRecord(message.meta.contactCenter) ? message.meta.contactCenter.session : undefined;
	const facts = isRecord(held) ? held : {};
	for (const fact of ['rating', 'disposition', 'holdTime', 'duration', 'outcome', 'agent'] as const) {
		if (text(facts[fact]) !== text(expected.session[fact])) {
			say(`the message says ${fact} ${text(facts[fact])}, right is ${text(expected.session[fact])}`);
		}
	}
	const rating = latest(jobs, ({ session }) => session.rating);
	const disposition = latest(jobs, ({ session }) => session.disposition);
	if (text(facts.rating) !== text(rating))
		say(`the rating is ${text(facts.rating)}, the latest ${text(rating)}`);
	if (text(facts.disposition) !== text(disposition)) {
		say(`the disposition is ${text(facts.disposition)}, the latest ${text(disposition)}`);
	}
	for (const [name, value] of Object.entries(sessionFieldsOf(expected.session))) {
		// How the number is written depends on what else is known of it.
		if (name === 'fromPhoneNumberStr') continue;
		if (text(message.custom[name]) !== text(value)) {
			say(`the attribute ${name} is ${text(message.custom[name])}, right is ${text(value)}`);
		}
	}
}

function checkNotes(
	store: KustomerStore,
	expected: SessionRecord,
	session: number,
	conversation: ConversationRecord,
	say: (what: string) => void,
): void {
	const notes = store.notesOf(conversation.id);
	for (const { kind, key, text: right } of commentsOf(expected.session, { timeZone: 'Europe/Berlin' })) {
		if (kind === 'phone') continue;
		const name = `${conversation.id}:${externalIdOf(session)}:${key}`;
		const [note, ...others] = notes.filter(({ externalId }) => externalId === name);
		if (note === undefined) say(`the note "${key}" is missing`);
		else if (note.body !== right) say(`the note "${key}" says ${text(note.body)}, right is ${text(right)}`);
		if (others.length > 0) say(`the note "${key}" is there ${others.length + 1} times`);
	}
}

function checkCustom(
	conversation: ConversationRecord,
	jobs: readonly Job[],
	home: string,
	store: KustomerStore,
	say: (what: string) => void,
): void {
	const here = jobs.filter(
		({ plan }) => store.messageByExternalId(externalIdOf(plan.session))?.conversationId === home,
	);
	// Two calls on one conversation may tell different orders: then either is right.
	if (new Set(here.map(({ plan }) => plan.session)).size > 1) return;
	const right = latest(here, ({ custom }) => custom?.orderNumberStr);
	if (right !== conversation.custom.orderNumberStr) {
		say(`the order number is ${text(conversation.custom.orderNumberStr)}, the latest ${text(right)}`);
	}
}

function checkAgent(
	conversation: ConversationRecord,
	jobs: readonly Job[],
	say: (what: string) => void,
): void {
	const userOf = ({ session: { agent } }: Told) =>
		Object.values(SANDBOX.users).find(({ email }) => email === agent?.email);
	const user = latest(jobs, userOf);
	if (text(conversation.assignedUsers) !== text(user === undefined ? [] : [user.id])) {
		say(`the conversation has ${text(conversation.assignedUsers)}, right is ${text(user?.name)}`);
	}
}

/** The strongest name that was told of the customer finds them. */
function checkCustomer(
	store: KustomerStore,
	conversation: ConversationRecord,
	jobs: readonly Job[],
	_scenario: Scenario,
	say: (what: string) => void,
): void {
	const customer = store.customers.get(conversation.customerId);
	const told = jobs.map(({ told: { session } }) => session.endUser);
	const identifier = told.find((one) => one.identifier !== undefined)?.identifier;
	const phone = told.find((one) => one.phone !== undefined)?.phone;
	const email = told.find((one) => one.email !== undefined)?.email;
	const right =
		(identifier === undefined ? undefined : store.customerByExternalId(identifier)) ??
		(phone === undefined ? undefined : store.customerByPhone(phone)) ??
		(email === undefined ? undefined : store.customerByEmail(email));
	if (customer === undefined) say('its customer is gone');
	else if (right !== undefined && customer !== right) {
		say(`the conversation belongs to ${nameOf(customer)}, right is ${nameOf(right)}`);
	} else if (right === undefined && (identifier ?? phone ?? email) !== undefined) {
		say('nobody has the name that was told of the customer');
	}
}

function nameOf({
	name,
	phones,
	emails,
	externalId,
}: {
	name: string | null;
	phones: unknown;
	emails: unknown;
	externalId: string | null;
}): string {
	return text({ name, phones, emails, externalId });
}

/** Conversations that this package made hold a session, except for those that were put aside, with a word about it. */
function checkConversations(store: KustomerStore, homes: ReadonlySet<string>, problems: string[]): void {
	const ours = [...store.conversations.values()].filter(({ externalId }) => externalId !== undefined);
	if (homes.size > 1) problems.push(`The calls are on ${homes.size} conversations, right is 1`);
	for (const { id, status } of ours) {
		if (!homes.has(id) && status !== 'done') problems.push('A conversation without a session is open');
	}
}

/** Nobody is created twice. */
function checkCustomers(
	store: KustomerStore,
	jobs: readonly Job[],
	{ identity }: Scenario,
	problems: string[],
): void {
	const known: readonly string[] = Object.values(SANDBOX.customers).map(({ id }) => id);
	const made = [...store.customers.values()].filter(({ id }) => !known.includes(id));
	if (jobs.every(isFile)) return;
	const wanted = identity === 'known' ? 0 : 1;
	// Who turned out to be somebody else stays behind as nobody, without a conversation.
	const behind = made.filter(
		({ phones, emails, externalId, conversationIds }) =>
			phones.length + emails.length + conversationIds.length === 0 &&
			(externalId === null || externalId.startsWith('ccaip:')),
	);
	const count = made.length - behind.length;
	const right =
		identity === 'withheld, then known'
			? [0, 1]
			: // Two who were told of by different names are two when a process dies between creating one and noticing the other.
				identity.startsWith('number, then')
				? [1, 2]
				: [wanted];
	if (!right.includes(count)) {
		problems.push(
			`${count} customers were created, right is ${right.join(' or ')}: ${made.map(nameOf).join(', ')}`,
		);
	}
}

function checkFiles(store: KustomerStore, jobs: readonly Job[], problems: string[]): void {
	for (const session of new Set(jobs.filter(isFile).map(({ plan }) => plan.session))) {
		const message = store.messageByExternalId(externalIdOf(session));
		if (message === undefined) continue;
		for (const kind of ['recording', 'recording on message'] as const) {
			const wanted = jobs.some(({ plan }) => plan.session === session && plan.kind === kind);
			const name = `call-${session + 1}-${kind === 'recording' ? 'note' : 'message'}.wav`;
			const places = [
				...store.notesOf(message.conversationId).map(({ attachments }) => attachments),
				message.attachments,
			];
			const there = places.flat().filter((file) => file.name === name).length;
			if (there !== (wanted ? 1 : 0)) {
				problems.push(`Call ${session + 1}: the file ${name} is there ${there} times`);
			}
		}
	}
}

function text(value: unknown): string {
	return value === undefined ? 'unknown' : JSON.stringify(value);
}
