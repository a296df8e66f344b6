import {
	matchAgents,
	type KustomerAgent,
	type MatchOptions,
} from '../../../../lib/agent-status/rules/matching';
import { matchSentence } from '../../../../lib/agent-status/sentences';
import { tooLong } from '../../../cpu-time';

const user = (id: string, email: string, more: Partial<KustomerAgent> = {}): KustomerAgent => ({
	id,
	name: id,
	email,
	teams: [],
	deleted: false,
	...more,
});
const agent = (id: string, email?: string, sourceId?: string) => ({ id, email, sourceId });
const everybody: MatchOptions = { belongs: () => true, expectOnPlatform: () => true };

function match(users: KustomerAgent[], agents: ReturnType<typeof agent>[], options = everybody) {
	const { pairs, problems } = matchAgents(users, agents, options);
	return {
		pairs: pairs.map(({ kustomer, platform }) => `${kustomer.id}=${platform.id}`),
		problems: problems.map(({ code, kustomer, platform }) => [
			code,
			kustomer.map(({ id }) => id).join('+'),
			platform.map(({ id }) => id).join('+'),
		]),
	};
}

it('S2: matches by email address, whatever capital letters and spaces', () => {
	expect(match([user('u', 'Ana@Example.com')], [agent('p', ' ana@example.COM ')])).toEqual({
		pairs: ['u=p'],
		problems: [],
	});
});

it('S2: matches by the user that the agent was made from, also with another address', () => {
	expect(match([user('u', 'a@x')], [agent('p', 'other@x', 'u')]).pairs).toEqual(['u=p']);
	// An id of another system says nothing.
	expect(match([user('u', 'a@x')], [agent('p', 'a@x', 'salesforce-7')]).pairs).toEqual(['u=p']);
	// It also tells namesakes apart.
	expect(
		match([user('u', 'a@x'), user('v', 'a@x')], [agent('p', 'a@x', 'v'), agent('q', 'a@x', 'u')]),
	).toEqual({
		pairs: ['v=p', 'u=q'],
		problems: [],
	});
});

it('S6: two answers that contradict each other are no answer', () => {
	expect(match([user('u', 'a@x'), user('v', 'b@x')], [agent('p', 'b@x', 'u')])).toEqual({
		pairs: [],
		problems: [['contradictingMatch', 'u+v', 'p']],
	});
});

it('S6: duplicates and agents on one side only are reported, the others go on', () => {
	const users = [
		user('one', 'one@x'),
		user('twin1', 'twin@x'),
		user('twin2', 'TWIN@x'),
		user('alone', 'alone@x'),
		user('shared', 'shared@x'),
		user('left', 'left@x', { deleted: true }),
		user('no', ''),
	];
	const agents = [
		agent('1', 'one@x'),
		agent('2', 'twin@x'),
		agent('3', 'shared@x'),
		agent('4', 'shared@x'),
		agent('5', 'left@x'),
		agent('6'),
		agent('1', 'one@x'),
	];
	expect(match(users, agents)).toEqual({
		pairs: ['one=1'],
		problems: [
			['duplicateInKustomer', 'twin1+twin2', '2'],
			['notInKustomer', '', '5'],
			['noEmail', '', '6'],
			['duplicateOnPlatform', 'shared', '3+4'],
			['notOnPlatform', 'alone', ''],
			['notOnPlatform', 'no', ''],
		],
	});
});

it('S7: agents of other teams are neither matched nor reported', () => {
	const users = [user('in', 'in@x', { teams: ['t'] }), user('out', 'out@x'), user('gone', 'gone@x')];
	const options = { ...everybody, belongs: ({ teams }: KustomerAgent) => teams.includes('t') };
	expect(match(users, [agent('1', 'in@x'), agent('2', 'out@x'), agent('3', 'out@x')], options)).toEqual({
		pairs: ['in=1'],
		problems: [],
	});
});

it('S6: of several who share an address with several users, one problem is told', () => {
	const users = [user('u', 'a@x'), user('v', 'a@x')];
	expect(match(users, [agent('1', 'a@x'), agent('2'), agent('3', 'A@x')]).problems).toEqual([
		['duplicateInKustomer', 'u+v', '1+3'],
		['noEmail', '', '2'],
	]);
});

describe('X16: ten thousand agents', () => {
	const many = <Item>(make: (index: number) => Item) =>
		Array.from({ length: 10_000 }, (_, index) => make(index));

	it.each([
		['without an address', many((n) => user(`u${n}`, '')), many((n) => agent(`p${n}`))],
		['with one address', many((n) => user(`u${n}`, 'a@x')), many((n) => agent(`p${n}`, 'a@x'))],
		['with the address of one user', [user('u', 'a@x')], many((n) => agent(`p${n}`, 'a@x'))],
	])('%s are matched in no time, and told of in sentences that can be read', (_, users, agents) => {
		expect(tooLong(() => matchAgents(users, agents, everybody), 50)).toBeUndefined();
		for (const problem of matchAgents(users, agents, everybody).problems.slice(0, 100)) {
			const platform = problem.platform.map((one) => ({ ...one, side: {}, shown: '' }));
			expect(matchSentence({ ...problem, platform }).length).toBeLessThan(1000);
		}
	});
});

it('S6, X16: a name of 10,000 characters with line breaks takes no more room than others', () => {
	const platform = { id: 'p', name: `a\n${'b'.repeat(10_000)}`, side: {}, shown: '' };
	const sentence = matchSentence({ code: 'noEmail', kustomer: [], platform: [platform] });
	expect(sentence.length).toBeLessThan(300);
	expect(sentence).not.toContain('\n');
});
