/** Fills the two columns of the table of agent statuses (S1). The values are names, so that tables can be read and moved. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { byName } from '../../../lib/n8n/panel/sorting';
import { listPresences } from '../../../lib/platforms/babelforce/api/resources/presences';
import { listUserStatuses } from '../../../lib/platforms/ccaip/api/resources/user-statuses';
import { recentStatuses } from '../../../lib/kustomer/resources/routing-statuses';
import { foldName } from '../../../lib/domain/status-text';
import { askBabelforce, askCcaiPlatform, askKustomer } from '../../../lib/n8n/panel/ask';

/** Milliseconds: every row of a table asks for the list when the panel is opened. */
const ONE_PANEL = 5_000;

interface Choice {
	id: string;
	name: string;
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

/** Statuses that can be set on the platform that the panel names. */
export async function getPlatformStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	if (this.getCurrentNodeParameter('sourceAuthentication') === 'babelforceApi') {
		const presences = await askBabelforce(this, listPresences);
		// Requests name a presence by its name; people know its label, which two presences may share.
		return optionsOf(presences.map(({ name, label }) => ({ id: name, name: label })));
	}
	const statuses = await askCcaiPlatform(this, listUserStatuses);
	return optionsOf(statuses.filter(({ isSystem }) => !isSystem));
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
