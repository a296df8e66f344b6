import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../../../lib/domain/record';
import { cutText } from '../../../../lib/domain/session-shape';
import { toDateTime } from '../../../../lib/domain/time';
import { customAttributesOf } from '../../../../lib/n8n/panel/custom-attributes';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf, inZone, locatedOf, textOf, timeOf } from '../../../../lib/n8n/panel/values';
import { DEFAULT_TITLE } from '../../../../lib/session-log/rules/conversation-title';
import {
	DEFAULT_RECORD_SETTINGS,
	type RecordSettings,
} from '../../../../lib/session-log/rules/record-settings';
import type { LogSessionInput } from '../../../../lib/session-log/inputs';
import { priorityOf } from '../conversation/fields';
import { matchingRulesOf } from '../customer/fields';
import { fieldsOf, flagOf, locatedIds, type Fields } from '../../../../lib/n8n/panel/fields';
import { tagsOf } from '../read';
import { commentsOf } from './comments.fields';
import { logMailsOf } from './log-mails.field';
import { queueSettingsOf } from './queue-settings.fields';
import { sessionOf } from './read-session';
import { recordRules, recordRulesOf } from './record-rules.fields';

/**
 * What the panel says about one item.
 *
 * @param input the item, for the time at which its event happened
 * @throws {InputError} for the first field with a value that cannot be meant
 */
export function logInputOf(parameters: ItemParameters, input: IDataObject): LogSessionInput {
	const options = fieldsOf(parameters.get('options'));
	const { session, observedAt } = sessionOf(parameters.get('session'));
	return {
		session,
		externalId: textOf(parameters.get('externalId'), 'External ID'),
		externalIdPrefix: textOf(options.externalIdPrefix, 'External ID Prefix'),
		event: typeof input.event === 'string' ? input.event : undefined,
		// Session: Read Mail names the mail.
		byMail: typeof input.mail === 'string',
		notUnderstood: notUnderstoodIn(input),
		observedAt: observedAtOf(options, input, parameters.timezone) ?? observedAt,
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
		dryRun: flagOf(parameters.get('dryRun'), 'Dry Run') ?? false,
	};
}

/** The fields that the trigger did not understand. */
function notUnderstoodIn({ notUnderstood }: IDataObject): string[] | undefined {
	if (!Array.isArray(notUnderstood)) return undefined;
	return (notUnderstood as unknown[])
		.slice(0, MOST_FIELDS)
		.flatMap((one) =>
			isRecord(one) && typeof one.field === 'string' ? [cutText(one.field, LONGEST_NAME)] : [],
		);
}

const MOST_FIELDS = 50;
const LONGEST_NAME = 100;

/** The time that is given; else when the trigger says that it happened, or that it arrived. */
function observedAtOf(options: Fields, input: IDataObject, timezone: string): string | undefined {
	return (
		timeOf(options.observedAt, 'Observed At', timezone) ??
		toDateTime(inZone(input.occurredAt, timezone)) ??
		toDateTime(inZone(input.receivedAt, timezone))
	);
}

function generalRules(parameters: ItemParameters): RecordSettings {
	const given = Object.fromEntries(recordRules.map(({ name }) => [name, parameters.get(name)]));
	return { ...DEFAULT_RECORD_SETTINGS, ...recordRulesOf(given) };
}

function customerPart(parameters: ItemParameters): LogSessionInput['customer'] {
	const settings = fieldsOf(parameters.get('customerSettings'));
	return {
		...matchingRulesOf(settings),
		create: { name: textOf(settings.name, 'Name When Created') },
		createUnrecorded: flagOf(settings.createUnrecorded, 'Create Without Conversation') ?? false,
		custom: attributesOf(parameters, 'customerAttributes'),
		assigneeAttribute: textOf(settings.assigneeAttribute, 'Assignee Attribute'),
	};
}

function conversationPart(parameters: ItemParameters, options: Fields): LogSessionInput['conversation'] {
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

function agentPart(parameters: ItemParameters, options: Fields): LogSessionInput['agent'] {
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

function attributesOf(parameters: ItemParameters, mapper: string): Record<string, unknown> | undefined {
	return customAttributesOf(parameters.get(`${mapper}.value`), 'leave', parameters.timezone);
}
