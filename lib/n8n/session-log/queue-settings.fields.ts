import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../panel/sorting';
import type { QueueSettings } from '../../session-log/rules/record-settings';
import { choiceOf, locatedOf, textOf } from '../panel/values';
import { fieldsOf, flagOf, locatedIds, type Fields } from '../panel/fields';
import { tagFields, teamFields, unassignedTag } from '../kustomer/fields/fields';
import { userLocator } from '../kustomer/fields/locators';
import { tagsOf } from '../kustomer/fields/read';
import { comments, commentsOf } from './comments.fields';
import { logMails, logMailsOf } from './log-mails.field';
import { recordRules, recordRulesOf } from './record-rules.fields';

/** What else a queue may have of its own. */
const ownSettings: INodeProperties[] = [
	{
		displayName: 'Log Sessions',
		name: 'logSessions',
		type: 'boolean',
		default: true,
		description: 'Whether calls and chats of this queue are logged at all',
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		description: 'Title of new conversations, with the same variables as above',
	},
	{
		displayName: 'Session Type Tag',
		name: 'sessionTypeTag',
		type: 'boolean',
		default: true,
		description: 'Whether to tag the conversation with the type of the session',
	},
	{
		displayName: 'Platform Tag',
		name: 'platformTag',
		type: 'string',
		default: '',
		description: 'Tag for every conversation of this queue. Empty adds none.',
	},
	...tagFields('Further tags of new conversations, instead of the above'),
	{ ...comments, description: 'What is written on the conversation as internal notes, instead of the above' },
	{
		displayName: 'Assign Agent',
		name: 'assignAgent',
		type: 'options',
		options: [
			{ name: 'Never', value: 'never' },
			{ name: 'When Assigned', value: 'assigned' },
			{ name: 'When Connected', value: 'connected' },
		],
		default: 'assigned',
		description: "When the conversation is assigned to the session's agent",
	},
	{
		...userLocator,
		displayName: 'Fallback User',
		name: 'fallbackAgent',
		description: 'Who gets the conversation when the agent cannot be found in Kustomer. Empty is nobody.',
	},
	unassignedTag,
	...teamFields({
		displayName: 'Assigned Teams',
		name: 'assignedTeams',
		description: 'Teams that get a new conversation, instead of the above. Empty is none.',
	}),
	logMails,
];

function ownSettingsOf(settings: Fields): Omit<QueueSettings, 'queue' | 'settings'> {
	// Whoever adds a setting and leaves it empty wants nothing there, and not what holds for all queues.
	const added = <Value>(name: string, read: () => Value): Value | undefined =>
		settings[name] === undefined || settings[name] === null ? undefined : read();
	const own: Omit<QueueSettings, 'queue' | 'settings'> = {
		logged: flagOf(settings.logSessions, 'Log Sessions'),
		title: textOf(settings.title, 'Title'),
		typeTag: flagOf(settings.sessionTypeTag, 'Session Type Tag'),
		platformTag: added('platformTag', () => textOf(settings.platformTag, 'Platform Tag') ?? ''),
		tags: added('tags', () => tagsOf(settings) ?? []) ?? added('otherTags', () => tagsOf(settings) ?? []),
		comments: settings.comments === undefined ? undefined : commentsOf(settings.comments),
		assign: choiceOf(settings.assignAgent, 'Assign Agent', ['assigned', 'connected', 'never']),
		fallbackUserId: added(
			'fallbackAgent',
			() => locatedOf(settings.fallbackAgent, 'Fallback User')?.value ?? '',
		),
		unassignedTag: added(
			'unassignedTag',
			() => textOf(settings.unassignedTag, 'Tag if Nobody Is Assigned') ?? '',
		),
		assignedTeams: added('assignedTeams', () => locatedIds(settings.assignedTeams, 'team', 'Assigned Teams')),
		mails: logMailsOf(settings.logMails),
	};
	return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

/** Record rules that single queues have instead of the general ones (rule U8). */
export const queueSettings: INodeProperties = {
	displayName: 'Settings per Queue',
	name: 'queueSettings',
	type: 'fixedCollection',
	placeholder: 'Add Queue',
	default: {},
	typeOptions: { multipleValues: true, sortable: true },
	description:
		"Queues whose record rules, title, tags, comments or assignment differ from those of this step, or that are not logged at all, or not from mails. The first entry that names the session's queue counts.",
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
					options: [...recordRules, ...ownSettings]
						.map((setting) => ({ ...setting, displayOptions: ofVersion(setting) }))
						.sort(byDisplayName),
				},
			],
		},
	],
};

/** The version of the node to which a setting belongs, as the only condition. */
function ofVersion({ displayOptions }: INodeProperties): IDisplayOptions | undefined {
	const version = displayOptions?.show?.['@version'];
	return version === undefined ? undefined : { show: { '@version': version } };
}

/** What {@link queueSettings} hold, without entries that name no queue. */
export function queueSettingsOf(value: unknown): QueueSettings[] {
	const { entries } = fieldsOf(value);
	return (Array.isArray(entries) ? entries : []).map(fieldsOf).flatMap((row) => {
		const queue = textOf(row.queue, 'Queue');
		const settings = fieldsOf(row.settings);
		return queue === undefined
			? []
			: [{ queue, settings: recordRulesOf(settings), ...ownSettingsOf(settings) }];
	});
}
