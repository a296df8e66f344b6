import type { INodeProperties } from 'n8n-workflow';

import type { MessageFields } from '../../../../lib/kustomer/inputs';
import { choiceOf, objectOf, textOf, timeOf } from '../../../../lib/n8n/panel/values';
import type { Fields } from '../../../../lib/n8n/panel/fields';

/** Fields that can be given when a message is created and changed later. In alphabetical order. */
export const messageFields: INodeProperties[] = [
	{
		displayName: 'Details (JSON)',
		name: 'meta',
		type: 'json',
		default: '{}',
		description: 'Further data of any shape, kept with the message, for example recording and call times',
	},
	{
		displayName: 'Preview',
		name: 'preview',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Inbound call, 3 minutes',
		description: 'Text that the timeline shows, up to 10,240 characters',
	},
	{
		displayName: 'Sent At',
		name: 'sentAt',
		type: 'dateTime',
		default: '',
		description: 'When the message was sent or the call took place',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Failed', value: 'error' },
			{ name: 'Received', value: 'received' },
			{ name: 'Sent', value: 'sent' },
		],
		default: 'received',
		description: 'What became of the message',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Inbound call',
		description: 'Subject, up to 256 characters',
	},
];

/** The fields of a message that {@link messageFields} holds. Empty ones are left out. */
export function messageFieldsOf(fields: Fields, timezone: string): MessageFields {
	return {
		subject: textOf(fields.subject, 'Subject'),
		preview: textOf(fields.preview, 'Preview'),
		status: choiceOf(fields.status, 'Status', ['sent', 'received', 'error']),
		sentAt: timeOf(fields.sentAt, 'Sent At', timezone),
		meta: objectOf(fields.meta, 'Details (JSON)'),
	};
}
