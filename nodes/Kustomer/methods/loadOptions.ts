/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { byName, toldApart } from '../../../lib/n8n/panel/sorting';
import { isUsable, listStatuses, type AgentStatus } from '../../../lib/kustomer/resources/routing-statuses';
import { listTags } from '../../../lib/kustomer/resources/tags';
import { askKustomer } from '../../../lib/n8n/kustomer/ask';

/** Tags of the organization. Their values are names: Kustomer takes names and makes those that are new. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const tags = await askKustomer(this, listTags);
	return tags
		.filter(({ attributes }) => attributes.deleted !== true)
		.map(({ attributes }) => ({ name: attributes.name, value: attributes.name }))
		.sort(byName);
}

/**
 * Statuses of agents, those that can be set first. Disabled ones, and those that only Kustomer sets, are marked as such, so
 * that people who look for one see why they cannot choose it.
 */
export async function getAgentStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const statuses = await askKustomer(this, listStatuses);
	const usable = (status: AgentStatus) => isUsable(status, true);
	return toldApart(
		[...statuses]
			.sort((a, b) => Number(usable(b)) - Number(usable(a)) || a.name.localeCompare(b.name))
			.map((status) => ({ name: `${status.name}${remarkOn(status)}`, value: status.id })),
	);
}

function remarkOn({ enabled, selectable, statusType }: AgentStatus): string {
	if (!enabled) return ' (disabled)';
	if (statusType === 'offline') return ' (ends the work session)';
	return statusType === 'busy' || !selectable ? ' (set by Kustomer)' : '';
}

export { getMappableStatuses, getPlatformStatuses } from './agent-status-table';
export { getSessionFieldsStanding } from '../../../lib/n8n/kustomer/methods/session-fields-standing';
