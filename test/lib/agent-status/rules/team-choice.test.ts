import { isByMembership, isBySelectedTeam, isFollowed } from '../../../../lib/agent-status/rules/team-choice';

it.each([
	['session', ['voice'], true],
	['session', ['support'], false],
	['session', [undefined], false],
	['session', [], false],
	['member', [undefined], true],
	['member', ['support'], true],
] as const)(
	'S7: by %s, an agent who has selected %j and is a member of Voice is followed: %s',
	(teamBy, selected, followed) => {
		const choice = { teams: ['voice', 'mail'], teamBy };
		expect(isFollowed(choice, { memberOf: ['voice', 'x'], selected })).toBe(followed);
		expect([isBySelectedTeam(choice), isByMembership(choice)]).toEqual([
			teamBy === 'session',
			teamBy === 'member',
		]);
	},
);

it.each(['session', 'member'] as const)('S7: without teams everybody is followed, by %s', (teamBy) => {
	const choice = { teams: [], teamBy };
	expect(isFollowed(choice, { memberOf: [], selected: [] })).toBe(true);
	expect([isBySelectedTeam(choice), isByMembership(choice)]).toEqual([false, false]);
});
