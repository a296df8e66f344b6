import { observe } from '../../../lib/domain/session-record';
import type { Session } from '../../../lib/domain/session';
import { forgetEverything } from '../../../lib/process/forget';
import { isLateNews } from '../../../lib/session-log/erased';
import type { LogSessionInput } from '../../../lib/session-log/inputs';
import type { Run } from '../../../lib/session-log/run';
import { at, inboundCall, stages, UNKNOWN_PHONE, useWorld, writes, type Worker } from './world';

const world = useWorld();

const rated = { rating: { score: 2 } };
const late = { other: { event: 'rated', observedAt: at(205 + 3600) } };

/** Somebody deletes the conversation right before the worker's next write. */
function deleteBeforeWriting(worker: Worker, conversationId: string): void {
	let isThere = true;
	worker.trouble = ({ method }) => {
		if (method !== 'GET' && isThere) {
			isThere = false;
			world.standIn.store.deleteConversation(conversationId);
		}
		return undefined;
	};
}

describe('what was erased in Kustomer', () => {
	it('X13: a worker that remembers a deleted conversation leaves it deleted, and does not fail', async () => {
		const worker = world.worker();
		const call = stages.ended(inboundCall());
		const { conversationId = '' } = await worker.log(call);
		world.standIn.store.deleteConversation(conversationId);
		const logged = await worker.log({ ...call, ...rated }, late);
		expect(logged).toMatchObject({ outcome: 'skipped', rule: 'X13' });
		expect(world.written).toMatchObject({ conversations: [], messages: [], notes: [] });
		expect(await worker.log({ ...call, holdTime: 7 })).toMatchObject({ outcome: 'skipped', rule: 'X13' });
	});

	it('X13: a worker that knows nothing does not bring a deleted customer back for a late rating', async () => {
		const call = stages.ended(inboundCall({ endUser: { phone: UNKNOWN_PHONE } }));
		const { customerId = '' } = await world.worker().log(call);
		world.standIn.store.deleteCustomer(customerId);
		forgetEverything();
		const customers = world.standIn.store.customers.size;
		const mark = world.mark;
		expect(await world.worker().log({ ...call, ...rated }, late)).toMatchObject({
			outcome: 'skipped',
			rule: 'X13',
		});
		expect(writes(world.requestsSince(mark))).toEqual([]);
		expect(world.standIn.store.customers.size).toBe(customers);
	});

	it('X13: what is deleted between the look and the write stays deleted', async () => {
		const call = stages.ended(inboundCall());
		const { conversationId = '' } = await world.worker().log(call);
		forgetEverything();
		const worker = world.worker();
		deleteBeforeWriting(worker, conversationId);
		const soon = { other: { event: 'rated', observedAt: at(205 + 60) } };
		expect(await worker.log({ ...call, ...rated }, soon)).toMatchObject({ outcome: 'skipped', rule: 'X13' });
		expect(world.written).toMatchObject({ conversations: [], messages: [], notes: [] });
	});

	it('X13, C15: a voicemail that is deleted while its return is told does not stop the call that returns it', async () => {
		const worker = world.worker();
		const voicemail = stages.voicemail(inboundCall());
		const { conversationId = '' } = await worker.log(voicemail);
		const back = stages.connected(
			inboundCall({ direction: 'out', type: 'Voice Outbound', startedAt: at(7200) }),
		);
		const own = { rules: { appendOutbound: false } };
		const { conversationId: goesTo } = await worker.log(back, own);
		deleteBeforeWriting(worker, conversationId);
		expect(await worker.log({ ...back, callbackOf: voicemail.id }, own)).toMatchObject({
			outcome: 'updated',
			conversationId: goesTo,
		});
	});

	it('X13: it is logged again when that is wanted', async () => {
		const worker = world.worker();
		const call = stages.ended(inboundCall());
		const { conversationId = '' } = await worker.log(call);
		world.standIn.store.deleteConversation(conversationId);
		const wanted = { other: { ...late.other, erased: 'logAgain' as const } };
		expect(await worker.log({ ...call, ...rated }, wanted)).toMatchObject({ outcome: 'created' });
		expect(world.written.messages).toHaveLength(1);
	});

	it('X13: it is logged again when that is wanted, also by a worker that knows nothing', async () => {
		const call = stages.ended(inboundCall());
		const { conversationId = '' } = await world.worker().log(call);
		world.standIn.store.deleteConversation(conversationId);
		forgetEverything();
		const wanted = { other: { ...late.other, erased: 'logAgain' as const } };
		expect(await world.worker().log({ ...call, ...rated }, wanted)).toMatchObject({ outcome: 'created' });
	});

	it('X2: a rating that overtakes the end of its call, and a record of a call that never arrived, are logged', async () => {
		const call = stages.ended(inboundCall());
		const soon = { other: { event: 'rated', observedAt: at(205 + 60) } };
		expect(await world.worker().log({ ...call, ...rated }, soon)).toMatchObject({ outcome: 'created' });
		const other = stages.ended(inboundCall());
		const record = { other: { event: 'metadata', observedAt: at(205 + 900) } };
		expect(await world.worker().log({ ...other, ...rated }, record)).toMatchObject({ rule: 'C6' });
	});
});

describe('news of a session that Kustomer does not hold', () => {
	const MINUTE = 60;
	const DAY = 24 * 60 * MINUTE;
	const END = 205;
	const call = stages.ended(inboundCall());

	/** Whether news are late that a worker observes so many seconds after the end of a call. */
	function isLate(
		seconds: number,
		told: Partial<LogSessionInput> = { event: 'rated' },
		session: Session = { ...call, ...rated },
	) {
		const observedAt = at(END + seconds);
		const now = Date.parse(observedAt);
		const observation = observe(session, now);
		return isLateNews({ input: { observedAt, ...told }, at: now, observation } as Run, observation);
	}

	it.each(['rated', 'disposition', 'recording'])(
		'X13: %s is late from ten minutes after the end on',
		(event) => {
			expect([isLate(10 * MINUTE - 1, { event }), isLate(10 * MINUTE, { event })]).toEqual([false, true]);
		},
	);

	it.each(['metadata', undefined])(
		'X13: a rating that %s tells is late from a day after the end on',
		(event) => {
			expect([isLate(DAY - 1, { event }), isLate(DAY, { event })]).toEqual([false, true]);
		},
	);

	it('X2: what may tell of a call that never arrived is not late', () => {
		expect(isLate(2 * DAY, { event: 'rated', erased: 'logAgain' })).toBe(false);
		// Nobody knows when it was.
		expect(isLate(2 * DAY, { event: 'rated', observedAt: undefined })).toBe(false);
		expect(isLate(2 * DAY, { event: 'rated' }, { ...call, ...rated, endedAt: undefined })).toBe(false);
		// The call itself, and nothing that only follows one.
		expect(isLate(2 * DAY, { event: 'ended' }, call)).toBe(false);
	});
});
