import type { Session } from '../../../lib/domain/session';
import { forgetEverything } from '../../../lib/process/forget';
import { lookUpTogether } from '../../../lib/session-log/look-up-together';
import { inboundCall, settings, stages, useWorld, writes, type Worker } from './world';

const world = useWorld({ rateLimitPerMinute: 0 });

/** Sessions of a period, as the platform's list has them afterwards, of several customers. */
function period(count: number): Session[] {
	return Array.from({ length: count }, (_, index) =>
		stages.ended(inboundCall({ endUser: { phone: `+1212555${1000 + (index % 40)}` } })),
	);
}

/** Looks them up together and logs them, as a process that knows nothing of them. */
async function reconcile(
	sessions: readonly Session[],
	worker: Worker,
	changes: Parameters<typeof settings>[0] = {},
) {
	forgetEverything();
	const mark = world.mark;
	await lookUpTogether(
		worker.client,
		sessions.map((session) => ({ ...settings(changes), session })),
	);
	const looked = world.requestsSince(mark);
	const results = [];
	for (const session of sessions) results.push(await worker.log(session, changes));
	return { looked, requests: world.requestsSince(mark).slice(looked.length), results };
}

describe('sessions that are looked up together', () => {
	it('X2, X10: of a period of which nothing is missing, a hundred cost one request, and nothing is written', async () => {
		const sessions = period(120);
		for (const session of sessions) await world.worker().log(session);
		const { looked, requests, results } = await reconcile(sessions, world.worker('another'));
		expect(looked).toEqual(['POST /v1/customers/search', 'POST /v1/customers/search']);
		expect(requests).toEqual([]);
		expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
	}, 60_000);

	it('X2: what is missing is logged, and nothing else costs a request', async () => {
		const sessions = period(30);
		const missing = sessions[17];
		for (const session of sessions) if (session !== missing) await world.worker().log(session);
		const { looked, results } = await reconcile(sessions, world.worker('another'));
		expect(looked).toHaveLength(1);
		expect(results.filter(({ requests }) => requests > 0).map(({ externalId }) => externalId)).toEqual([
			`ccaip:${missing?.id}`,
		]);
		expect(world.written.messages).toHaveLength(30);
	});

	it('X10: a session whose end never arrived is brought to its end', async () => {
		const [ended] = period(1) as [Session];
		await world.worker().log(stages.connected({ ...ended, endedAt: undefined, duration: undefined }));
		const other = period(1);
		const { results } = await reconcile([ended, ...other], world.worker('another'));
		expect(results[0]).toMatchObject({ outcome: 'updated', session: { state: 'ended', duration: 180 } });
	});

	it('D5, X2: what the record rules keep out is not looked up again', async () => {
		const sessions = [stages.abandoned(inboundCall()), stages.abandoned(inboundCall())];
		const changes = { rules: { abandonedCalls: false } };
		const { looked, requests, results } = await reconcile(sessions, world.worker(), changes);
		expect(looked).toHaveLength(1);
		expect(requests).toEqual([]);
		expect(results.map(({ rule }) => rule)).toEqual(['D5', 'D5']);
	});

	it('X13: what was deleted in Kustomer is not brought back', async () => {
		const sessions = period(2);
		const [first] = await Promise.all(sessions.map((session) => world.worker().log(session)));
		world.standIn.store.deleteConversation(first?.conversationId ?? '');
		const { requests, results } = await reconcile(sessions, world.worker('another'));
		expect(writes(requests)).toEqual([]);
		expect(results.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
		const again = { ...sessions[0], rating: { score: 2 } } as Session;
		const late = await reconcile([again, ...sessions.slice(1)], world.worker('a third'));
		expect(late.results[0]).toMatchObject({ outcome: 'skipped', rule: 'X13' });
		expect(world.written.messages).toHaveLength(1);
		expect(world.written.conversations).toHaveLength(1);
	});

	it('X13: it is logged again where a person wants that', async () => {
		const sessions = period(2);
		const [first] = await Promise.all(sessions.map((session) => world.worker().log(session)));
		world.standIn.store.deleteConversation(first?.conversationId ?? '');
		const { results } = await reconcile(sessions, world.worker('another'), { other: { erased: 'logAgain' } });
		expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged']);
		expect(world.written.messages).toHaveLength(2);
	});

	it('X8: without the role for searching, each is looked up alone', async () => {
		const sessions = period(3);
		for (const session of sessions) await world.worker().log(session);
		const worker = world.worker('another');
		worker.refuse = ({ path }) => (path.includes('/search') ? {} : undefined);
		const { requests, results } = await reconcile(sessions, worker);
		expect(requests).toHaveLength(3);
		expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
	});

	it('X2: an input that cannot be used stops nobody, and nothing is sent for a dry run', async () => {
		const mark = world.mark;
		const good = period(1).map((session) => ({ ...settings({ other: { dryRun: true } }), session }));
		const bad = { ...settings({}), session: { source: '', id: '' } as unknown as Session };
		await lookUpTogether(world.worker().client, [bad, ...good]);
		expect(world.requestsSince(mark)).toEqual([]);
	});
});
