/**
 * What happens in a simulation: calls of one customer, and what a platform tells of them. A job is one execution of the
 * workflow, with one event, file or recording.
 */
import type { Session } from '../../lib/domain/session';
import { ccaip } from '../../lib/platforms/ccaip/platform';
import { SANDBOX } from '../../sandbox/kustomer/seed';

export const JOB_KINDS = [
	/** An agent was chosen. */
	'assigned',
	/** An agent has answered. */
	'connected',
	/** The call is over. */
	'ended',
	/** The call went on to another agent. */
	'transferred',
	/** The customer has rated it: the event has a time of its own. */
	'rated',
	/** The agent has said what it was about: the event has a time of its own. */
	'disposition',
	/** The mapped data of the app or website: a custom attribute of the conversation. */
	'custom',
	/** A metadata file that says nothing of when it was written. */
	'file',
	/** A metadata file that does. */
	'dated file',
	/** A recording of the call, as a note. */
	'recording',
	/** A recording of the call, on the session's message. */
	'recording on message',
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** How the customer is told of. */
export const IDENTITIES = [
	/** By the number of somebody whom Kustomer knows. */
	'known',
	/** By a number that Kustomer does not know. */
	'new',
	/** Some events have no number, others the number of somebody whom Kustomer knows. */
	'withheld, then known',
	/** Some events have no number, others one that Kustomer does not know. */
	'withheld, then new',
	/** Some events have a number, others an identifier of the app, both unknown. */
	'number, then identifier',
	/** Some events have a number, others an email address, both unknown. */
	'number, then email',
] as const;
export type Identity = (typeof IDENTITIES)[number];

/** One job, and where it runs. */
export interface JobPlan {
	kind: JobKind;
	/** Which call. */
	session: number;
	/** Which worker. */
	worker: number;
	/** A worker who gets the same once more. */
	again?: number;
	/** For the kinds of {@link Identity} that change: what this event knows. */
	late: boolean;
}

/** What a job is told. */
export interface Told {
	session: Session;
	/** When that was so, as the workflow gives it on. */
	observedAt: string;
	/** When it really was so, in milliseconds since the epoch. */
	trulyAt: number;
	custom?: Record<string, unknown>;
}

/** The calls begin then. */
export const BEGIN = Date.UTC(2026, 10, 20, 9);
const MINUTE = 60_000;
const iso = (at: number) => new Date(at).toISOString();

/** When the n-th job is told: what is told later is newer. */
export const toldAt = (index: number) => BEGIN + 10 * MINUTE + index * MINUTE;

const { jonas } = SANDBOX.customers;
export const NEW_PHONE = SANDBOX.unknownCaller;
export const NEW_EMAIL = 'sam.new@example.com';
export const NEW_IDENTIFIER = 'app-user-77';

/** External id of a call. */
export const externalIdOf = (session: number) => `ccaip:call-${session + 1}`;

function endUserOf(identity: Identity, late: boolean): Session['endUser'] {
	switch (identity) {
		case 'known':
			return { phone: jonas.phone };
		case 'new':
			return { phone: NEW_PHONE };
		case 'withheld, then known':
			return late ? { phone: jonas.phone } : { withheld: true };
		case 'withheld, then new':
			return late ? { phone: NEW_PHONE } : { withheld: true };
		case 'number, then identifier':
			return late ? { identifier: NEW_IDENTIFIER } : { phone: NEW_PHONE };
		case 'number, then email':
			return late ? { email: NEW_EMAIL } : { phone: NEW_PHONE };
	}
}

const agentOf = ({ name, email }: { name: string; email: string }, id: string) => ({ id, name, email });
const ANA = agentOf(SANDBOX.users.ana, '11');
const BEN = agentOf(SANDBOX.users.ben, '12');

/**
 * The same queue in the words of the event: what tells of an agent names the queue alone, and the record also the menu (rules C6,
 * D1). In any order they have to count as one queue.
 */
function queueTold({ kind }: JobPlan): Pick<Session, 'menuPath' | 'queue'> {
	const queue = { id: '252', name: 'Orders / Delivery' };
	const isOfAgent = kind === 'assigned' || kind === 'connected' || kind === 'transferred';
	return isOfAgent ? { queue } : { queue, menuPath: ['Orders', 'Delivery'] };
}

/**
 * What a job is told.
 *
 * @param index of the job: what is told later is newer
 * @param skew milliseconds by which the clock of the process that received it is ahead
 */
export function toldOf(plan: JobPlan, index: number, identity: Identity, skew: number): Told {
	const at = toldAt(index);
	const own = { observedAt: iso(at), trulyAt: at };
	const call: Session = {
		source: 'ccaip',
		id: `call-${plan.session + 1}`,
		channel: 'voice',
		type: 'Voice Inbound (IVR)',
		origin: 'phone',
		direction: 'in',
		language: 'en',
		endUser: endUserOf(identity, plan.late),
		line: SANDBOX.ownNumbers[0],
		...queueTold(plan),
		startedAt: iso(BEGIN),
	};
	const during = (seconds: number) => ({
		observedAt: iso(BEGIN + seconds * 1000),
		trulyAt: BEGIN + seconds * 1000,
	});
	const assigned = { ...call, state: 'assigned' as const, assignedAt: iso(BEGIN + 20_000), agent: ANA };
	const ended: Session = {
		...call,
		state: 'ended',
		outcome: 'answered',
		assignedAt: iso(BEGIN + 20_000),
		connectedAt: iso(BEGIN + 25_000),
		endedAt: iso(BEGIN + 205_000),
		duration: 180,
		waitTime: 25,
	};
	switch (plan.kind) {
		case 'assigned':
			return { session: assigned, ...during(20) };
		case 'connected':
			return {
				session: { ...assigned, state: 'connected', connectedAt: iso(BEGIN + 25_000) },
				...during(25),
			};
		case 'ended':
			return { session: ended, ...during(205) };
		case 'transferred':
			return {
				session: {
					...ended,
					state: 'connected',
					outcome: undefined,
					endedAt: undefined,
					duration: undefined,
					agent: BEN,
				},
				...during(100),
			};
		case 'rated':
			return { session: { ...ended, rating: ratingAt(index) }, ...own };
		case 'disposition':
			return { session: { ...ended, disposition: dispositionAt(index) }, ...own };
		case 'custom':
			return { session: ended, custom: { orderNumberStr: `order ${index}` }, ...own };
		case 'file':
		case 'dated file':
			return toldByFile(plan, index, identity, skew);
		case 'recording':
		case 'recording on message':
			return { session: ended, ...own };
	}
}

const ratingAt = (index: number) => ({ score: 1 + (index % 5), comment: `comment ${index}` });
const dispositionAt = (index: number) => ({ code: `CODE-${index}`, note: `note ${index}` });

/** A metadata file, as it is written and as it is read. */
function toldByFile(plan: JobPlan, index: number, identity: Identity, skew: number): Told {
	const at = toldAt(index);
	const { identifier, phone, email } = endUserOf(identity, plan.late);
	const body = {
		id: plan.session + 1,
		lang: 'en',
		call_type: 'Voice Inbound (IVR)',
		session_type_v2: 'Voice Inbound (IVR)',
		status: 'finished',
		created_at: iso(BEGIN),
		assigned_at: iso(BEGIN + 20_000),
		connected_at: iso(BEGIN + 25_000),
		ends_at: iso(BEGIN + 205_000),
		...(plan.kind === 'dated file' ? { updated_at: iso(at) } : {}),
		wait_duration: 25,
		call_duration: 180,
		hold_duration: index,
		rating: ratingAt(index).score,
		feedback: ratingAt(index).comment,
		dispositions: [dispositionAt(index)],
		menu_path: { name: 'Orders / Delivery' },
		support_number: SANDBOX.ownNumbers[0],
		end_user: { identifier, email },
		participants: [{ id: 1, type: 'end_user', status: 'finished', phone_number: phone }],
	};
	const { events, rejected } = ccaip.parse(
		{ method: 'POST', headers: {}, query: {}, body },
		{ sourceName: 'ccaip', sessionIdFrom: 'call' },
	);
	const [event] = events;
	if (event === undefined) throw new Error(`The file is not read: ${JSON.stringify(rejected)}`);
	const receivedAt = at + skew;
	return {
		session: event.session,
		observedAt: event.occurredAt ?? iso(receivedAt),
		trulyAt: plan.kind === 'dated file' ? at : receivedAt,
	};
}
