import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../../lib/domain/record';
import { requiredText } from '../../../../lib/n8n/panel/fields';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { ResultForOutput } from '../../../../lib/n8n/run/items';
import { noteResults, type FileAnswer } from '../../../../lib/platforms/ccaip/external-storage/results';
import type { ExecuteLocally, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Note Results',
	action: 'Note results of storage files',
	description:
		'Sum up what became of the files: a row for each, for the data table, and one message when something needs a person',
};

export const notForAgents = 'It is one of several steps of a workflow, and says nothing alone.';

export const description: INodeProperties[] = [
	{
		displayName: 'File',
		name: 'file',
		type: 'json',
		default: "={{ $('Read Files').item.json.file }}",
		required: true,
		description:
			'What is known of the file that an item is about. Asked for results of other steps only; items of Storage File: Read have it with them.',
	},
	{
		displayName: 'Data Table Name',
		name: 'tableName',
		type: 'string',
		default: "={{ $('Called by Another Workflow').first().json.memory.name }}",
		required: true,
		description: 'The name of the table that remembers the files, for the message',
	},
];

/** The order is public. */
export const outputs = ['Remember', 'Tell'];
const REMEMBER = 0;
const TELL = 1;

export const failsAsOne = true;

export const executeLocally: ExecuteLocally = async ({ inputs, parametersOf }) => {
	const answers = inputs.map((input, item) => answerOf(input, parametersOf(item)));
	const tableName = requiredText(parametersOf(0), 'tableName', 'Data Table Name');
	const { rows, message } = noteResults(answers, tableName);
	return await Promise.resolve([
		...rows.map((row) => ({ item: 0, result: new ResultForOutput({ ...row } as IDataObject, REMEMBER) })),
		...(message === undefined ? [] : [{ item: 0, result: new ResultForOutput({ message }, TELL) }]),
	]);
};

function answerOf(input: IDataObject, parameters: ItemParameters): FileAnswer {
	const { error, details } = input;
	const text = (name: string) => (typeof input[name] === 'string' ? input[name] : undefined);
	return {
		file: fileOf(input, parameters),
		todo: text('todo'),
		sentence: text('sentence'),
		outcome: text('outcome'),
		reason: text('reason'),
		error: error === undefined || error === null ? undefined : (details ?? error),
	};
}

/** What is known of the file of an item; undefined when it is about none. */
function fileOf(input: IDataObject, parameters: ItemParameters): Record<string, unknown> | undefined {
	if (isRecord(input.file)) return input.file;
	// A sentence about the storage as a whole.
	if (input.todo === 'problem') return undefined;
	const file = parameters.get('file');
	return isRecord(file) && typeof file.path === 'string' ? file : undefined;
}
