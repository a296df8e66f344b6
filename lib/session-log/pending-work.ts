/**
 * What of a session is not in Kustomer yet: the difference between what is known and what was written.
 */
import type { CustomAttributes } from '../kustomer/inputs';
import { ASSIGNEE_FIELD, conversationFieldsOf, customerFieldsOf } from './rules/session-fields';
import type { Agent } from '../domain/session';
import { covers, type SessionRecord } from '../domain/session-record';
import { agentToAssign } from './agent';
import { pendingAttributes, type PendingAttributes } from './attributes';
import { pendingComments, type PendingComments } from './comments';
import { isNewlyNamed } from './late-identity';
import type { Run } from './run';
import type { LoggedSession, StoredSession } from './stored-session';

export interface PendingWork {
	/** The message has to be written. */
	message: boolean;
	comments: PendingComments;
	agent: Agent | undefined;
	/** It has turned out whose session it is. */
	identity: boolean;
	conversation: PendingAttributes;
	customer: PendingAttributes;
}

/**
 * Compares.
 *
 * @param before how Kustomer holds the session; `record` undefined when it holds nothing, or nothing readable
 * @param record everything that is known now
 */
export function pendingWork(
	run: Run,
	before: Pick<LoggedSession, 'record' | 'done' | 'appended' | 'newCustomer' | 'anonymous' | 'names'>,
	record: SessionRecord,
): PendingWork {
	const { at } = run;
	const { done } = before;
	const agent = agentToAssign(run, record, done.assigned);
	const conversation = pendingAttributes(conversationAttributes(run, before, record), at, done.conversation);
	const customer = pendingAttributes(customerAttributes(run, before, record), at, done.customer);
	const comments = pendingComments(run, record, done.notes);
	const identity = isNewlyNamed(run, before, record);
	const changed = before.record === undefined || !covers(before.record, record);
	return {
		message:
			changed ||
			identity ||
			comments.missing.length + comments.outdated.length > 0 ||
			agent !== undefined ||
			conversation.values !== undefined ||
			customer.values !== undefined,
		comments,
		agent,
		identity,
		conversation,
		customer,
	};
}

/**
 * Attributes of the conversation: mapped ones, and the session's own (rule C21) where the conversation was created for it. On
 * one that it was appended to those of the first session stay.
 */
function conversationAttributes(
	{ input }: Run,
	{ appended }: Pick<StoredSession, 'appended'>,
	{ session }: SessionRecord,
): CustomAttributes {
	return {
		...(input.sessionFields && !appended ? conversationFieldsOf(session) : {}),
		...input.conversation.custom,
	};
}

/** Attributes of the customer: mapped ones, the custom user id (rule C22), and for a new customer the agent (rule C19). */
export function customerAttributes(
	run: Run,
	{ newCustomer }: Pick<StoredSession, 'newCustomer'>,
	{ session }: SessionRecord,
): CustomAttributes {
	const { custom } = run.input.customer;
	const assigneeAttribute =
		run.input.customer.assigneeAttribute ?? (run.input.sessionFields ? ASSIGNEE_FIELD : undefined);
	const assignee = session.agent?.name ?? session.agent?.email;
	return {
		...(run.input.sessionFields ? customerFieldsOf(session) : {}),
		...(newCustomer && assigneeAttribute !== undefined && assignee !== undefined
			? { [assigneeAttribute]: assignee }
			: {}),
		...custom,
	};
}
