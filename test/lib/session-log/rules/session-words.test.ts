import type { Agent, Session } from '../../../../lib/domain/session';
import {
	agentWords,
	durationWords,
	menuWords,
	oneLine,
	timeWords,
} from '../../../../lib/session-log/rules/session-words';

describe('words for people', () => {
	it.each([
		[0, '0 s'],
		[0.4, '0 s'],
		[5, '5 s'],
		[59.6, '1 min'],
		[60, '1 min'],
		[61, '1 min 1 s'],
		[3600, '1 h'],
		[3725, '1 h 2 min 5 s'],
		[90_000, '25 h'],
		[-1, undefined],
		[Number.NaN, undefined],
		[Infinity, undefined],
		['5' as never, undefined],
		[undefined, undefined],
	])('G10: %j seconds are "%s"', (seconds, words) => {
		expect(durationWords(seconds)).toBe(words);
	});

	it('G10: a text is one line, and what is no text is nothing', () => {
		const written: unknown[] = [' a\r\n\tb\u0000 ', 7, '\ud800x', '', {}, null, undefined, true];
		expect(written.map(oneLine)).toEqual(['a b', '7', '\ufffdx', '', '', '', '', '']);
	});

	it.each<[Agent | undefined, string | undefined]>([
		[{ name: 'Kim Lee', email: 'kim@example.com', number: '7', id: '11' }, 'Kim Lee'],
		[{ name: ' ', email: 'kim@example.com', id: '11' }, 'kim@example.com'],
		[{ number: '7', id: '11' }, 'agent 7'],
		[{ id: '11' }, 'agent 11'],
		[{ id: '' }, undefined],
		[{}, undefined],
		[undefined, undefined],
	])('G10: the agent %j is called "%s"', (agent, words) => {
		expect(agentWords(agent)).toBe(words);
	});

	it('D7: the menu selection without empty names', () => {
		const words = (menuPath: unknown) => menuWords({ menuPath } as Session);
		expect([['Orders ', ' ', 'Delivery'], [' '], [], undefined, 'Orders'].map(words)).toEqual([
			'Orders / Delivery',
			undefined,
			undefined,
			undefined,
			undefined,
		]);
	});

	it('D7: a time in its zone, in UTC where there is no such zone', () => {
		const iso = '2026-11-22T23:30:59.000Z';
		expect(timeWords(iso, 'Europe/Berlin')).toBe('2026-11-23 00:30');
		expect(timeWords(iso, 'Mars/Base')).toBe('2026-11-22 23:30');
		expect([timeWords('soon', 'UTC'), timeWords(undefined, 'UTC'), timeWords(7 as never, 'UTC')]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});
});
