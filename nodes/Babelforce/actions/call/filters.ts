import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import {
	CALL_DOMAINS,
	CALL_SOURCES,
	CALL_STATES,
	CALL_TYPES,
	FINISH_REASONS,
} from '../../../../lib/platforms/babelforce/api/documents';
import type { CallFilters } from '../../../../lib/platforms/babelforce/api/resources/calls';
import { choicesOf, listOf, locatedOf, textOf, timeOf } from '../../../../lib/n8n/panel/values';
import { fieldsOf, flagOf } from '../../../../lib/n8n/panel/fields';
import { agentLocator } from '../descriptions/locators';
import { secondsOf } from '../read';

/** `no-answer` becomes "No Answer". */
function named(values: readonly string[]): INodePropertyOptions[] {
	return values.map((value) => ({
		name: value
			.split('-')
			.map((word) => (word === 'api' ? 'API' : word === 'webrtc' ? 'WebRTC' : capitalized(word)))
			.join(' '),
		value,
	}));
}

function capitalized(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

const several = (displayName: string, name: string, values: readonly string[], description: string) =>
	({
		displayName,
		name,
		type: 'multiOptions',
		options: named(values),
		default: [],
		description,
	}) satisfies INodeProperties;

const agent: INodeProperties = {
	...agentLocator,
	required: false,
	description: 'Only calls that this agent handled',
	modes: agentLocator.modes?.filter(({ name }) => name !== 'sourceId' && name !== 'email'),
};

/** What a call has to fit to be in the list. */
export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		agent,
		{
			displayName: 'Anonymous',
			name: 'anonymous',
			type: 'boolean',
			default: true,
			description: 'Whether the caller withheld the number',
		},
		{
			displayName: 'Call IDs',
			name: 'ids',
			type: 'string',
			default: '',
			description: 'Only these calls, separated by commas',
		},
		{
			displayName: 'Conversation ID',
			name: 'conversationId',
			type: 'string',
			default: '',
			description: 'Only calls of this babelforce conversation',
		},
		several('Domain', 'domains', CALL_DOMAINS, 'External calls reach the outside, internal ones an agent'),
		several(
			'Finish Reason',
			'finishReasons',
			FINISH_REASONS,
			'Only calls that ended for one of these reasons',
		),
		{
			displayName: 'From Number',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +4930901820',
			description: 'Only calls from this number, with the country code',
		},
		{
			displayName: 'Parent Call IDs',
			name: 'parentIds',
			type: 'string',
			default: '',
			description: "Only the agents' legs of these calls, separated by commas",
		},
		{
			displayName: 'Search',
			name: 'text',
			type: 'string',
			default: '',
			description: 'Part of a number, an agent, a queue, or a session or conversation ID',
		},
		{
			displayName: 'Session ID',
			name: 'sessionId',
			type: 'string',
			default: '',
			description: 'Only calls of this babelforce session',
		},
		{
			displayName: 'Since',
			name: 'since',
			type: 'dateTime',
			default: '',
			description: 'Only calls at this time or later',
		},
		several('Source', 'sources', CALL_SOURCES, 'Only calls that came about in one of these ways'),
		several('State', 'states', CALL_STATES, 'Only calls in one of these states'),
		{
			displayName: 'To Number',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +4930901820',
			description: 'Only calls to this number, with the country code. Several are separated by commas.',
		},
		several('Type', 'types', CALL_TYPES, 'Inbound or outbound'),
		{
			displayName: 'Until',
			name: 'until',
			type: 'dateTime',
			default: '',
			description: 'Only calls at this time or earlier',
		},
	],
};

/** Reads what people filled into {@link filters}. */
export function readFilters(value: unknown, timezone: string): CallFilters {
	const fields = fieldsOf(value);
	const chosenAgent = locatedOf(fields.agent, 'Agent');
	return {
		since: secondsOf(timeOf(fields.since, 'Since', timezone)),
		until: secondsOf(timeOf(fields.until, 'Until', timezone)),
		agentIds: chosenAgent === undefined ? undefined : [chosenAgent.value],
		ids: listOf(fields.ids, 'Call IDs'),
		parentIds: listOf(fields.parentIds, 'Parent Call IDs'),
		sessionId: textOf(fields.sessionId, 'Session ID'),
		conversationId: textOf(fields.conversationId, 'Conversation ID'),
		from: textOf(fields.from, 'From Number'),
		to: listOf(fields.to, 'To Number'),
		text: textOf(fields.text, 'Search'),
		types: choicesOf(fields.types, 'Type', CALL_TYPES),
		states: choicesOf(fields.states, 'State', CALL_STATES),
		domains: choicesOf(fields.domains, 'Domain', CALL_DOMAINS),
		sources: choicesOf(fields.sources, 'Source', CALL_SOURCES),
		finishReasons: choicesOf(fields.finishReasons, 'Finish Reason', FINISH_REASONS),
		anonymous: flagOf(fields.anonymous, 'Anonymous'),
	};
}
