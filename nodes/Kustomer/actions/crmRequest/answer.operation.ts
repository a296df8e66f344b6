/** Answers a request that the Custom CRM API Trigger has left to the workflow (rule G1). */
import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { placedAt, responseLocationOf } from '../../../../lib/crm-api/response-location';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { fieldsOf, requiredText } from '../../../../lib/n8n/panel/fields';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf, textOf } from '../../../../lib/n8n/panel/values';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Answer',
	action: 'Answer custom CRM request',
	description: 'Answer a request of CCAI Platform that the Custom CRM API Trigger has left to your steps',
};

export const notForAgents = 'It answers a request that CCAI Platform waits for.';

const ANSWERS = ['account', 'record', 'file', 'done', 'notFound', 'refused', 'retry'] as const;
type AnswerKind = (typeof ANSWERS)[number];

const STATUS: Readonly<Record<AnswerKind, number>> = {
	account: 200,
	record: 200,
	file: 200,
	done: 200,
	notFound: 404,
	refused: 422,
	retry: 400,
};

const only = (...kinds: AnswerKind[]): IDisplayOptions => ({ show: { answerWith: kinds } });

/** A field of the answer. */
function part(
	displayName: string,
	name: string,
	description: string,
	displayOptions: IDisplayOptions,
	placeholder = '',
): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder, description, displayOptions };
}

export const description: INodeProperties[] = [
	{
		displayName: 'Answer With',
		name: 'answerWith',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Account', value: 'account', description: 'Of the endpoints that find or create an account' },
			{ name: 'Done', value: 'done', description: 'Of the endpoints that update and comment' },
			{ name: 'File', value: 'file', description: 'Of the endpoint that takes files' },
			{ name: 'Not Found', value: 'notFound', description: 'Status 404: the platform goes on without it' },
			{
				name: 'Record',
				value: 'record',
				description: 'Of the endpoints that find, create or update a record',
			},
			{ name: 'Refused', value: 'refused', description: 'Status 422: the platform does not ask again' },
			{
				name: 'Try Again',
				value: 'retry',
				description: 'Status 400: the platform asks again, for a week, ever more slowly',
			},
		],
		default: 'account',
		description: 'What the platform gets',
	},
	part(
		'Answer ID',
		'answerId',
		'ID of the account, record or file, by which the platform names it from then on',
		only('account', 'record', 'file'),
		'e.g. 5f8a2b7c9d1e4f0012345678',
	),
	part('Account Name', 'accountName', 'Name of the account', only('account'), 'e.g. Nathan Drake'),
	part('Answer Email', 'answerEmail', 'Email address of the account', only('account'), 'name@email.com'),
	part(
		'Record Subject',
		'recordSubject',
		'Title of the record',
		only('record'),
		'e.g. Call about order 4711',
	),
	{
		displayName: 'Record Status',
		name: 'recordStatus',
		type: 'options',
		options: [
			{ name: 'Closed', value: 'closed' },
			{ name: 'Open', value: 'open' },
		],
		default: 'open',
		displayOptions: only('record'),
		description: 'Whether the record is open',
	},
	part(
		'Account ID',
		'contactId',
		'ID of the account that the record belongs to',
		only('record'),
		'e.g. 5f8a2b7c9d1e4f0012345678',
	),
	part(
		'Answer Phone',
		'answerPhone',
		'Phone number of the account',
		only('account', 'record'),
		'e.g. +4930901820',
	),
	part(
		'File Address',
		'fileUrl',
		'Where people find the file',
		only('file'),
		'e.g. https://example.com/files/1',
	),
	part(
		'Reason',
		'answerReason',
		'One sentence for whoever looks into the log of the platform',
		only('notFound', 'refused', 'retry'),
		'e.g. No customer has this number',
	),
	optionsCollection([
		{
			displayName: 'Response Data Location',
			name: 'responseLocation',
			type: 'string',
			default: '',
			placeholder: 'e.g. data',
			description: 'Where the answer stands in the JSON, as in the Custom CRM API Trigger',
		},
	]),
];

/** Sends the answer, and hands the item on as it came with what was answered. */
export const execute: ExecuteOperation = async ({ parameters, input, context }) => {
	const kind = choiceOf(parameters.get('answerWith'), 'Answer With', [...ANSWERS]) ?? 'account';
	const body = placed(bodyOf(kind, parameters), parameters);
	await context.sendResponse({
		body,
		statusCode: STATUS[kind],
		headers: { 'content-type': 'application/json' },
	});
	return { ...input, status: STATUS[kind], answer: body };
};

function bodyOf(kind: AnswerKind, parameters: ItemParameters): IDataObject {
	const text = (name: string, label: string) => textOf(parameters.get(name), label);
	switch (kind) {
		case 'account':
			return filled({
				id: requiredText(parameters, 'answerId', 'Answer ID'),
				name: text('accountName', 'Account Name'),
				phone: text('answerPhone', 'Answer Phone'),
				email: text('answerEmail', 'Answer Email'),
			});
		case 'record':
			return filled({
				id: requiredText(parameters, 'answerId', 'Answer ID'),
				subject: text('recordSubject', 'Record Subject'),
				status: choiceOf(parameters.get('recordStatus'), 'Record Status', ['open', 'closed']) ?? 'open',
				contactId: text('contactId', 'Account ID'),
				phone: text('answerPhone', 'Answer Phone'),
			});
		case 'file':
			return filled({
				id: requiredText(parameters, 'answerId', 'Answer ID'),
				url: text('fileUrl', 'File Address'),
			});
		case 'done':
			return {};
		default:
			return filled({ error: text('answerReason', 'Reason') });
	}
}

function filled(fields: Record<string, string | undefined>): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function placed(body: IDataObject, parameters: ItemParameters): IDataObject {
	const location = textOf(fieldsOf(parameters.get('options')).responseLocation, 'Response Data Location');
	return 'error' in body ? body : (placedAt(responseLocationOf(location), body) as IDataObject);
}
