/**
 * The input without values that Kustomer would refuse. What is wrong and optional is left out, and the report names it: no
 * session is lost for a field that it can do without.
 */
import { emailOf } from '../domain/email-address';
import { cutText } from '../domain/session-shape';
import { checked } from '../http/errors';
import { redact } from '../http/redact';
import type { CustomAttributes } from '../kustomer/inputs';
import { checkCustomAttributes, MAX_ATTRIBUTES } from '../kustomer/validate/custom-attributes';
import { MAX_TAGS, toTag } from '../kustomer/validate/tags';
import { checkAssignees, checkOptionalId, checkPriority } from '../kustomer/validate/text';
import { pendingAttributes } from './attributes';
import type { LogSessionInput } from './inputs';

/** Where the names of what is left out are gathered. */
interface LeftOut {
	leftOut: Set<string>;
}

/** What a check gives; undefined, and named in the report, for what does not pass it. */
export function orLeftOut<T>(report: LeftOut, name: string, check: () => T): T | undefined {
	const outcome = checked(check);
	if ('value' in outcome) return outcome.value;
	report.leftOut.add(name);
	return undefined;
}

/** The input without tags, attributes and further values that Kustomer would refuse. */
export function usableInput(input: LogSessionInput, report: LeftOut): LogSessionInput {
	const { conversation, customer, agent } = input;
	const email = emailOf(agent.email);
	if (email === undefined && (agent.email ?? '').trim() !== '') report.leftOut.add('agent email');
	return {
		...input,
		conversation: {
			...conversation,
			...usableFields(conversation, report),
			custom: usableAttributes(conversation.custom, report),
		},
		customer: { ...customer, custom: usableAttributes(customer.custom, report) },
		agent: { ...agent, ...usableAgent(agent, report), email },
	};
}

/** The tag of conversations without an agent in Kustomer's syntax. One of which nothing is left is left out. */
export function usableAgent(
	{ unassignedTag }: Pick<LogSessionInput['agent'], 'unassignedTag'>,
	report: LeftOut,
): Pick<LogSessionInput['agent'], 'unassignedTag'> {
	if (typeof unassignedTag !== 'string' || unassignedTag.trim() === '') return { unassignedTag };
	const [tag] = usableTags([unassignedTag], report) ?? [];
	return { unassignedTag: tag };
}

/** Fields of a new conversation. */
type ConversationFields = Pick<
	LogSessionInput['conversation'],
	'tags' | 'priority' | 'assignedTeams' | 'queueId'
>;

/** Fields of a new conversation, for all queues or for one, without what Kustomer would refuse. */
export function usableFields(
	{ tags, priority, assignedTeams, queueId }: ConversationFields,
	report: LeftOut,
): ConversationFields {
	return {
		tags: usableTags(tags, report),
		priority: orLeftOut(report, 'priority', () => checkPriority(priority)),
		assignedTeams: assignedTeams?.filter(
			(id) =>
				orLeftOut(report, 'assignedTeams', () => checkAssignees([id], 'assignedTeams', 'team')) !== undefined,
		),
		queueId: orLeftOut(report, 'queueId', () => checkOptionalId(queueId, 'queueId', 'The queue ID')),
	};
}

function usableTags(tags: LogSessionInput['conversation']['tags'], report: LeftOut): string[] | undefined {
	if (tags === undefined || tags === null) return undefined;
	const list: unknown[] = Array.isArray(tags) ? tags : [tags];
	const usable = list.flatMap((tag) => {
		const text = typeof tag === 'string' || typeof tag === 'number' ? toTag(String(tag)) : '';
		if (text === '' && tag !== '' && tag !== undefined && tag !== null) report.leftOut.add('tags');
		return text === '' ? [] : [text];
	});
	// The session's type, the platform, and a conversation without an agent have a tag, too.
	const most = MAX_TAGS - 3;
	if (usable.length > most) report.leftOut.add('tags');
	return usable.slice(0, most);
}

function usableAttributes(
	custom: CustomAttributes | undefined,
	report: LeftOut,
): CustomAttributes | undefined {
	if (custom === undefined || custom === null) return undefined;
	if (typeof custom !== 'object' || Array.isArray(custom)) {
		report.leftOut.add('custom attributes');
		return undefined;
	}
	const usable = Object.entries(custom).filter(
		([name, value]) =>
			orLeftOut(report, shownName(name), () => {
				checkCustomAttributes(pendingAttributes({ [name]: value }, 0, {}).values);
				return true;
			}) === true,
	);
	for (const [name] of usable.slice(MAX_ATTRIBUTES)) report.leftOut.add(shownName(name));
	return Object.fromEntries(usable.slice(0, MAX_ATTRIBUTES));
}

/** A name that comes from outside, as it can stand in a result. */
function shownName(name: string): string {
	return cutText(redact(name.trim()), 100) || 'custom attributes';
}
