/** Fills the two columns of the table of agent statuses (S1). The values are names, so that tables can be read and moved. */
import { NodeOperationError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';

import { hasCredential, reasonOf } from '../../../lib/n8n/panel/ask';
import { fieldsOf } from '../../../lib/n8n/panel/fields';
import { byName } from '../../../lib/n8n/panel/sorting';
import { recentStatuses } from '../../../lib/kustomer/resources/routing-statuses';
import { foldName } from '../../../lib/domain/status-text';
import { askKustomer, kustomerCredentialOf } from '../../../lib/n8n/kustomer/ask';
import type { PlatformStatus } from '../../../lib/n8n/platform-api';
import { PLATFORM_APIS } from '../../../lib/n8n/platform-apis';

/** Milliseconds: every row of a table asks for the list when the panel is opened. */
const ONE_PANEL = 5_000;

interface Choice extends PlatformStatus {
	remark?: string;
}

/** Statuses of the organization that agents can have, and those that the table names already. */
export async function getMappableStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const list = async () => {
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
	};
	return await offered(this, 'kustomerStatus', { label: 'Kustomer', type: kustomerCredentialOf(this) }, list);
}

/**
 * Statuses that can be set on the platform that the panel names, and those that the table names already.
 *
 * @throws {NodeApiError | NodeOperationError} when the platform cannot be asked, and the table names nothing that could be shown
 */
export async function getPlatformStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const chosen = this.getCurrentNodeParameter('sourceAuthentication');
	const api = PLATFORM_APIS.find(({ credentialType }) => credentialType === chosen);
	if (api !== undefined) {
		const credential = { label: api.platform.label, type: api.credentialType };
		return await offered(this, 'platformStatus', credential, async () =>
			optionsOf(await api.listStatuses(this)),
		);
	}
	throw new NodeOperationError(this.getNode(), 'This platform offers no list of its statuses.', {
		description: 'Choose another platform above, or enter the statuses as the platform calls them.',
	});
}

/** One of the two columns of the table. */
type Column = 'kustomerStatus' | 'platformStatus';

/**
 * The list of a column. What the table names already is always in it: n8n shows no value that a list does not have, and empties
 * the field when another credential is chosen. Where there is no list yet, an empty field says why.
 */
async function offered(
	context: ILoadOptionsFunctions,
	column: Column,
	credential: { label: string; type: string },
	list: () => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	const used = namedIn(context, column);
	const asUsed = used.map((value) => ({ name: value, value }));
	if (!hasCredential(context, credential.type)) {
		return [
			...asUsed,
			{ name: `Choose a credential for ${credential.label} above to see its statuses`, value: '' },
		];
	}
	return await list().then(
		(options) => {
			const isListed = (value: string) => options.some((option) => option.value === value);
			const more = used.filter((value) => !isListed(value));
			return [...options, ...more.map((value) => ({ name: labelOf(value, options), value }))];
		},
		async (error: unknown) =>
			used.length === 0
				? await Promise.reject(error)
				: [...asUsed, { name: `The list could not be loaded. ${reasonOf(error)}`, value: '' }],
	);
}

/** A value that the list does not have: another spelling of one that it has, or something that is not there any more. */
function labelOf(value: string, options: readonly INodePropertyOptions[]): string {
	const isSpelling = options.some(
		(option) => typeof option.value === 'string' && foldName(option.value) === foldName(value),
	);
	return isSpelling ? value : `${value} (not in the list)`;
}

/** The statuses that the table, and the field below it, name in a column; those of expressions are not known yet. */
function namedIn(context: ILoadOptionsFunctions, column: Column): string[] {
	const { statuses, otherStatuses } = context.getCurrentNodeParameters() ?? {};
	const { rows } = fieldsOf(statuses);
	const values: unknown[] = (Array.isArray(rows) ? rows : []).map((row) => fieldsOf(row)[column]);
	if (column === 'platformStatus') values.push(otherStatuses);
	return [...new Set(values.filter(isPlainText))];
}

function isPlainText(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && !value.startsWith('=');
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
