import type { INodeProperties } from 'n8n-workflow';

import { createNote } from '../../../../lib/kustomer/operations/create-note';
import { textOf } from '../../../../lib/n8n/panel/values';
import { noteFields } from '../../../../lib/n8n/kustomer/fields/fields';
import { conversationLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { chooseId, optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleNote } from '../output';
import { requiredText } from '../../../../lib/n8n/panel/fields';
import { conversationTarget, writingOptions } from '../../../../lib/n8n/kustomer/fields/read';

export const option: OperationOption = {
	name: 'Create',
	action: 'Create note',
	description: 'Add an internal note to a conversation, once per note key',
};

export const description: INodeProperties[] = [
	{ ...conversationLocator, description: 'The conversation that gets the note' },
	...noteFields.map((field) =>
		field.name === 'note'
			? { ...field, required: true, description: 'Internal note to add, up to 10,240 characters' }
			: field,
	),
	simplify,
	optionsCollection([chooseId]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const target = conversationTarget(parameters);
	const { note, noteId, created } = await createNote(client, {
		target,
		note: {
			body: requiredText(parameters, 'note', 'Note'),
			key: textOf(parameters.get('noteKey'), 'Note Key'),
		},
		chooseId: writingOptions(parameters).chooseId,
	});
	// Kustomer does not show a note that was there already to a key that may only write notes.
	return result(parameters, { created, id: noteId }, note, simpleNote);
};
