/** Fills the two columns of the table of agent statuses (S1). The values are names, so that tables can be read and moved. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listPresences } from '../../../lib/platforms/babelforce/api/resources/presences';
import { listUserStatuses } from '../../../lib/platforms/ccaip/api/resources/user-statuses';
import { recentStatuses } from '../../../lib/kustomer/resources/routing-statuses';
import { createBabelforceClientFor } from '../../../lib/n8n/babelforce/client';
import { createCcaiPlatformClientFor } from '../../../lib/n8n/ccaip/client';
import { toNodeError } from '../../../lib/n8n/run/errors';
import { foldName } from '../../../lib/domain/status-text';
import { ask } from './client';

/** A person waits for the list to open, so waiting is short. */
const LIMITS = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/** Milliseconds: every row of a table asks for the list when the panel is opened. */
const ONE_PANEL = 5_000;

interface Choice {
	id: string;
	name: string;
	remark?: string;
}

/** Statuses of the organization that agents can have. */
export async function getMappableStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const statuses = await ask(this, (client) => recentStatuses(client, ONE_PANEL));
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
	const node = this.getNode();
	const listed =
		this.getCurrentNodeParameter('sourceAuthentication') === 'babelforceApi'
			? presences(this)
			: statuses(this);
	return optionsOf(await listed.catch((error: unknown) => Promise.reject(toNodeError(error, { node }))));
}

async function presences(context: ILoadOptionsFunctions): Promise<Choice[]> {
	const found = await listPresences(await createBabelforceClientFor(context, LIMITS));
	// Requests name a presence by its name; people know its label, which two presences may share.
	return found.map(({ name, label }) => ({ id: name, name: label }));
}

async function statuses(context: ILoadOptionsFunctions): Promise<Choice[]> {
	const found = await listUserStatuses(await createCcaiPlatformClientFor(context, LIMITS));
	return found.filter(({ isSystem }) => !isSystem);
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
		.sort((a, b) => a.name.localeCompare(b.name));
}
