import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { createSessionFields } from '../../../../lib/session-log/create-session-fields';
import { SESSION_FIELDS, type SessionField } from '../../../../lib/session-log/rules/session-fields';
import { dryRun, optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { sessionFieldsStanding } from '../../../../lib/n8n/kustomer/fields/session-fields-standing.field';
import type { ExecuteOperation, OperationOption } from '../operation';
import { fieldsOf, flagOf } from '../../../../lib/n8n/panel/fields';

const labelsOf = (kind: SessionField['kind']) =>
	SESSION_FIELDS.filter((field) => field.kind === kind)
		.map(({ displayName }) => displayName)
		.join(', ');

export const option: OperationOption = {
	name: 'Create Session Fields',
	action: 'Create session fields',
	description:
		'Create the custom attributes that sessions fill in Kustomer, once for an organization, safe to repeat',
};

export const notForAgents = 'It changes what Kustomer holds for the whole organization.';

export const description: INodeProperties[] = [
	{
		displayName: `Creates custom attributes in Kustomer where they are missing. For messages: ${labelsOf('message')}. For conversations: ${labelsOf('conversation')}. For customers: ${labelsOf('customer')}. Attributes that exist stay as they are.`,
		name: 'sessionFieldsNotice',
		type: 'notice',
		default: '',
	},
	sessionFieldsStanding,
	dryRun,
	optionsCollection([
		{
			displayName: 'Send Existing Attributes',
			name: 'sendExisting',
			type: 'boolean',
			default: true,
			description:
				'Whether to send the attributes that exist along with the new ones, unchanged, so that none can be lost. Turn it off only if Kustomer refuses one of them.',
		},
	]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const options = fieldsOf(parameters.get('options'));
	const { created, existing, missing, planned } = await createSessionFields(client, {
		sendExisting: options.sendExisting !== false,
		dryRun: flagOf(parameters.get('dryRun'), 'Dry Run') ?? false,
	});
	const inDryRun = planned === undefined ? {} : { missing, planned };
	return { created, existing, ...inDryRun } as unknown as IDataObject;
};
