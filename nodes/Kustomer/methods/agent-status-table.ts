/** Fills the two columns of the table of agent statuses (S1). The values are names, so that tables can be read and moved. */
import { NodeOperationError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';

import { byName } from '../../../lib/n8n/panel/sorting';
import { recentStatuses } from '../../../lib/kustomer/resources/routing-statuses';
import { foldName } from '../../../lib/domain/status-text';
import { askKustomer } from '../../../lib/n8n/kustomer/ask';
import type { PlatformStatus } from '../../../lib/n8n/platform-api';
import { PLATFORM_APIS } from '../../../lib/n8n/platform-apis';

/** Milliseconds: every row of a table asks for the list when the panel is opened. */
const ONE_PANEL = 5_000;

interface Choice extends PlatformStatus {
	remark?: string;
}

/** Statuses of the organization that agents can have. */
export async function getMappableStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const statuses = await askKustomer(this, (client) => recentStatuses(client, ONE_PANEL));
	return optionsOf(
		statuses
			.filter(({ enabled }) => enabled)
			.map(({ id, name, statusType }) => ({
				id,
				name,
				remark: statusType === 'offline' ? ' (not signed in)' : '',
			})),
	);
}

/**
 * Statuses that can be set on the platform that the panel names.
 *
 * @throws {NodeApiError | NodeOperationError} when the platform cannot be asked
 */
export async function getPlatformStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const chosen = this.getCurrentNodeParameter('sourceAuthentication');
	const api = PLATFORM_APIS.find(({ credentialType }) => credentialType === chosen);
	if (api !== undefined) return optionsOf(await api.listStatuses(this));
	throw new NodeOperationError(this.getNode(), 'This platform offers no list of its statuses.', {
		description: 'Choose another platform above, or enter the statuses as the platform calls them.',
	});
}

/** A status whose name is not the only one of its kind can only be meant by its id. */
function optionsOf(choices: readonly Choice[]): INodePropertyOptions[] {
	const names = choices.map(({ name }) => foldName(name));
	return choices
		.map(({ id, name, remark = '' }) => {
			const isUnique = names.filter((other) => other === foldName(name)).length === 1;
			return isUnique
				? { name: `${name}${remark}`, value: name }
				: { name: `${name}${remark} (${id})`, value: id };
		})
		.sort(byName);
}
