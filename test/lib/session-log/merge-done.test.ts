import {
	CLASH,
	mergeDone,
	refused,
	saysTheSame,
	UNSURE,
	unsure,
	usersOf,
	wasRefused,
} from '../../../lib/session-log/merge-done';
import type { Assigned, Done, WrittenAttribute } from '../../../lib/session-log/stored-session';

const done = (known: Partial<Done> = {}): Done => ({ notes: {}, conversation: {}, customer: {}, ...known });
const to = (userId: string): Assigned => ({ agent: { id: userId }, userId, by: 'userId' });

describe('what two have written for one session', () => {
	it.each<
		[
			what: string,
			before: string | undefined,
			ours: string | undefined,
			theirs: string | undefined,
			both: string,
		]
	>([
		['only this run has written it', undefined, 'a', undefined, 'a'],
		['only somebody else has written it', undefined, undefined, 'b', 'b'],
		['both have written the same', undefined, 'a', 'a', 'a'],
		['both have written it, differently', undefined, 'a', 'b', CLASH],
		['this run has changed it', 'a', 'b', 'a', 'b'],
		['somebody else has changed it', 'a', 'a', 'b', 'b'],
		['both have changed it', 'a', 'b', 'c', CLASH],
		['this run has seen what somebody else was about to write', undefined, 'a', unsure('a'), 'a'],
		['somebody else has seen what this run was about to write', undefined, unsure('a'), 'a', 'a'],
		['what was to be written is another text', undefined, 'a', unsure('b'), CLASH],
		['this run has met it, and nobody has told what it says', undefined, UNSURE, undefined, UNSURE],
		['this run has met it, and whoever wrote it tells', undefined, UNSURE, 'b', 'b'],
	])('X1: a note: %s', (_what, before, ours, theirs, both) => {
		const notes = (hash: string | undefined) => done({ notes: hash === undefined ? {} : { rating: hash } });
		expect(mergeDone(notes(before), notes(ours), notes(theirs)).notes).toEqual({ rating: both });
	});

	it('X1: of two values of an attribute the newer one, as long as nobody has seen it', () => {
		const merged = (ours: WrittenAttribute, theirs: WrittenAttribute) =>
			mergeDone(
				done(),
				done({ conversation: { x: ours }, customer: { y: ours } }),
				done({ conversation: { x: theirs }, customer: { y: theirs } }),
			);
		const [older, newer]: WrittenAttribute[] = [
			['h2', 5, 'old'],
			['h1', 7, 'new'],
		];
		for (const pair of [
			[older, newer],
			[newer, older],
		] as Array<[WrittenAttribute, WrittenAttribute]>) {
			const { conversation, customer } = merged(...pair);
			expect([conversation.x, customer.y]).toEqual(Array(2).fill(['h1', 7, 'new', UNSURE]));
		}
		// At the same time both workers have to take the same one.
		const [a, b]: WrittenAttribute[] = [
			['h1', 5, 'a'],
			['h2', 5, 'b'],
		];
		expect(merged(a as never, b as never).conversation.x).toEqual(['h2', 5, 'b', UNSURE]);
		expect(merged(b as never, a as never).conversation.x).toEqual(['h2', 5, 'b', UNSURE]);
		expect(merged(a as never, a as never).conversation.x).toEqual(a);
	});

	it('C16, X1: two who have assigned different users have assigned nobody for certain', () => {
		const merged = (ours?: Assigned, theirs?: Assigned, before?: Assigned) =>
			mergeDone(done({ assigned: before }), done({ assigned: ours }), done({ assigned: theirs })).assigned;
		expect(merged(to('u1'), to('u2'))).toEqual({ agent: {}, by: 'nobody', left: ['u1', 'u2'] });
		const left: Assigned = { agent: {}, by: 'nobody', left: ['u1', 'u3'] };
		expect(merged(to('u1'), left)).toEqual({ agent: {}, by: 'nobody', left: ['u1', 'u3'] });
		expect(merged({ ...to('u1'), by: 'email' }, to('u1'))).toEqual({ ...to('u1'), by: 'email' });
		expect([merged(to('u1')), merged(undefined, to('u2')), merged()]).toEqual([
			to('u1'),
			to('u2'),
			undefined,
		]);
		expect(merged(to('u2'), to('u1'), to('u1'))).toEqual(to('u2'));
		expect([
			usersOf(undefined),
			usersOf(to('u1')),
			usersOf(left),
			usersOf({ agent: {}, by: 'nobody' }),
		]).toEqual([[], ['u1'], ['u1', 'u3'], []]);
	});

	it('X2: a refused text is told from a hash', () => {
		expect([wasRefused(refused('h')), wasRefused('h'), wasRefused('h!')]).toEqual([true, false, false]);
	});

	it('X1: the same is said in whatever order, and that a note says by now what it was to say is no news', () => {
		const notes = { a: 'h1', b: 'h2' };
		expect(saysTheSame(done({ notes }), done({ notes: { b: 'h2', a: unsure('h1') } }))).toBe(true);
		for (const other of [
			{ a: 'h1' },
			{ ...notes, b: 'h3' },
			{ ...notes, b: CLASH },
			{ ...notes, b: UNSURE },
		]) {
			expect(saysTheSame(done({ notes }), done({ notes: other }))).toBe(false);
		}
		expect(saysTheSame(done({ notes: { a: CLASH } }), done({ notes: { a: UNSURE } }))).toBe(false);
		expect(saysTheSame(done(), done({ assigned: to('u1') }))).toBe(false);
		expect(saysTheSame(done(), done({ customer: { x: ['h', 1] } }))).toBe(false);
		expect(saysTheSame(done(), done({ conversation: { x: ['h', 1] } }))).toBe(false);
	});
});
