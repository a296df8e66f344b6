/**
 * Gives an agent another status in Kustomer (rule S3).
 */
import { foldName } from '../../domain/status-text';
import type { KustomerClient } from '../client';
import { KustomerError } from '../errors';
import { isUsable, recentStatuses, type AgentStatus } from '../resources/routing-statuses';
import { getSession, updateSession, type AgentSession } from '../resources/work-sessions';
import { isKustomerId } from '../../domain/kustomer-id';
import {
	disabledStatus,
	noActiveSession,
	offlineStatus,
	severalSessions,
	severalStatuses,
	systemStatus,
	unknownStatus,
} from './agent-status-problems';
import { agentOf, labelOf, sessionsOf, type AgentTarget, type TargetedAgent } from './agent-target';

export interface SetAgentStatusInput {
	agent: AgentTarget;
	/** Id or name. Names are compared without regard to case and spaces. */
	status: string;
	/** Id of the team for which the agent works from now on. Unchanged unless told. */
	teamId?: string;
	/** Id of the agent's session, to save looking it up. One that is over, or of somebody else, is not used. */
	workSessionId?: string;
	/**
	 * Id or name of the status that the agent must still have, because the new one was chosen in view of it. With another
	 * one nothing is written. No condition unless told.
	 */
	onlyIfStatus?: string;
	/** Whether a status may be set that ends the session. No unless told. */
	allowOffline?: boolean;
	/** Whether to write nothing (rule X7). */
	dryRun?: boolean;
}

/** What became of it. */
export interface AgentStatusSet extends TargetedAgent {
	outcome: 'set' | 'alreadySet' | 'wouldSet' | 'changedMeanwhile';
	workSessionId: string;
	/** The status that the agent has then; for `wouldSet` the one that would be set. */
	statusId?: string;
	status?: string;
	statusType: string;
	/** ISO 8601. */
	statusAt?: string;
	teamId?: string;
	/** The status before; absent when nothing was written. */
	previousStatusId?: string;
	previousStatus?: string;
	/** For `changedMeanwhile`: one sentence that says why nothing was written. */
	reason?: string;
}

/** How often a session that others change at the same time is decided upon again. */
const ATTEMPTS = 3;

/** Milliseconds: a status that is not known may be new, but this young a list knows it. */
const FRESH = 5_000;

/**
 * Sets the status, unless the agent has it already. The write names the version that was read: when somebody else was
 * faster, the session is read again and decided upon again. With `onlyIfStatus`, a status that somebody has chosen
 * meanwhile stays.
 *
 * Requests: the session and the write; users and statuses when they are not remembered.
 *
 * @throws {AgentStatusProblem} when agent, session or status are not clear or not usable (rule S6); nothing is written
 * @throws {KustomerError}
 */
export async function setAgentStatus(
	client: KustomerClient,
	input: SetAgentStatusInput,
): Promise<AgentStatusSet> {
	const status = await usableStatus(client, input);
	const expected = await expectedStatus(client, input.onlyIfStatus);
	const [agent, found] = await sessionToChange(client, input);
	const label = labelOf(input.agent);
	let session = found;

	for (let attempt = 1; ; attempt += 1) {
		const same = session.statusId === status.id;
		const sameTeam = input.teamId === undefined || session.teamId === input.teamId;
		const done = { ...agent, userId: session.userId, statusId: status.id, status: status.name };
		if (same && sameTeam) return { ...done, ...factsOf(session), outcome: 'alreadySet' };

		const previous = await previousOf(client, session);
		if (expected !== undefined && session.statusId !== expected.id) {
			const present = { statusId: session.statusId, status: previous.previousStatus };
			const reason = changedSentence(label, present.status ?? session.statusType, expected.name, status.name);
			return { ...done, ...factsOf(session), ...present, outcome: 'changedMeanwhile', reason };
		}
		if (input.dryRun === true) {
			return {
				...done,
				...previous,
				outcome: 'wouldSet',
				workSessionId: session.id,
				statusType: status.statusType,
				teamId: input.teamId ?? session.teamId,
			};
		}
		const change = { statusId: status.id, teamId: input.teamId, rev: session.rev };
		const written = await updateSession(client, session.id, change).catch(ifChangedMeanwhile);
		if (!(written instanceof KustomerError)) {
			return { ...done, ...previous, ...factsOf(written), outcome: 'set' };
		}

		session = await getSession(client, session.id);
		if (!session.active) throw noActiveSession(label);
		if (written.kind !== 'conflict' || attempt === ATTEMPTS) return await Promise.reject(written);
	}
}

/**
 * Refusals that a change by somebody else explains. What Kustomer answers for a session that has just ended is not
 * documented: perhaps that it conflicts, perhaps that the request is bad.
 */
function ifChangedMeanwhile(error: unknown): KustomerError | Promise<never> {
	const explained =
		error instanceof KustomerError && (error.kind === 'conflict' || error.kind === 'badRequest');
	return explained ? error : Promise.reject(error);
}

/** The session whose status is set, and whose it is. */
async function sessionToChange(
	client: KustomerClient,
	{ agent: target, workSessionId }: SetAgentStatusInput,
): Promise<[TargetedAgent, AgentSession]> {
	const agent = await agentOf(client, target);
	if (workSessionId !== undefined) {
		const named = await getSession(client, workSessionId).catch(ifNotFound);
		if (named?.active === true && named.userId === agent.userId) return [agent, named];
	}
	const [session, ...others] = await sessionsOf(client, target, agent.userId);
	if (session === undefined) throw noActiveSession(labelOf(target));
	if (others.length > 0) {
		throw severalSessions(
			labelOf(target),
			[session, ...others].map(({ id }) => id),
		);
	}
	return [agent, session];
}

function ifNotFound(error: unknown): undefined | Promise<never> {
	return error instanceof KustomerError && error.kind === 'notFound' ? undefined : Promise.reject(error);
}

async function usableStatus(
	client: KustomerClient,
	{ status: wanted, allowOffline }: SetAgentStatusInput,
): Promise<AgentStatus> {
	const status = await knownStatus(client, wanted);
	if (status === undefined) {
		const offered = (await recentStatuses(client)).filter((one) => isUsable(one, allowOffline ?? false));
		throw unknownStatus(
			wanted,
			offered.map(({ name }) => name),
		);
	}
	if (!status.enabled) throw disabledStatus(status.name);
	if (status.statusType === 'offline') {
		if (allowOffline !== true) throw offlineStatus(status.name);
		return status;
	}
	if (!isUsable(status, true)) throw systemStatus(status.name);
	return status;
}

/**
 * The status that the agent must still have; an agent may have any, also one that cannot be set.
 *
 * @throws {AgentStatusProblem} when a name is the name of no status, or of several
 */
async function expectedStatus(
	client: KustomerClient,
	wanted: string | undefined,
): Promise<Pick<AgentStatus, 'id' | 'name'> | undefined> {
	if (wanted === undefined || wanted.trim() === '') return undefined;
	const status = await knownStatus(client, wanted);
	if (status !== undefined) return status;
	const id = wanted.trim().toLowerCase();
	// A status that was deleted since then is one that the agent does not have any more.
	if (isKustomerId(id)) return { id, name: id };
	throw unknownStatus(
		wanted.trim(),
		(await recentStatuses(client)).map(({ name }) => name),
	);
}

async function knownStatus(client: KustomerClient, wanted: string): Promise<AgentStatus | undefined> {
	return (
		findStatus(await recentStatuses(client), wanted) ??
		findStatus(await recentStatuses(client, FRESH), wanted)
	);
}

/**
 * The status with this id, else with this name. Of several with the name only one may be enabled.
 *
 * @throws {AgentStatusProblem}
 */
function findStatus(statuses: readonly AgentStatus[], wanted: string): AgentStatus | undefined {
	const byId = statuses.find(({ id }) => id === wanted.trim().toLowerCase());
	if (byId !== undefined) return byId;
	const named = statuses.filter(({ name }) => foldName(name) === foldName(wanted));
	const enabled = named.filter((one) => one.enabled);
	if (enabled.length > 1) throw severalStatuses(wanted.trim());
	return enabled[0] ?? named[0];
}

function factsOf({ id, statusType, statusAt, teamId }: AgentSession) {
	return { workSessionId: id, statusType, statusAt, teamId };
}

async function previousOf(client: KustomerClient, { statusId }: AgentSession) {
	const statuses = await recentStatuses(client);
	return { previousStatusId: statusId, previousStatus: statuses.find(({ id }) => id === statusId)?.name };
}

function changedSentence(agent: string, present: string, expected: string, wanted: string): string {
	return `Agent ${agent} has the status "${present}" in Kustomer, no longer "${expected}": "${wanted}" was not set.`;
}
