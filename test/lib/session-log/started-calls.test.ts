import type { Session } from '../../../lib/domain/session';
import { rememberStartedCall, startedFrom } from '../../../lib/session-log/started-calls';
import { clearMemories } from '../../../lib/process/memory';

const CALL = {
	conversationId: '5f3a0000000000000000bbbb',
	phone: '+4930901820',
	agentEmail: 'Ana@example.com',
};
const OUT: Session = {
	source: 'ccaip',
	id: 'call-1',
	channel: 'voice',
	direction: 'out',
	endUser: { phone: '+49 30 901820' },
	agent: { email: 'ana@example.com' },
};
const NOW = 1_800_000_000_000;
const find = (session: Session, id = 'ccaip:call-1', now = NOW) =>
	startedFrom('key', id, session, { now, claims: true });

beforeEach(() => {
	clearMemories();
	rememberStartedCall('key', CALL, NOW);
});

describe('a call that was asked for', () => {
	it('C24: is the outbound call of that agent to that number', () => {
		expect(find(OUT)).toBe(CALL.conversationId);
	});

	it('C24: becomes one session, in all of its events', () => {
		expect([find(OUT), find(OUT), find(OUT, 'ccaip:call-2')]).toEqual([
			CALL.conversationId,
			CALL.conversationId,
			undefined,
		]);
	});

	it('C24: is still there after somebody has only looked', () => {
		const looked = startedFrom('key', 'ccaip:looked-for', OUT, { now: NOW, claims: false });
		expect([looked, find(OUT)]).toEqual([CALL.conversationId, CALL.conversationId]);
	});

	it('C24: is taken for it as long as nothing tells who calls', () => {
		expect(find({ ...OUT, agent: { name: 'Ana' } })).toBe(CALL.conversationId);
	});

	it.each<[string, Partial<Session>]>([
		['an inbound call', { direction: 'in' }],
		['a chat', { channel: 'chat' }],
		['a call to another number', { endUser: { phone: '+4930901821' } }],
		['a call without a number', { endUser: {} }],
		['a call of another agent', { agent: { email: 'ben@example.com' } }],
	])('C24: is not %s', (_, other) => {
		expect(find({ ...OUT, ...other })).toBeUndefined();
	});

	it('C24: is forgotten after ten minutes, and nobody with another credential sees it', () => {
		expect(find(OUT, 'ccaip:call-1', NOW + 11 * 60_000)).toBeUndefined();
		expect(startedFrom('other', 'ccaip:call-1', OUT, { now: NOW, claims: true })).toBeUndefined();
	});

	it('C24: to the same number from two conversations are two calls, the later click first', () => {
		rememberStartedCall('key', { ...CALL, conversationId: '5f3a0000000000000000bbcc' }, NOW);
		expect([find(OUT), find(OUT, 'ccaip:call-2')]).toEqual(['5f3a0000000000000000bbcc', CALL.conversationId]);
	});
});
