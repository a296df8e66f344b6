/** The sentences for what does not belong to a single pair of agents (S6). Agents' email addresses may stand in them. */
import type { PlatformAgent } from '../domain/agent-status';
import { cutText } from '../domain/session-shape';
import type { MatchProblem } from './rules/matching';
import type { RowProblem } from './rules/mapping';
import { MOST_AGENTS, MOST_SUBJECTS } from './rules/memory';

/** What is wrong with a row of the table. */
export function rowSentence({ row, kind, status, firstRow }: RowProblem): string {
	switch (kind) {
		case 'incomplete':
			return `Row ${row} of the table is not complete and does not count. Choose both statuses, or remove the row.`;
		case 'unknownStatus':
			return `Row ${row} of the table does not count: Kustomer has no status "${status}". It may have been renamed or deleted.`;
		case 'severalStatuses':
			return `Row ${row} of the table does not count: Kustomer has several statuses "${status}". Rename one of them, or give the ID in an expression.`;
		case 'repeated':
			return `Row ${row} of the table does not count: the Kustomer status "${status}" is already in row ${firstRow ?? 0}.`;
	}
}

/** Why agents could not be matched. */
export function matchSentence({ code, kustomer, platform }: MatchProblem<PlatformAgent>): string {
	const onPlatform = listed(platform.map(platformLabel));
	const inKustomer = listed(kustomer.map(({ name, email, id }) => label(name, email, id)));
	switch (code) {
		case 'notInKustomer':
			return `${onPlatform} is an agent on the platform, but no user of Kustomer has this email address. The status is not synchronized.`;
		case 'notOnPlatform':
			return `${inKustomer} is signed in to Kustomer, but no agent of the platform has this email address. The status is not synchronized.`;
		case 'noEmail':
			return `${onPlatform} has no email address on the platform, so that the user in Kustomer is not known. The status is not synchronized.`;
		case 'duplicateInKustomer':
			return `Several users of Kustomer have the email address of ${onPlatform}: ${inKustomer}. Which one is meant is not known, and nothing is synchronized for them.`;
		case 'duplicateOnPlatform':
			return `Several agents of the platform belong to ${inKustomer}: ${onPlatform}. Which one is meant is not known, and nothing is synchronized for them.`;
		case 'contradictingMatch':
			return `${onPlatform} was made from one user of Kustomer and has the email address of another: ${inKustomer}. Which one is meant is not known, and nothing is synchronized for them.`;
	}
}

/** An agent with more than one work session. */
export function severalSessionsSentence(agent: string, sessions: readonly string[]): string {
	return `${agent} has ${sessions.length} active work sessions in Kustomer (${listed(sessions)}). Which one counts is not known, and nothing is synchronized. The agent has to go offline in Kustomer and come back.`;
}

/** A platform that gave nobody. */
export const NO_AGENTS =
	'The step before gave no agents. Nothing was changed, and nobody is taken to be offline. Check that step and its credential.';

/** More than can be remembered. */
export function tooManySentence(agents: number, problems: number): string {
	const left = [
		...(agents === 0 ? [] : [`${counted(agents, 'agent')} not synchronized`]),
		...(problems === 0 ? [] : [`${counted(problems, 'problem')} not reported`]),
	];
	return `${left.join(', and ')}: no more than ${MOST_AGENTS} agents and ${MOST_SUBJECTS} problems can be remembered. Split the agents over several workflows, for example by team.`;
}

function counted(count: number, what: string): string {
	return count === 1 ? `1 ${what} is` : `${count} ${what}s are`;
}

/** Items that are no agents. */
export function unreadableSentence(count: number, first: number): string {
	return `${count} of the incoming items ${count === 1 ? 'is no agent' : 'are no agents'}, the first is item ${first}. An item needs an id, or an email address and a status.`;
}

/** As many names as anybody reads. */
const MOST_NAMED = 10;

function listed(labels: readonly string[]): string {
	const more = labels.length - MOST_NAMED;
	return more <= 0 ? labels.join(', ') : `${labels.slice(0, MOST_NAMED).join(', ')} and ${more} more`;
}

export function platformLabel({ name, email, id }: PlatformAgent): string {
	return label(name, email, id);
}

function label(name: string | undefined, email: string | undefined, id: string): string {
	const known = shown(name) || shown(email);
	if (known === '') return shown(id);
	return name && email ? `${shown(name)} (${shown(email)}, ${shown(id)})` : `${known} (${shown(id)})`;
}

/** Characters of a name, address or ID that a sentence has room for. */
const LONGEST_SHOWN = 100;

/** Cut, in one line. Addresses stay: people find the agent by them. */
function shown(text: string | undefined): string {
	return cutText(text ?? '', LONGEST_SHOWN).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
