import type { IDataObject } from 'n8n-workflow';

import { holdOf } from '../../../lib/platforms/ccaip/agent-hold';
import type { Agent, SessionDocument } from '../../../lib/platforms/ccaip/api/documents';
import { objectsIn } from '../../../lib/platforms/item-fields';
import { normalFormOf } from '../../../lib/platforms/ccaip/normal-form';
import { agentName } from '../../../lib/platforms/ccaip/api/resources/agents';
import type { SessionKind } from '../../../lib/platforms/ccaip/api/session-id';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';
import { filled } from '../../../lib/n8n/run/present';

/**
 * A session as this node gives it: the fields by which the items of the Contact Center Trigger are logged, and the
 * platform's own record. A record that cannot be read keeps its place, with `problem`, so that it is not lost (rule X2).
 */
export function sessionItem(record: SessionDocument, kind: SessionKind, prefix: string): IDataObject {
	const read = normalFormOf(record, kind, prefix);
	const raw = record as unknown as IDataObject;
	if ('reason' in read) {
		const problem = { field: read.field, reason: read.reason };
		return { occurredAt: null, externalId: null, session: null, problem, record: raw };
	}
	const { occurredAt, externalId, session } = read;
	return { occurredAt, externalId, session: session as unknown as IDataObject, record: raw };
}

/**
 * An agent, flat, when Simplify is on, else as the platform answered. `hold` says why the status must not be changed now,
 * and is absent when it may be (rule S8).
 */
export function agentItem(parameters: ItemParameters, agent: Agent): IDataObject {
	if (parameters.get('simplify') === false) return agent as unknown as IDataObject;
	const { id, email, status, online } = agent;
	return filled({
		id,
		name: agentName(agent),
		email,
		agentNumber: agent.agent_number,
		status: status?.name,
		statusId: status === undefined || status === null ? undefined : String(status.id),
		statusChangedAt: agent.status_updated_at,
		online,
		hold: holdOf(agent),
		location: agent.location,
		teams: objectsIn(agent.teams).map(({ id: team, name }) => name ?? String(team)),
		roles: agent.roles ?? [],
	});
}
