/**
 * Whether an agent belongs to the teams that were chosen (S7). Agents may be members of several teams; the one that they
 * have selected for their shift, which their work session names, is the one they work for.
 */

/** Which team of an agent counts: the one that is selected for the shift, or any that the agent is a member of. */
export type TeamBy = 'session' | 'member';

/** Whose status is followed. */
export interface TeamChoice {
	/** Ids; empty for everybody. */
	teams: readonly string[];
	teamBy: TeamBy;
}

/** Whether agents belong by the team that they select, so that they belong to none while they are offline. */
export function isBySelectedTeam({ teams, teamBy }: TeamChoice): boolean {
	return teams.length > 0 && teamBy === 'session';
}

/** Whether it has to be known which teams agents are members of, for which Kustomer wants a role of its own. */
export function isByMembership({ teams, teamBy }: TeamChoice): boolean {
	return teams.length > 0 && teamBy === 'member';
}

/** The teams of an agent, by id. */
export interface TeamsOfAgent {
	memberOf: readonly string[];
	/** Of the work sessions that go on. */
	selected: ReadonlyArray<string | undefined>;
}

/** Whether an agent's status is followed. */
export function isFollowed(choice: TeamChoice, { memberOf, selected }: TeamsOfAgent): boolean {
	if (choice.teams.length === 0) return true;
	const own = choice.teamBy === 'member' ? memberOf : selected;
	return own.some((team) => team !== undefined && choice.teams.includes(team));
}
