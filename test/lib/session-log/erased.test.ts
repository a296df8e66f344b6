import { forgetEverything } from '../../../lib/process/forget';
import { at, inboundCall, stages, UNKNOWN_PHONE, useWorld, writes } from './world';

const world = useWorld();

const rated = { rating: { score: 2 } };
const late = { other: { event: 'rated', observedAt: at(205 + 3600) } };

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

	it('X13: it is logged again when that is wanted', async () => {
		const worker = world.worker();
		const call = stages.ended(inboundCall());
		const { conversationId = '' } = await worker.log(call);
		world.standIn.store.deleteConversation(conversationId);
		const wanted = { other: { ...late.other, erased: 'logAgain' as const } };
		expect(await worker.log({ ...call, ...rated }, wanted)).toMatchObject({ outcome: 'created' });
		expect(world.written.messages).toHaveLength(1);
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
