import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { KustomerClient } from '../../../../lib/kustomer/client';
import { InputError } from '../../../../lib/http/errors';
import { unreadPhoneHint } from '../../../../lib/n8n/kustomer/fields/customer';
import { chooseId, dryRun, optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf } from '../../../../lib/n8n/panel/values';
import type { FactsOf } from '../../../../lib/n8n/run/execution-data';
import { ResultWithFiles } from '../../../../lib/n8n/run/items';
import type { AskAhead } from '../../../../lib/n8n/run/operation';
import {
	agentEmail,
	agentUser,
	externalIdPrefix,
	firstQuestions,
	furtherQuestions,
	timeZone,
	unknownAttributes,
} from '../../../../lib/n8n/session-log/log-fields';
import { logMails } from '../../../../lib/n8n/session-log/log-mails.field';
import type { LogSessionResult } from '../../../../lib/session-log/inputs';
import { logSession } from '../../../../lib/session-log/log-session';
import { LOOKED_UP_TOGETHER, lookUpTogether } from '../../../../lib/session-log/look-up-together';
import type { ExecuteOperation, OperationOption } from '../operation';
import { logInputOf } from './log-input';
import { NoSessionError } from './read-session';

export const option: OperationOption = {
	name: 'Log',
	action: 'Log call or chat',
	description:
		'Bring a call or chat into Kustomer, once, whatever event of it arrives: the customer, the conversation by your record rules, and everything that is known',
};

export const notForAgents =
	'It writes a customer, a conversation, notes and a message at once, from what a platform has told.';

export const description: INodeProperties[] = [
	dryRun,
	{
		displayName: 'Session',
		name: 'session',
		type: 'json',
		default: '={{ $json.session }}',
		required: true,
		description:
			'Leave it as it is behind a Contact Center Trigger: it is what is known of the call or chat, as that trigger gives it, or the metadata that CCAI Platform writes: content of the file, or text of the email. Every event of the session may go through this step, in any order and more than once.',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '={{ $json.externalId }}',
		placeholder: 'e.g. babelforce:7c3f00aa',
		description:
			"Leave it as it is behind a Contact Center Trigger: it is the name that the call or chat has in Kustomer, by which the next event finds it again. When empty, it is made from the session: the platform's name and the ID of the call.",
	},
	...firstQuestions,
	...furtherQuestions,
	optionsCollection([
		agentEmail,
		agentUser,
		chooseId,
		externalIdPrefix,
		logMails,
		{
			displayName: 'Look Up Together',
			name: 'lookUpTogether',
			type: 'boolean',
			default: false,
			description:
				'Whether to ask Kustomer for a hundred sessions at once what it has of them. For many sessions of which most are logged already, as when you compare a whole day with the platform: then those cost almost no requests. The API key needs a role for searching.',
		},
		{
			displayName: 'Time of the Event',
			name: 'observedAt',
			type: 'dateTime',
			default: '',
			description:
				'When what this item tells was so: an older event never overwrites what a newer one has told. When empty, the time that the trigger gives.',
		},
		timeZone,
		unknownAttributes,
		{
			displayName: 'Unreadable Session',
			name: 'unreadableSession',
			type: 'options',
			options: [
				{
					name: 'Report',
					value: 'report',
					description:
						"The item comes out with the reason. Its outcome is 'none' when there is no JSON at all, else 'unreadable'.",
				},
				{ name: 'Stop', value: 'stop', description: 'The run fails when all items were tried' },
			],
			default: 'stop',
			description: 'What to do with an item that holds no call or chat, for example some other email',
		},
	]),
];

export const hint = unreadPhoneHint;

export const facts: FactsOf = ({ externalId, outcome, rule: decided, conversationId, agent, planned }) => ({
	session: externalId,
	outcome: planned === undefined ? outcome : 'dryRun',
	rule: decided,
	conversation: conversationId,
	assignedTo: fieldsOf(agent).userId,
});

export const repeatable = true;

export const askAhead: AskAhead<KustomerClient> = {
	items: LOOKED_UP_TOGETHER,
	ask: async (client, items) => {
		const inputs = items.flatMap(({ parameters, input }) => {
			try {
				const { lookUpTogether: isWanted } = fieldsOf(parameters.get('options'));
				return isWanted === true ? [logInputOf(parameters, input)] : [];
			} catch {
				// The item says so itself when its turn comes.
				return [];
			}
		});
		if (inputs.length > 1) await lookUpTogether(client, inputs);
	},
};

/** Files of the item go along, so that a later step can add them to the session. */
export const execute: ExecuteOperation = async ({ client, parameters, input, context }) => {
	const json = await logged(client, parameters, input);
	const files = context.getInputData()[parameters.itemIndex]?.binary;
	return files === undefined ? json : new ResultWithFiles(json, files);
};

async function logged(
	client: KustomerClient,
	parameters: ItemParameters,
	input: IDataObject,
): Promise<IDataObject> {
	const unreadable = choiceOf(fieldsOf(parameters.get('options')).unreadableSession, 'Unreadable Session', [
		'report',
		'stop',
	]);
	try {
		const { event } = input;
		const told = itemOf(await logSession(client, logInputOf(parameters, input)));
		return typeof event === 'string' ? { ...told, event } : told;
	} catch (error) {
		const isAboutSession = error instanceof InputError && error.parameter.toLowerCase() === 'session';
		if (unreadable !== 'report' || !isAboutSession) return await Promise.reject(error);
		return {
			outcome: error instanceof NoSessionError ? 'none' : 'unreadable',
			reason: error.message,
		};
	}
}

/** In the order in which people read them. */
const FIELDS = [
	'outcome',
	'rule',
	'reason',
	'externalId',
	'conversationId',
	'customerId',
	'messageId',
	'customer',
	'agent',
	'done',
	'alreadyDone',
	'leftOut',
	'shortened',
	'requests',
	'planned',
	'session',
] as const satisfies ReadonlyArray<keyof LogSessionResult>;

/** Every field that a later step may use, without those that say nothing. */
function itemOf(logged: LogSessionResult): IDataObject {
	return Object.fromEntries(
		FIELDS.flatMap((name) => (logged[name] === undefined ? [] : [[name, logged[name]]])),
	) as IDataObject;
}
