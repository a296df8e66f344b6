/** What a fresh stand-in holds. All people are invented, all numbers are from ranges reserved for fiction and tests. */
import { SANDBOX } from '../kustomer/seed';
import type { BabelforceStandIn, StandInUser } from './types';

const MINUTE = 60_000;
const { ana, ben } = SANDBOX.users;
const { jonas, maria } = SANDBOX.customers;

/** Names and ids that tests and the sandbox rely on. */
export const BABELFORCE = {
	users: {
		manager: {
			user: 'n8n@sandbox.example',
			password: 'sandbox-password',
			manager: true,
			accessId: 'sandbox-access-id',
			accessToken: 'sandbox-access-token',
		},
		/** May sign in, and nothing else. */
		agentOnly: {
			user: 'agent@sandbox.example',
			password: 'sandbox-agent-password',
			manager: false,
			accessId: 'sandbox-agent-id',
			accessToken: 'sandbox-agent-token',
		},
	} satisfies Record<string, StandInUser>,
	agents: {
		/** Synchronized from Kustomer, as the source id shows. */
		ana: {
			id: 'a1000000000000000000000000000001',
			sourceId: ana.id,
			name: ana.name,
			email: ana.email,
			number: '101',
		},
		ben: {
			id: 'a1000000000000000000000000000002',
			sourceId: ben.id,
			name: ben.name,
			email: ben.email,
			number: '102',
		},
		/** Entered by hand: no source id. */
		dora: {
			id: 'a1000000000000000000000000000003',
			name: 'Dora Klein',
			email: 'dora.klein@sandbox.example',
			number: '103',
		},
	},
	group: { id: 'b1000000000000000000000000000001', name: 'Voice' },
	queue: { id: 'b2000000000000000000000000000001', name: 'Support' },
	calls: {
		/** Answered by Ana; recorded and stored. */
		answered: 'c1000000000000000000000000000001',
		/** The agent's leg of it. */
		answeredLeg: 'c1000000000000000000000000000002',
		/** Nobody answered; not recorded. */
		missed: 'c1000000000000000000000000000003',
		/** Has ended; its recording is still being stored. */
		storing: 'c1000000000000000000000000000004',
		/** Its recording was deleted. */
		deleted: 'c1000000000000000000000000000005',
		/** Recorded twice. */
		twice: 'c1000000000000000000000000000006',
	},
	recordings: {
		answered: 'd1000000000000000000000000000001',
		storing: 'd1000000000000000000000000000004',
		deleted: 'd1000000000000000000000000000005',
		twiceFirst: 'd1000000000000000000000000000006',
		twiceSecond: 'd1000000000000000000000000000007',
	},
	/** Bytes of the recording of `calls.answered`. */
	recordingBytes: 200_000,
} as const;

/** Fills an empty stand-in. Times are relative to `now`. */
export function seed(standIn: BabelforceStandIn, now: number): void {
	const ago = (minutes: number): string => new Date(now - minutes * MINUTE).toISOString();
	const { agents, calls, recordings, queue, group } = BABELFORCE;
	for (const agent of Object.values(agents)) {
		standIn.agentControls.add({
			...agent,
			...('sourceId' in agent ? { agentSource: 'kustomer' } : {}),
			groups: agent.id === agents.dora.id ? [] : [group],
			dateCreated: ago(60 * 24 * 90),
			lastUpdated: ago(30),
		});
	}

	const bridged = {
		id: agents.ana.id,
		name: agents.ana.name,
		number: agents.ana.number,
		queueId: queue.id,
		queueName: queue.name,
		agent: { id: agents.ana.id, name: agents.ana.name, number: agents.ana.number },
	};
	const session = {
		sessionId: 'e1000000000000000000000000000001',
		conversationId: 'f1000000000000000000000000000001',
	};
	standIn.addCall(
		{
			id: calls.answered,
			...session,
			from: jonas.phone,
			duration: 95,
			bridged,
			dateCreated: ago(60),
			dateEstablished: ago(59.8),
			dateFinished: ago(58.2),
		},
		[{ id: recordings.answered, bytes: BABELFORCE.recordingBytes, agent: bridged.agent, duration: 80 }],
	);
	standIn.addCall({
		id: calls.answeredLeg,
		parentId: calls.answered,
		...session,
		type: 'outbound',
		domain: 'internal',
		from: jonas.phone,
		to: agents.ana.number,
		bridged,
		dateCreated: ago(59.9),
	});
	standIn.addCall({
		id: calls.missed,
		from: maria.phone,
		state: 'no-answer',
		finishReason: 'no-answer',
		duration: 0,
		dateCreated: ago(40),
		dateEstablished: undefined,
	});
	standIn.addCall({ id: calls.storing, from: maria.phone, dateCreated: ago(3) }, [
		{ id: recordings.storing, state: 'stopped', file: { state: 'storing' } },
	]);
	standIn.addCall({ id: calls.deleted, from: maria.phone, dateCreated: ago(600) }, [
		{ id: recordings.deleted, state: 'deleted', file: { state: 'deleted' } },
	]);
	standIn.addCall({ id: calls.twice, from: jonas.phone, type: 'inbound', dateCreated: ago(120) }, [
		{ id: recordings.twiceFirst, bytes: 10_000 },
		{ id: recordings.twiceSecond, bytes: 20_000 },
	]);
}
