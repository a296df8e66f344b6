import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { findPage } from '../../../../lib/agent-desktop/find-page';
import { hasLookupKey } from '../../../../lib/agent-desktop/credential';
import { InputError } from '../../../../lib/http/errors';
import { SEARCH_PATH } from '../../../../lib/kustomer/web-app';
import { checkCountry } from '../../../../lib/kustomer/validate/contacts';
import { agentLinkOf } from '../../../../lib/n8n/agent-link/credential';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { inOrder } from '../../../../lib/n8n/panel/sorting';
import { textOf } from '../../../../lib/n8n/panel/values';
import { filled } from '../../../../lib/n8n/run/present';
import { matchingFields, matchingRulesOf } from '../../../../lib/n8n/kustomer/fields/customer';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Get Page',
	action: 'Get the page of a customer or conversation',
	description:
		"Find the page of Kustomer's web app that an agent wants to see, for lookup URLs and screen pops",
};

export const notForAgents = 'It answers a link that a person has opened.';

/** The values of a lookup URL: name of the field here, its label, and the variable that fills it. */
const VALUES = [
	['phone', 'Phone Number', 'ANI'],
	['email', 'Email', 'EMAIL'],
	['customUserId', 'Custom User ID', 'CUID'],
	['accountId', 'Account ID', 'ACCOUNT_ID'],
	['recordId', 'Record ID', 'RECORD_ID'],
	['sessionId', 'Session ID', 'SESSION_ID'],
	['menuPath', 'Menu Path', 'MENU_PATH'],
	['menuId', 'Menu ID', 'MENU_ID'],
	['sessionChannel', 'Channel', 'CHANNEL'],
	['sessionType', 'Session Type', 'TYPE'],
] as const;

const DESCRIPTIONS: Record<(typeof VALUES)[number][0], string> = {
	phone:
		"The customer's number in any usual format. A plus that became a blank in the address is understood.",
	email: "The customer's email address",
	customUserId: "The customer's ID in your own system, which is the external ID in Kustomer",
	accountId:
		'Kustomer ID of the customer. One that the platform made up for a contact it does not know is left out.',
	recordId: 'Kustomer ID of the conversation',
	sessionId: 'Number of the call or chat, with Channel beside it; or the external ID of the session',
	menuPath: 'Queue of the session: its open conversation is wanted, if the customer has one',
	menuId: 'ID of that queue',
	sessionChannel: 'The word of the platform: voice_call or chat',
	sessionType: 'The kind of session in the words of the platform, for example IncomingCall(app)',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Link Key',
		name: 'linkKey',
		type: 'string',
		default: '={{ $json.query.key }}',
		required: true,
		description:
			'The key that the link carries. It has to be the Lookup Key of the Agent Link credential; else the step fails and tells nothing.',
	},
	...VALUES.map(
		([name, displayName, variable]): INodeProperties => ({
			displayName,
			name,
			type: 'string',
			default: '',
			placeholder: `e.g. {{ $json.query.${variable} }}`,
			description: DESCRIPTIONS[name],
		}),
	),
	optionsCollection(
		inOrder([
			...matchingFields.filter(({ name }) => name !== 'whenUnusable'),
			{
				displayName: 'External ID Prefix',
				name: 'externalIdPrefix',
				type: 'string',
				default: '',
				placeholder: 'e.g. berlin-',
				description: 'The same as in the options of the trigger whose sessions are meant',
			},
			{
				displayName: 'If Nobody Is Found',
				name: 'unknownPath',
				type: 'string',
				default: SEARCH_PATH,
				placeholder: `e.g. ${SEARCH_PATH}`,
				description:
					'What follows the host of your Kustomer. {search} becomes the number, else the email address, else the ID; {phone}, {email} and {userId} are these alone. Kustomer does not document its addresses: copy the one that your browser shows.',
			},
		]),
	),
];

/** Finds the page. A wrong key is refused before anything is asked. */
export const execute: ExecuteOperation = async ({ client, parameters, context }) => {
	if (!hasLookupKey(parameters.get('linkKey'), await agentLinkOf(context))) {
		throw new InputError(
			'linkKey',
			'The link does not carry the key of the Agent Link credential.',
			"Compare the value of 'key' in the address with the Lookup Key of the credential, which needs at least 16 characters.",
		);
	}
	const options = fieldsOf(parameters.get('options'));
	const matching = matchingRulesOf(options);
	const {
		sessionChannel: channel,
		sessionType: type,
		...values
	} = Object.fromEntries(VALUES.map(([name]) => [name, parameters.get(name)]));
	const result = await findPage(client, {
		...matching,
		values: { ...values, channel, type },
		rules: {
			defaultCountry: checkCountry(matching.phoneRules.defaultCountry),
			ownNumbers: matching.phoneRules.ownNumbers,
			externalIdPrefix: textOf(options.externalIdPrefix, 'External ID Prefix') ?? '',
		},
		unknownPath: textOf(options.unknownPath, 'If Nobody Is Found'),
	});
	return filled({ ...result }) as IDataObject;
};
