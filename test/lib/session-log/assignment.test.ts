/** Who has the conversation when processes die at the worst moment. */
import type { HttpRequest } from '../../../lib/http/http';
import { NoAnswer } from '../../../lib/http/http';
import { forgetEverything } from '../../../lib/process/forget';
import type { Session } from '../../../lib/domain/session';
import { SANDBOX } from '../../../sandbox/kustomer';
import {
	AGENT_ANA,
	AGENT_BEN,
	ANA,
	at,
	BEN,
	inboundCall,
	stages,
	useWorld,
	writes,
	type Worker,
} from './world';

const world = useWorld();

const somebody = Object.values(SANDBOX.users).find(({ id }) => id !== ANA.id && id !== BEN.id)?.id ?? '';
const told = (seconds: number) => ({ other: { observedAt: at(seconds) } });

const isAssigning = ({ method, path, body }: HttpRequest) =>
	method === 'PATCH' &&
	path.startsWith('/v1/conversations/') &&
	Object.hasOwn((body ?? {}) as object, 'assignedUsers');
/** Writing the session's message, not only touching it. */
const isAboutMessages = ({ path, body }: HttpRequest) =>
	path.includes('/messages') && Object.hasOwn((body ?? {}) as object, 'meta');

/** The only conversation. */
function conversation() {
	const [one, ...others] = world.written.conversations;
	expect(others).toEqual([]);
	if (one === undefined) throw new Error('There is no conversation.');
	return one;
}

const users = () => conversation().assignedUsers;

/** A process that dies at the n-th request of a kind: that request and everything after it is never sent. */
function dyingAt(isIt: (request: HttpRequest) => boolean, nth = 1): Worker {
	const worker = world.worker(`dies ${world.mark}`);
	let count = 0;
	worker.trouble = (request) => {
		if (isIt(request)) count += 1;
		return count >= nth ? new NoAnswer('connection') : undefined;
	};
	return worker;
}

async function dies(worker: Worker, session: Session, seconds: number): Promise<void> {
	await expect(worker.log(session, told(seconds))).rejects.toThrow();
	forgetEverything();
}

const next = () => world.worker(`next ${world.mark}`);

/** A call whose first agent Kustomer does not know. */
async function callOfNobody(): Promise<Session> {
	const call = inboundCall();
	await next().log(stages.assigned(call, { id: '99', name: 'Kim' }), told(20));
	expect(users()).toEqual([]);
	return call;
}

describe('a process that dies', () => {
	it.each([
		['while the call goes on', (call: Session) => stages.connected(call, AGENT_BEN), 120],
		['when the call is over', (call: Session) => stages.ended(call, AGENT_BEN), 205],
		['by an event without an agent', (call: Session) => ({ ...call, disposition: { code: 'SALE' } }), 300],
	])(
		'C8: before the conversation has the agent: the next event gives it, %s',
		async (_when, event, seconds) => {
			const call = inboundCall();
			await next().log(stages.connected(call), told(25));
			await dies(dyingAt(isAssigning), stages.connected(call, AGENT_BEN), 100);
			expect(users()).toEqual([ANA.id]);

			expect(await next().log(event(call), told(seconds))).toMatchObject({ outcome: 'updated' });
			expect(users()).toEqual([BEN.id]);
			const mark = world.mark;
			await next().log(event(call), told(seconds));
			expect(writes(world.requestsSince(mark))).toEqual([]);
		},
	);

	it('C8, C16: after the conversation had the agent: the agent who had the call last gets it, though it is over', async () => {
		const call = await callOfNobody();
		await dies(dyingAt(isAboutMessages, 2), stages.connected(call), 25);
		expect(users()).toEqual([ANA.id]);

		await next().log(stages.ended(call, AGENT_BEN), told(205));
		expect(users()).toEqual([BEN.id]);
	});

	it('C16: what a person has decided meanwhile stays', async () => {
		const call = await callOfNobody();
		await dies(dyingAt(isAboutMessages, 2), stages.connected(call), 25);
		world.standIn.store.updateConversation(conversation().id, { assignedUsers: [somebody] }, ANA.id);

		await next().log(stages.ended(call), told(205));
		await next().log(stages.ended(call, AGENT_BEN), told(1200));
		expect(users()).toEqual([somebody]);
	});

	it('C16: so does what a person decides later, with somebody who had the call, or with nobody', async () => {
		for (const decided of [[ANA.id], []]) {
			world.reset();
			const call = inboundCall();
			await next().log(stages.connected(call), told(25));
			await dies(dyingAt(isAboutMessages, 2), stages.connected(call, AGENT_BEN), 100);
			expect(users()).toEqual([BEN.id]);
			world.standIn.store.updateConversation(conversation().id, { assignedUsers: decided }, ANA.id);
			conversation().assignedUsersAt = new Date(Date.now() + 300_000).toISOString();

			await next().log(stages.ended(call, AGENT_BEN), told(205));
			expect(users()).toEqual(decided);
		}
	});

	it('C16: what was done is looked at once, and then said', async () => {
		const call = await callOfNobody();
		await dies(dyingAt(isAboutMessages, 2), stages.connected(call), 25);
		const rounds = [];
		for (let round = 0; round < 2; round += 1) {
			const mark = world.mark;
			await next().log(stages.connected(call), told(25));
			forgetEverything();
			rounds.push(writes(world.requestsSince(mark)).filter((line) => !line.includes('/messages/')));
			if (round === 1) expect(world.requestsSince(mark)).toHaveLength(1);
		}
		expect(rounds).toEqual([[], []]);
	});

	it('C16: with a conversation and without a message: another event takes the conversation from nobody', async () => {
		const call = inboundCall();
		await dies(dyingAt(isAboutMessages), stages.connected(call, AGENT_BEN), 100);
		await dies(dyingAt(isAboutMessages), stages.assigned(call, AGENT_ANA), 20);
		expect(users()).toEqual([BEN.id]);
		await next().log(stages.connected(call, AGENT_BEN), told(100));
		expect(users()).toEqual([BEN.id]);
	});

	it('C6, C16: while it appends a call: the conversation stays with whom it was, and goes to whom the next event tells', async () => {
		await next().log(stages.ended(inboundCall()), told(205));
		const call = inboundCall();
		await dies(dyingAt(isAboutMessages), stages.connected(call, AGENT_BEN), 25);
		expect(users()).toEqual([ANA.id]);
		await dies(dyingAt(isAssigning), stages.connected(call, AGENT_BEN), 25);
		expect(users()).toEqual([ANA.id]);
		await next().log(stages.ended(call, AGENT_BEN), told(205));
		expect(users()).toEqual([BEN.id]);
	});
});

describe('what assigning costs', () => {
	it('C8, X6: another agent takes four requests: to read the message, to announce, to assign, to say that it was done', async () => {
		const call = inboundCall();
		const worker = next();
		// Both agents are known by now.
		await worker.log(stages.connected(inboundCall({ menuPath: ['Other'] }), AGENT_BEN), told(25));
		await worker.log(stages.connected(call), told(25));
		const mark = world.mark;
		await worker.log(stages.connected(call, AGENT_BEN), told(100));
		expect(world.requestsSince(mark).map((line) => line.replace(/\/[0-9a-f]{24}$/, ''))).toEqual([
			'GET /v1/messages',
			'PATCH /v1/messages',
			'PATCH /v1/conversations',
			'PATCH /v1/messages',
		]);
	});

	it('C16, X2: a user whom Kustomer does not take is tried once', async () => {
		const call = await callOfNobody();
		const worker = next();
		worker.refuse = (request) => (isAssigning(request) ? { parameter: 'assignedUsers' } : undefined);
		const result = await worker.log(stages.connected(call, AGENT_BEN), told(100));
		expect(result.leftOut).toContain('assignedUsers');
		const mark = world.mark;
		await next().log(stages.connected(call, AGENT_BEN), told(100));
		expect(writes(world.requestsSince(mark))).toEqual([]);
	});
});
