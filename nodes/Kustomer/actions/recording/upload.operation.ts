import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';

import { USUAL_PATIENCE, nextLook, waitingFrom } from '../../../../lib/domain/waiting';
import { mayPass } from '../../../../lib/files/may-pass';
import type { FileTarget } from '../../../../lib/kustomer/inputs';
import { uploadRecording } from '../../../../lib/kustomer/operations/upload-recording';
import { ResultForOutput } from '../../../../lib/n8n/run/items';
import type { SORTING } from '../../../../lib/n8n/run/operation';
import { present } from '../../../../lib/n8n/run/present';
import { createSendForm } from '../../../../lib/n8n/http/form-sender';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf, numberOf, textOf } from '../../../../lib/n8n/panel/values';
import { conversationLocator, messageLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { chooseId, optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationCall, OperationOption } from '../operation';
import { amountOf, fieldsOf, flagOf, requiredLocator, requiredText } from '../../../../lib/n8n/panel/fields';
import { conversationTarget } from '../../../../lib/n8n/kustomer/fields/read';
import { idleMsOf, sourceFields, sourceOf } from './source.fields';

export const option: OperationOption = {
	name: 'Upload',
	action: 'Upload recording',
	description:
		'Store a recording, transcript, photo or other file of a session in Kustomer, once, however large',
};

export const notForAgents = 'It works with files, which an agent cannot handle.';

/** The value that turns the second output on. */
const WAIT = 'wait';
/** Its place among the outputs. */
const NOT_YET = 1;

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
		description:
			'Leave it as it is behind a Contact Center Trigger or Session: Log: it is the name with which the call or chat was logged in Kustomer',
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
				description: 'A note of its own for each file',
			},
			{
				name: 'Session Message',
				value: 'message',
				description:
					'The message of the session itself. Only when one workflow adds files: of two that do it at the same moment, one loses its file.',
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
	{
		displayName: 'If It Cannot Be Stored Yet',
		name: 'whenNotYet' satisfies typeof SORTING,
		type: 'options',
		options: [
			{ name: 'Stop', value: 'stop', description: 'The run fails when all items were tried' },
			{
				name: 'Wait',
				value: WAIT,
				description:
					'The item leaves by the output Not Yet, with its file and, in "lookAgainAt", the time of the next attempt: for a Wait step that leads back here',
			},
		],
		default: 'stop',
		description:
			'What to do while Kustomer does not have the session yet, or has trouble. What waiting does not help is reported at once either way. The pauses grow; after a day, or the time set in Recording: Get When Ready, the run fails.',
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
			description:
				'Size that the file must have: one that is still being written, or was cut off, is not stored. A file that is only linked need not be opened then. 0 takes any size.',
		},
	]),
];

export const repeatable = true;

/** The order is public. */
export const outputs = ['Stored', 'Not Yet'];
export const sortsIf = WAIT;

export const execute: ExecuteOperation = async (call) => {
	const { client, parameters, context, input } = call;
	const waits = choiceOf(parameters.get('whenNotYet'), 'If It Cannot Be Stored Yet', ['stop', WAIT]) === WAIT;
	return await upload(call).catch((error: unknown) => {
		const files = context.getInputData()[parameters.itemIndex]?.binary;
		const again = waits && mayPass(error) ? notYet(input, files, client.clock.now(), error) : undefined;
		return again ?? Promise.reject(error as Error);
	});
};

/** The item as it came, for another attempt; undefined when the time is over. */
function notYet(
	input: IDataObject,
	files: IBinaryKeyData | undefined,
	now: number,
	error: unknown,
): ResultForOutput | undefined {
	const carried = fieldsOf(input.waiting);
	const limit = (name: keyof typeof USUAL_PATIENCE) =>
		amountOf(carried[name], `waiting.${name}`) ?? USUAL_PATIENCE[name];
	const waiting = waitingFrom(carried, new Date(now).toISOString(), {
		firstMinutes: limit('firstMinutes'),
		longestMinutes: limit('longestMinutes'),
		giveUpHours: limit('giveUpHours'),
	});
	const lookAgainAt = nextLook(waiting, now);
	if (lookAgainAt === undefined) return undefined;
	const reason = error instanceof Error ? error.message : String(error);
	return new ResultForOutput({ ...input, lookAgainAt, reason, waiting: { ...waiting } }, NOT_YET, files);
}

const upload = async ({ client, parameters, context }: OperationCall): Promise<IDataObject> => {
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
