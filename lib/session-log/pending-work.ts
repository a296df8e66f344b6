/**
 * What of a session is not in Kustomer yet: the difference between what is known and what was written.
 */
import type { CustomAttributes } from '../kustomer/inputs';
import { customerFieldsOf } from './rules/session-fields';
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
	before: Pick<LoggedSession, 'record' | 'done' | 'newCustomer' | 'anonymous' | 'names'>,
	record: SessionRecord,
): PendingWork {
	const { input, at } = run;
	const { done } = before;
	const agent = agentToAssign(run, record, done.assigned);
	const conversation = pendingAttributes(input.conversation.custom, at, done.conversation);
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

/** Attributes of the customer: mapped ones, the custom user id (rule C22), and for a new customer the agent (rule C19). */
export function customerAttributes(
	run: Run,
	{ newCustomer }: Pick<StoredSession, 'newCustomer'>,
	{ session }: SessionRecord,
): CustomAttributes {
	const { custom, assigneeAttribute } = run.input.customer;
	const assignee = session.agent?.name ?? session.agent?.email;
	return {
		...(run.input.sessionFields ? customerFieldsOf(session) : {}),
		...(newCustomer && assigneeAttribute !== undefined && assignee !== undefined
			? { [assigneeAttribute]: assignee }
			: {}),
		...custom,
	};
}
