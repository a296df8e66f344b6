import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../../../lib/n8n/panel/sorting';
import type { QueueSettings } from '../../../../lib/session-log/rules/record-settings';
import { textOf } from '../../../../lib/n8n/panel/values';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { recordRules, recordRulesOf } from './record-rules.fields';

/** Record rules that single queues have instead of the general ones (rule U8). */
export const queueSettings: INodeProperties = {
	displayName: 'Settings per Queue',
	name: 'queueSettings',
	type: 'fixedCollection',
	placeholder: 'Add Queue',
	default: {},
	typeOptions: { multipleValues: true, sortable: true },
	description:
		"Queues whose record rules differ from those above. The first entry that names the session's queue counts.",
	options: [
		{
			displayName: 'Queue',
			name: 'entries',
			values: [
				{
					displayName: 'Queue',
					name: 'queue',
					type: 'string',
					default: '',
					placeholder: 'e.g. Orders / Delivery',
					description:
						"The queue's ID, its whole path, or its name. Capital letters do not matter. Entries that are empty are left out.",
				},
				{
					displayName: 'Settings',
					name: 'settings',
					type: 'collection',
					placeholder: 'Add Setting',
					default: {},
					description: 'What you add holds for this queue; everything else is as above',
					// In a collection each setting stands alone: what it depends on may be inherited.
					options: recordRules
						.map((setting) => ({ ...setting, displayOptions: undefined }))
						.sort(byDisplayName),
				},
			],
		},
	],
};

/** What {@link queueSettings} hold, without entries that name no queue. */
export function queueSettingsOf(value: unknown): QueueSettings[] {
	const { entries } = fieldsOf(value);
	return (Array.isArray(entries) ? entries : []).map(fieldsOf).flatMap((row) => {
		const queue = textOf(row.queue, 'Queue');
		return queue === undefined ? [] : [{ queue, settings: recordRulesOf(fieldsOf(row.settings)) }];
	});
}
