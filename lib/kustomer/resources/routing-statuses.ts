/**
 * The statuses that agents of an organization can have:
 * https://developer.kustomer.com/api/queues-and-routing/get-routing-user-statuses
 */
import type { KustomerClient } from '../client';
import type { RoutingStatus } from '../documents';
import { SharedReading } from '../../process/shared-reading';

/** One status that an agent can have. */
export interface AgentStatus {
	id: string;
	/** As the administrators wrote it; the built-in ones may be in lower case. */
	name: string;
	/** `available`, `busy`, `unavailable` or `offline`; what Kustomer's routing looks at. */
	statusType: string;
	/** Whether Kustomer brought it along; the built-in Available and Unavailable are such too. */
	system: boolean;
	enabled: boolean;
	/** Whether agents can choose it. Kustomer sets the others by itself. */
	selectable: boolean;
}

/**
 * All statuses of the organization, disabled ones included.
 *
 * @throws {KustomerError}
 */
export async function listStatuses(client: KustomerClient): Promise<AgentStatus[]> {
	const statuses = await client.list<RoutingStatus>({
		operation: 'status.list',
		path: ['routing', 'statuses'],
	});
	return statuses.map(readStatus);
}

function readStatus({ id, attributes = {} }: RoutingStatus): AgentStatus {
	return {
		id,
		name: typeof attributes.name === 'string' ? attributes.name : '',
		statusType: typeof attributes.statusType === 'string' ? attributes.statusType.toLowerCase() : '',
		system: attributes.system === true,
		// Assumption: a flag that is missing does not forbid anything.
		enabled: attributes.enabled !== false,
		selectable: attributes.selectable !== false,
	};
}

/** Milliseconds for which statuses are believed unless somebody asks for younger ones. */
const REMEMBERED_FOR = 10 * 60_000;
/** Milliseconds: short, so that a new status can be used soon. */
const A_MINUTE = 60_000;
const remembered = new SharedReading(listStatuses, REMEMBERED_FOR);

/**
 * All statuses of the organization, remembered or read.
 *
 * @param maxAgeMs milliseconds, at most ten minutes: how old they may be. A minute unless told; less when something is
 *   missing that may be new
 * @throws {KustomerError}
 */
export function recentStatuses(client: KustomerClient, maxAgeMs = A_MINUTE): Promise<AgentStatus[]> {
	return remembered.get(client, maxAgeMs);
}

/**
 * Whether the status can be set: enabled, and not one that only Kustomer sets, such as Busy. Offline ends the session.
 */
export function isUsable(status: AgentStatus, allowOffline: boolean): boolean {
	if (status.statusType === 'offline') return allowOffline && status.enabled;
	// Assumption: what agents cannot choose is not to be chosen for them either.
	return status.enabled && status.selectable && status.statusType !== 'busy';
}

/** The status of those who are not signed in: Kustomer's own, should an organization have several of that type. */
export function offlineStatus(statuses: readonly AgentStatus[]): AgentStatus | undefined {
	const offline = statuses.filter(({ statusType }) => statusType === 'offline');
	return offline.find(({ system }) => system) ?? offline[0];
}
