/** Facts that change, and workers that write them at the same time: one test for each rule that the simulation holds as well. */
import { NoAnswer } from '../../../lib/http/http';
import type { Session } from '../../../lib/domain/session';
import { ccaip } from '../../../lib/platforms/ccaip/platform';
import { forgetEverything } from '../../../lib/process/forget';
import { at, inboundCall, KNOWN, stages, UNKNOWN_PHONE, useWorld, writes } from './world';

const world = useWorld();

const told = (seconds: number) => ({ other: { observedAt: at(seconds) } });

/** The session as the message holds it. */
function held(): Session {
	const [message] = world.written.messages;
	return (message?.meta.contactCenter as { session: Session }).session;
}

describe('a fact that changes', () => {
	it('C14, X1: a note that a process has left with the old text before it died gets the new one', async () => {
		const call = stages.ended(inboundCall());
		await world.worker('a').log(call);
		const dying = world.worker('a');
		dying.trouble = ({ method, path }) =>
			method !== 'POST' && path.includes('/messages/') ? new NoAnswer('tls') : undefined;
		await expect(dying.log({ ...call, rating: { score: 4 } }, told(300))).rejects.toThrow();
		forgetEverything();
		await world.worker('b').log({ ...call, rating: { score: 1 } }, told(400));
		expect(held().rating).toEqual({ score: 1 });
		expect(world.notes.filter((note) => note.startsWith('Rating'))).toEqual(['Rating: 1 of 5']);
		const mark = world.mark;
		await world.worker('c').log({ ...call, rating: { score: 1 } }, told(400));
		expect(writes(world.requestsSince(mark))).toEqual([]);
	});

	it.each([
		['without a time of its own: as new as its delivery', undefined],
		['with its own time of writing', '2026-11-20T10:00:00Z'],
	])('C14, U1: a second metadata file corrects rating and disposition, %s', async (_name, updatedAt) => {
		const file = (rating: number, code: string) => ({
			id: 77,
			call_type: 'Voice Inbound (IVR)',
			status: 'finished',
			created_at: at(0),
			connected_at: at(25),
			ends_at: at(205),
			rating,
			dispositions: [{ code }],
			participants: [{ id: 1, type: 'end_user', phone_number: KNOWN.phone }],
			...(updatedAt === undefined ? {} : { updated_at: updatedAt }),
		});
		const log = async (body: Record<string, unknown>, receivedAt: string) => {
			const { events } = ccaip.parse(
				{ method: 'POST', headers: {}, query: {}, body },
				{ sourceName: 'ccaip', sessionIdFrom: 'call' },
			);
			const [event] = events;
			if (event === undefined) throw new Error('The file is not read.');
			const observedAt = event.occurredAt ?? receivedAt;
			return await world.worker().log(event.session, { other: { observedAt } });
		};
		await log(file(4, 'SALE'), at(1000));
		await log(
			{ ...file(1, 'RETURN'), ...(updatedAt === undefined ? {} : { updated_at: '2026-11-20T11:00:00Z' }) },
			at(2000),
		);
		expect(held()).toMatchObject({ rating: { score: 1 }, disposition: { code: 'RETURN' } });
		expect(world.notes.filter((note) => /^(Rating|Disposition)/.test(note))).toEqual([
			'Disposition: RETURN',
			'Rating: 1 of 5',
		]);
	});
});

describe('two workers', () => {
	it('X1: what two write at the same instant is all there, whoever was last', async () => {
		for (let round = 0; round < 10; round += 1) {
			world.reset();
			const call = stages.ended(inboundCall());
			const [a, b] = [world.worker('a'), world.worker('b')];
			await a.log(call);
			await b.log(call);
			await Promise.all([
				a.log({ ...call, rating: { score: 4 } }, told(300)),
				b.log({ ...call, disposition: { code: 'SALE' }, holdTime: 9 }, told(301)),
			]);
			expect(held()).toMatchObject({ rating: { score: 4 }, disposition: { code: 'SALE' }, holdTime: 9 });
			const mark = world.mark;
			await a.log({ ...call, rating: { score: 4 } }, told(300));
			await b.log({ ...call, disposition: { code: 'SALE' }, holdTime: 9 }, told(301));
			expect(writes(world.requestsSince(mark))).toEqual([]);
		}
	});

	it('X1: a second look costs a request only where another process writes the session', async () => {
		const call = stages.ended(inboundCall());
		const alone = world.worker('a');
		await alone.log(call);
		let mark = world.mark;
		await alone.log({ ...call, disposition: { code: 'SALE' } }, told(300));
		// The note, the message, the message.
		expect(world.requestsSince(mark)).toHaveLength(3);
		mark = world.mark;
		const other = world.worker('b');
		await other.log({ ...call, rating: { score: 5 } }, told(400));
		// One to find it, the note, the message, the message, and the look.
		expect(world.requestsSince(mark)).toHaveLength(5);
	});

	it.each([
		['whom Kustomer knows', KNOWN.phone],
		['who is new', UNKNOWN_PHONE],
	])(
		'C17: an event without a number and one with it: the conversation is that of the customer %s',
		async (_name, phone) => {
			for (let round = 0; round < 10; round += 1) {
				world.reset();
				const call = stages.assigned(inboundCall({ endUser: { withheld: true } }));
				await Promise.all([
					world.worker('a').log(call, told(20)),
					world.worker('b').log({ ...call, endUser: { phone } }, told(25)),
				]);
				const [conversation, ...others] = world.written.conversations;
				expect(others).toEqual([]);
				expect(conversation?.customerId).toBe(world.standIn.store.customerByPhone(phone)?.id);
			}
		},
	);

	it('C17, C18: a number and an identifier that are told apart are one customer', async () => {
		for (let round = 0; round < 10; round += 1) {
			world.reset();
			const call = stages.assigned(inboundCall({ endUser: { phone: UNKNOWN_PHONE } }));
			await Promise.all([
				world.worker('a').log(call, told(20)),
				world.worker('b').log({ ...call, endUser: { identifier: 'u-1' } }, told(25)),
			]);
			const { store } = world.standIn;
			const owner = world.written.conversations[0]?.customerId;
			expect(store.customerByPhone(UNKNOWN_PHONE)?.id).toBe(owner);
			expect(store.customerByExternalId('u-1')?.id).toBe(owner);
		}
	});
});
