import type { INodeProperties } from 'n8n-workflow';

import { updatedAtOf, type SessionDocument } from '../../../../lib/platforms/ccaip/api/documents';
import { InputError } from '../../../../lib/http/errors';
import { listSessions, type SessionQuery } from '../../../../lib/platforms/ccaip/api/resources/sessions';
import type { SessionKind } from '../../../../lib/platforms/ccaip/api/session-id';
import { limit, returnAll } from '../../../../lib/n8n/panel/output-fields';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { countOf, optionOf } from '../../../../lib/n8n/panel/fields';
import { choiceOf, timeOf } from '../../../../lib/n8n/panel/values';
import { externalIdPrefix, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { sessionItem } from '../output';
import { prefixOf } from '../read';

const DEFAULT_LIMIT = 50;
const DEFAULT_PAGES = 100;

export const option: OperationOption = {
	name: 'Get Many',
	action: 'Get many sessions',
	description: 'Get the calls and chats that changed in a period of time',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Sessions',
		name: 'sessions',
		type: 'options',
		options: [
			{ name: 'Calls', value: 'calls' },
			{ name: 'Calls and Chats', value: 'both' },
			{ name: 'Chats', value: 'chats' },
		],
		default: 'both',
		description: 'Which kind of session to get',
	},
	{
		displayName: 'Updated From',
		name: 'updatedFrom',
		type: 'dateTime',
		default: '={{ $now.minus({ hours: 1 }).toISO() }}',
		description:
			'Only sessions that changed at this time or later. The platform changes a session until about 15 minutes after its end. When empty, all that the platform still has.',
	},
	returnAll,
	limit,
	optionsCollection([
		externalIdPrefix,
		{
			displayName: 'Order',
			name: 'order',
			type: 'options',
			options: [
				{
					name: 'Newest First',
					value: 'newestFirst',
					description:
						'For a look at the latest. Sessions that change while the list is read may be missing.',
				},
				{
					name: 'Oldest First',
					value: 'oldestFirst',
					description: 'Misses none: for logging and reconciling',
				},
			],
			default: 'oldestFirst',
			description: 'Order by the time of the last change',
		},
		{
			displayName: 'Pages at Most',
			name: 'maxPages',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 10_000 },
			default: DEFAULT_PAGES,
			description:
				'How many pages of 100 may be read for each kind of session. When there are more, the item fails, so that none is missing unnoticed.',
		},
		{
			displayName: 'Updated To',
			name: 'updatedTo',
			type: 'dateTime',
			default: '',
			description: 'Only sessions that changed last at this time or earlier',
		},
	]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const sessions = choiceOf(parameters.get('sessions'), 'Sessions', ['both', 'calls', 'chats']) ?? 'both';
	const kinds: SessionKind[] =
		sessions === 'both' ? ['call', 'chat'] : [sessions === 'calls' ? 'call' : 'chat'];
	const query = queryOf(parameters);
	const prefix = prefixOf(parameters);

	const lists = await Promise.all(
		kinds.map(async (kind) =>
			(await listSessions(client, { ...query, kind })).map((record) => ({ kind, record })),
		),
	);
	const found = lists.flat();
	if (kinds.length > 1) found.sort(byUpdate(query.order === 'newestFirst' ? -1 : 1));
	return found.slice(0, query.limit).map(({ kind, record }) => sessionItem(record, kind, prefix));
};

function queryOf(parameters: ItemParameters): Omit<SessionQuery, 'kind'> {
	const updatedFrom = timeOf(parameters.get('updatedFrom'), 'Updated From', parameters.timezone);
	const updatedTo = timeOf(optionOf(parameters, 'updatedTo'), 'Updated To', parameters.timezone);
	if (updatedFrom !== undefined && updatedTo !== undefined && updatedTo < updatedFrom) {
		throw new InputError(
			'updatedTo',
			"'Updated To' is before 'Updated From'.",
			'Correct one of the two times.',
		);
	}
	return {
		updatedFrom,
		updatedTo,
		order: choiceOf(optionOf(parameters, 'order'), 'Order', ['oldestFirst', 'newestFirst']),
		limit:
			parameters.get('returnAll') === true
				? undefined
				: (countOf(parameters.get('limit'), 'Limit') ?? DEFAULT_LIMIT),
		maxPages: countOf(optionOf(parameters, 'maxPages'), 'Pages at Most') ?? DEFAULT_PAGES,
	};
}

function byUpdate(sign: 1 | -1) {
	return (a: { record: SessionDocument }, b: { record: SessionDocument }) =>
		sign * ((updatedAtOf(a.record) ?? 0) - (updatedAtOf(b.record) ?? 0));
}
