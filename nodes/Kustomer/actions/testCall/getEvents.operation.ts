import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sessionExternalId } from '../../../../lib/domain/external-id';
import { newTestCallId } from '../../../../lib/domain/test-call';
import { InputError } from '../../../../lib/http/errors';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { textOf } from '../../../../lib/n8n/panel/values';
import { findPlatform } from '../../../../lib/platforms/find-platform';
import { PLATFORMS } from '../../../../lib/platforms/platforms';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Get Events',
	action: 'Get events of a test call',
	description:
		'Get the events of a call that never took place, in the form of a platform, to send them to your own trigger',
};

export const notForAgents = 'It is for trying a workflow before real calls come.';

export const description: INodeProperties[] = [
	{
		displayName: 'Platform',
		name: 'platform',
		type: 'options',
		noDataExpression: true,
		options: PLATFORMS.map(({ name, label }) => ({ name: label, value: name })),
		default: 'babelforce',
		hint: 'The same as in the trigger that you want to try',
		description: 'The contact center platform in whose form the events come',
	},
	{
		displayName: 'Agent Email',
		name: 'testAgentEmail',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		hint: 'Your own address in Kustomer, for example: then the test conversation is assigned to you',
		description:
			'Email address of the Kustomer user who takes the test call. When empty, the agent is one whom Kustomer does not know.',
	},
	optionsCollection([
		{
			displayName: 'External ID Prefix',
			name: 'externalIdPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. berlin-',
			description: 'The same as in the options of the trigger that you want to try',
		},
	]),
];

/** So long is the test call: it is over when its events are sent. */
const CALL_MS = 66_000;

/** One item for each event, in their order. Asks nobody. */
export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const platform = findPlatform(String(parameters.get('platform')));
	if (platform === undefined) {
		throw new InputError('platform', "'Platform' is not one that exists.", 'Choose one from the list.');
	}
	const prefix = textOf(fieldsOf(parameters.get('options')).externalIdPrefix, 'External ID Prefix');
	const now = client.clock.now();
	const webhooks = platform.testCall({
		id: newTestCallId(now),
		startedAt: now - CALL_MS,
		agentEmail: textOf(parameters.get('testAgentEmail'), 'Agent Email'),
	});
	return await Promise.resolve(
		webhooks.map(({ event, body }): IDataObject => {
			const { events } = platform.parse(
				{ method: 'POST', headers: {}, query: {}, body },
				{ sourceName: platform.name, sessionIdFrom: 'call' },
			);
			const [read] = events;
			return {
				event,
				externalId: read === undefined ? null : sessionExternalId(read.session, prefix),
				body: body as IDataObject,
			};
		}),
	);
};
