import type { INodeProperties } from 'n8n-workflow';

import type { FileTarget } from '../../../../lib/kustomer/inputs';
import { uploadRecording } from '../../../../lib/kustomer/operations/upload-recording';
import { present } from '../../../../lib/n8n/run/present';
import { createSendForm } from '../../../../lib/n8n/http/form-sender';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf, numberOf, textOf } from '../../../../lib/n8n/panel/values';
import { conversationLocator, messageLocator } from '../descriptions/locators';
import { chooseId, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { amountOf, fieldsOf, flagOf, requiredLocator, requiredText } from '../../../../lib/n8n/panel/fields';
import { conversationTarget } from '../read';
import { idleMsOf, sourceFields, sourceOf } from './source.fields';

export const option: OperationOption = {
	name: 'Upload',
	action: 'Upload recording',
	description:
		'Store a recording, transcript, photo or other file of a session in Kustomer, once, however large',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Belongs To',
		name: 'target',
		type: 'options',
		options: [
			{ name: 'Conversation', value: 'conversation', description: 'A conversation that exists' },
			{ name: 'Message', value: 'message', description: 'A message that exists' },
			{
				name: 'Session',
				value: 'session',
				description: 'A call or chat that the operation Session: Log has brought to Kustomer',
			},
		],
		default: 'session',
		description: 'What the file belongs to',
	},
	{
		displayName: 'Session External ID',
		name: 'externalId',
		type: 'string',
		default: '={{ $json.externalId }}',
		required: true,
		placeholder: 'e.g. babelforce:7c3f00aa',
		description: 'The external ID that the session was logged with',
		displayOptions: { show: { target: ['session'] } },
	},
	{
		...conversationLocator,
		description: 'The conversation that gets the file',
		displayOptions: { show: { target: ['conversation'] } },
	},
	{
		...messageLocator,
		description: 'The message that the file belongs to',
		displayOptions: { show: { target: ['message'] } },
	},
	...sourceFields,
	{
		displayName: 'Store',
		name: 'store',
		type: 'options',
		options: [
			{ name: 'File', value: 'file', description: 'Kustomer keeps the file itself' },
			{
				name: 'File and Link',
				value: 'both',
				description: 'Kustomer keeps the file, and a link to where it came from',
			},
			{
				name: 'Link',
				value: 'link',
				description: 'The file stays where it is. The link has to stay valid as long as agents need it.',
			},
		],
		default: 'file',
		description: 'What Kustomer keeps',
	},
	{
		displayName: 'Link',
		name: 'externalUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://files.example.com/call-123.mp3',
		description: 'Address that agents open, beginning with https://. When empty, the URL of the source.',
		displayOptions: { show: { store: ['both', 'link'] } },
	},
	{
		displayName: 'Add To',
		name: 'addTo',
		type: 'options',
		options: [
			{
				name: 'Note',
				value: 'note',
				description: 'A note of its own for each file. Safe with several n8n workers.',
			},
			{
				name: 'Session Message',
				value: 'message',
				description:
					'The message of the session itself. Kustomer has no lock for it: let only one workflow add files at a time.',
			},
		],
		default: 'note',
		description: 'Where agents see the file',
		displayOptions: { show: { target: ['message', 'session'] } },
	},
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Recording of the call with {{ $json.agent.name }}',
		description:
			'Text of the note with the file, up to 10,240 characters. When empty: what it is, its name, and how long it lasts.',
	},
	{
		displayName: 'Write the Text as a Note',
		name: 'textAsNote',
		type: 'boolean',
		default: false,
		description:
			'Whether the text of a transcript (.txt or JSON) becomes the text of the note, so that agents read it without opening the file. Long texts are cut.',
	},
	optionsCollection([
		{
			displayName: 'Allow Addresses Inside Your Network',
			name: 'allowPrivate',
			type: 'boolean',
			default: false,
			description:
				'Whether the URL may lead to this machine or into your own network. Leave it off when the URL comes from outside.',
		},
		chooseId,
		{
			displayName: 'Content Type',
			name: 'contentType',
			type: 'string',
			default: '',
			placeholder: 'e.g. audio/mpeg',
			description: 'Type of the file, when it should not be found out from its content and name',
		},
		{
			displayName: 'Duration (Seconds)',
			name: 'duration',
			type: 'number',
			default: 0,
			description: 'How long the recording lasts, for the text of the note. 0 leaves it out.',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. call-123.mp3',
			description:
				"Name that agents see. When empty, recordings and transcripts are called call-{ID} or chat-{ID} by the session's ID, other files as their source calls them.",
		},
		{
			displayName: 'File Size (Bytes)',
			name: 'fileSize',
			type: 'number',
			default: 0,
			description: 'Size of a file that is only linked, so that it need not be opened. 0 opens it.',
		},
	]),
];

export const repeatable = true;

export const execute: ExecuteOperation = async ({ client, parameters, context }) => {
	const options = fieldsOf(parameters.get('options'));
	const { source, url } = await sourceOf(context, parameters, options);
	const target = targetOf(parameters);
	const done = await uploadRecording(
		client,
		{
			target,
			addTo:
				'conversation' in target
					? 'note'
					: (choiceOf(parameters.get('addTo'), 'Add To', ['note', 'message']) ?? 'note'),
			store: choiceOf(parameters.get('store'), 'Store', ['file', 'link', 'both']) ?? 'file',
			externalUrl: textOf(parameters.get('externalUrl'), 'Link') ?? url,
			fileName: textOf(options.fileName, 'File Name'),
			contentType: textOf(options.contentType, 'Content Type'),
			fileSize: numberOf(options.fileSize, 'File Size (Bytes)') || undefined,
			duration: amountOf(options.duration, 'Duration (Seconds)'),
			noteText: textOf(parameters.get('note'), 'Note'),
			textAsNote: flagOf(parameters.get('textAsNote'), 'Write the Text as a Note') ?? false,
			chooseId: options.chooseId !== false,
		},
		{ source, sendForm: createSendForm(context, idleMsOf(options)) },
	);
	return present({ ...done });
};

function targetOf(parameters: ItemParameters): FileTarget {
	switch (choiceOf(parameters.get('target'), 'Belongs To', ['session', 'conversation', 'message'])) {
		case 'conversation':
			return { conversation: conversationTarget(parameters) };
		case 'message': {
			const { mode, value } = requiredLocator(parameters, 'message', 'Message');
			return { message: mode === 'externalId' ? { externalId: value } : { id: value } };
		}
		default:
			return { session: requiredText(parameters, 'externalId', 'Session External ID') };
	}
}
