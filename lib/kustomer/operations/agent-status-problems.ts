/**
 * What can stand in the way of an agent's status although Kustomer answered everything (rule S6). Workflows branch on
 * the kind.
 */

export type AgentStatusProblemKind =
	/** No user of the organization has the id or the email address. */
	| 'agentNotFound'
	/** Several users have the email address. */
	| 'severalAgents'
	/** The agent is not signed in to routing. */
	| 'noActiveSession'
	/** The agent has several work sessions at once. */
	| 'severalSessions'
	/** No status has the name or id. */
	| 'unknownStatus'
	/** Several statuses have the name. */
	| 'severalStatuses'
	/** The status is switched off in Kustomer's settings. */
	| 'disabledStatus'
	/** Kustomer sets the status by itself. */
	| 'systemStatus'
	/** The status ends the agent's work session. */
	| 'offlineStatus';

/** One such problem: what it is, one sentence on what happened, and what to do. */
export class AgentStatusProblem extends Error {
	constructor(
		readonly kind: AgentStatusProblemKind,
		message: string,
		readonly advice: string,
		/** The field at fault. */
		readonly parameter: 'agent' | 'status',
	) {
		super(message);
		this.name = 'AgentStatusProblem';
	}
}

/** @param agent how the item names the agent: an email address or an id */
export function agentNotFound(agent: string): AgentStatusProblem {
	return new AgentStatusProblem(
		'agentNotFound',
		`Kustomer has no agent ${agent}.`,
		'Check the email address or the ID. Deactivated users and API keys are no agents.',
		'agent',
	);
}

export function severalAgents(email: string, count: number): AgentStatusProblem {
	return new AgentStatusProblem(
		'severalAgents',
		`${count} agents in Kustomer have the email address ${email}: which one is meant is not known.`,
		'Name the agent by ID, or give each user an address of their own in Kustomer under Settings > Users.',
		'agent',
	);
}

export function noActiveSession(agent: string): AgentStatusProblem {
	return new AgentStatusProblem(
		'noActiveSession',
		`Agent ${agent} is offline in Kustomer: there is no work session to change.`,
		'The agent has to choose a status in Kustomer first. Kustomer does not let other programs sign agents in.',
		'agent',
	);
}

export function severalSessions(agent: string, ids: readonly string[]): AgentStatusProblem {
	return new AgentStatusProblem(
		'severalSessions',
		`Agent ${agent} has ${ids.length} active work sessions in Kustomer: which one counts is not known.`,
		`The agent has to go offline in Kustomer and come back. The sessions are: ${ids.join(', ')}.`,
		'agent',
	);
}

/** @param offered names of the statuses that can be chosen */
export function unknownStatus(status: string, offered: readonly string[]): AgentStatusProblem {
	return new AgentStatusProblem(
		'unknownStatus',
		`Kustomer has no agent status "${status}".`,
		`Choose one of: ${offered.join(', ')}. Names may differ in upper and lower case. A status may have been renamed or removed.`,
		'status',
	);
}

export function severalStatuses(status: string): AgentStatusProblem {
	return new AgentStatusProblem(
		'severalStatuses',
		`Kustomer has several agent statuses called "${status}".`,
		'Choose the status from the list, so that its ID is used, or rename one of them in Kustomer.',
		'status',
	);
}

export function disabledStatus(status: string): AgentStatusProblem {
	return new AgentStatusProblem(
		'disabledStatus',
		`The agent status "${status}" is disabled in Kustomer.`,
		'Enable it in Kustomer under Settings > Platform > Routing > Statuses, or choose another one.',
		'status',
	);
}

export function systemStatus(status: string): AgentStatusProblem {
	return new AgentStatusProblem(
		'systemStatus',
		`Kustomer sets the agent status "${status}" by itself, for example during a call: nobody can choose it.`,
		'Choose another status.',
		'status',
	);
}

export function offlineStatus(status: string): AgentStatusProblem {
	return new AgentStatusProblem(
		'offlineStatus',
		`The agent status "${status}" would end the agent's work session, and only the agent can start a new one.`,
		'Choose another status, or switch on the option Allow Going Offline.',
		'status',
	);
}
