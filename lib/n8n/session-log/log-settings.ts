/** Reads what `log-fields.ts` asks for. */
import type { LogSessionInput } from '../../session-log/inputs';
import { DEFAULT_TITLE } from '../../session-log/rules/conversation-title';
import { DEFAULT_RECORD_SETTINGS, type RecordSettings } from '../../session-log/rules/record-settings';
import { priorityOf } from '../kustomer/fields/conversation';
import { matchingRulesOf } from '../kustomer/fields/customer';
import { tagsOf } from '../kustomer/fields/read';
import { customAttributesOf } from '../panel/custom-attributes';
import { fieldsOf, flagOf, locatedIds, type Fields } from '../panel/fields';
import type { ItemParameters } from '../panel/parameters';
import { choiceOf, locatedOf, textOf } from '../panel/values';
import { commentsOf } from './comments.fields';
import { logMailsOf } from './log-mails.field';
import { queueSettingsOf } from './queue-settings.fields';
import { recordRules, recordRulesOf } from './record-rules.fields';

/** What of {@link LogSessionInput} a person sets, as against what an event tells. */
export type LogSettings = Omit<
	LogSessionInput,
	'session' | 'observedAt' | 'notUnderstood' | 'event' | 'byMail' | 'externalId' | 'dryRun'
>;

/** The parameters of a node, for whatever they are read. */
type Parameters = Pick<ItemParameters, 'get' | 'timezone'>;

/**
 * What the panel says about logging.
 *
 * @param options the node's collection of options
 * @throws {InputError} for the first field with a value that cannot be meant
 */
export function logSettingsOf(parameters: Parameters, options: Fields): LogSettings {
	return {
		externalIdPrefix: textOf(options.externalIdPrefix, 'External ID Prefix'),
		rules: generalRules(parameters),
		queues: queueSettingsOf(parameters.get('queueSettings')),
		customer: customerPart(parameters),
		conversation: conversationPart(parameters, options),
		agent: agentPart(parameters, options),
		mails: logMailsOf(options.logMails),
		comments: commentsOf(parameters.get('comments')),
		sessionFields: flagOf(parameters.get('sessionFields'), 'Session Fields') ?? true,
		unknownAttributes:
			choiceOf(options.unknownAttributes, 'Unknown Custom Attributes', ['stop', 'leaveOut']) ?? 'leaveOut',
		chooseId: options.chooseId !== false,
	};
}

function generalRules(parameters: Parameters): RecordSettings {
	const given = Object.fromEntries(recordRules.map(({ name }) => [name, parameters.get(name)]));
	return { ...DEFAULT_RECORD_SETTINGS, ...recordRulesOf(given) };
}

function customerPart(parameters: Parameters): LogSessionInput['customer'] {
	const settings = fieldsOf(parameters.get('customerSettings'));
	return {
		...matchingRulesOf(settings),
		create: { name: textOf(settings.name, 'Name When Created') },
		createUnrecorded: flagOf(settings.createUnrecorded, 'Create Without Conversation') ?? false,
		custom: attributesOf(parameters, 'customerAttributes'),
		assigneeAttribute: textOf(settings.assigneeAttribute, 'Assignee Attribute'),
	};
}

function conversationPart(parameters: Parameters, options: Fields): LogSessionInput['conversation'] {
	const fields = fieldsOf(parameters.get('conversationFields'));
	const teams = locatedIds(fields.assignedTeams, 'team', 'Assigned Teams');
	return {
		title: textOf(parameters.get('title'), 'Title') ?? DEFAULT_TITLE,
		timeZone: textOf(options.timeZone, 'Time Zone') ?? parameters.timezone,
		typeTag: flagOf(parameters.get('sessionTypeTag'), 'Session Type Tag') ?? true,
		platformTag: textOf(parameters.get('platformTag'), 'Platform Tag'),
		tags: tagsOf(fields),
		custom: attributesOf(parameters, 'conversationAttributes'),
		priority: priorityOf(fields.priority),
		assignedTeams: teams.length === 0 ? undefined : teams,
		queueId: locatedOf(fields.queue, 'Queue')?.value,
	};
}

function agentPart(parameters: Parameters, options: Fields): LogSessionInput['agent'] {
	return {
		assign:
			choiceOf(parameters.get('assignAgent'), 'Assign Agent', ['assigned', 'connected', 'never']) ??
			'assigned',
		userId: locatedOf(options.agent, 'Agent User')?.value,
		email: textOf(options.agentEmail, 'Agent Email'),
		fallbackUserId: locatedOf(parameters.get('fallbackAgent'), 'Fallback User')?.value,
		unassignedTag: textOf(parameters.get('unassignedTag'), 'Tag if Nobody Is Assigned'),
	};
}

function attributesOf(parameters: Parameters, mapper: string): Record<string, unknown> | undefined {
	return customAttributesOf(parameters.get(`${mapper}.value`), 'leave', parameters.timezone);
}
