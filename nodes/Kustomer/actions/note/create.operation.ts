import type { INodeProperties } from 'n8n-workflow';

import { createNote } from '../../../../lib/kustomer/operations/create-note';
import { textOf } from '../../../../lib/n8n/panel/values';

import { showFor } from '../../../../lib/n8n/panel/show-for';
import { noteFields } from '../descriptions/fields';
import { conversationLocator } from '../descriptions/locators';
import { chooseId, optionsCollection } from '../descriptions/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation } from '../operation';
import { result, simpleNote } from '../output';
import { requiredText } from '../../../../lib/n8n/panel/fields';
import { conversationTarget, writingOptions } from '../read';

export const description: INodeProperties[] = showFor(
	'note',
	['create'],
	[
		{ ...conversationLocator, description: 'The conversation that gets the note' },
		...noteFields.map((field) =>
			field.name === 'note'
				? { ...field, required: true, description: 'Internal note to add, up to 10,240 characters' }
				: field,
		),
		simplify,
		optionsCollection([chooseId]),
	],
);

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
