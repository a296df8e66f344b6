import { sessionExternalId } from '../../../lib/domain/external-id';
import { isTestCall, newTestCallId, TEST_CALLER } from '../../../lib/domain/test-call';
import { PLATFORMS } from '../../../lib/platforms/platforms';

const STARTED = Date.parse('2026-03-02T14:05:00Z');

describe.each(PLATFORMS.map((platform) => [platform.name, platform] as const))(
	'a test call of %s',
	(name, platform) => {
		const webhooks = platform.testCall({
			id: newTestCallId(STARTED),
			startedAt: STARTED,
			agentEmail: 'ana@example.com',
		});
		const read = webhooks.map(({ body }) =>
			platform.parse(
				{ method: 'POST', headers: {}, query: {}, body: JSON.parse(JSON.stringify(body)) as unknown },
				{ sourceName: name, sessionIdFrom: 'call' },
			),
		);
		const events = read.flatMap((one) => one.events);

		it('B6: is read as the events that it says, without anything that is not understood', () => {
			expect(read.flatMap(({ rejected, others }) => [...rejected, ...others])).toEqual([]);
			expect(events.map(({ kind }) => kind)).toEqual(webhooks.map(({ event }) => event));
			expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['bridged', 'ended']));
			expect(events.every(({ notUnderstood }) => notUnderstood === undefined)).toBe(true);
		});

		it('X1: is one session of the fictional caller, answered by the agent', () => {
			expect(new Set(events.map(({ session }) => session.id)).size).toBe(1);
			expect(events.map(({ session }) => session.endUser.phone)).toEqual(events.map(() => TEST_CALLER));
			expect(events[1]?.session.agent?.email).toBe('ana@example.com');
		});

		it('B6: is known as a test by its external id, also with a prefix', () => {
			for (const { session } of events) {
				expect(isTestCall(sessionExternalId(session))).toBe(true);
				expect(isTestCall(sessionExternalId(session, 'berlin-'))).toBe(true);
			}
		});
	},
);

it.each([
	'babelforce:7c3f00aa',
	'ccaip:call-4711',
	'generic:n8n-test',
	'n8n-test-12345',
	'',
	null,
	undefined,
])('B6: %j is no test call', (externalId) => {
	expect(isTestCall(externalId)).toBe(false);
});
