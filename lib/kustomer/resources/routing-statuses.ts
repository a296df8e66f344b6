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

/** Milliseconds for which statuses are believed: short, so that a new one can be used soon. */
const REMEMBERED_FOR = 60_000;
const remembered = new SharedReading(listStatuses, REMEMBERED_FOR);

/**
 * All statuses of the organization, at most a minute old. For operations that run once per item.
 *
 * @param maxAgeMs milliseconds; less than a minute when something is missing that may be new
 * @throws {KustomerError}
 */
export function recentStatuses(client: KustomerClient, maxAgeMs?: number): Promise<AgentStatus[]> {
	return remembered.get(client, maxAgeMs);
}
