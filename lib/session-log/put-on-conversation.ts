/** Puts a session on the conversation that the record rules have chosen. */
import type { Conversation, Message } from '../kustomer/documents';
import { KustomerError, isConflict } from '../kustomer/errors';
import type { CreateConversationResult } from '../kustomer/inputs';
import { createConversation } from '../kustomer/operations/create-conversation';
import { updateConversation } from '../kustomer/operations/update-conversation';
import { renderTitle } from './rules/conversation-title';
import type { Placement } from './rules/record-decision';
import { conversationLanguage } from './rules/conversation-language';
import { isConversationField } from './rules/session-fields';
import { tagsFor } from './rules/session-tags';
import { ownValue } from '../domain/record';
import type { Session } from '../domain/session';
import type { LogOutcome } from './inputs';
import type { PendingWork } from './pending-work';
import { phoneOf, type Run } from './run';
import { findSessionMessage } from './session-message';
import { finishMark, tagsOfMark, type UnassignedMark } from './unassigned-tag';

/** What has to be written. */
export interface Put {
	customerId: string;
	placement: Placement;
	userId: string | undefined;
	/** What becomes of the tag of conversations without an agent. */
	mark: UnassignedMark;
	custom: PendingWork['conversation'];
	/** What the id is derived from, when other sessions may want to create the same conversation. */
	sharedId: string | undefined;
}

/** What came of it. */
export interface Placed {
	conversationId: string;
	outcome: Extract<LogOutcome, 'created' | 'appended' | 'reopened'>;
	rule: string;
	reason: string;
	isNew: boolean;
	/** Id of the customer to whom it belongs, when it was to be created. */
	ownerId?: string;
	/** When it was created. ISO 8601. */
	openedAt?: string;
	/** Who has it, when it was there: whoever is to get it, the message announces first. */
	users?: readonly string[];
	/** The session's message, when another worker has logged it there meanwhile: then nothing was changed. */
	there?: Message;
}

/**
 * Creates the conversation, or adds the session to one that is there: tags, custom attributes, status. An agent is only assigned to
 * one that is created. Requests: one or two, and none when there is nothing to add.
 */
export async function putOnConversation(run: Run, session: Session, put: Put): Promise<Placed> {
	const { placement } = put;
	const { rule, reason } = placement;
	for (const name of put.custom.shortened) run.report.shortened.add(name);
	if (placement.action === 'create' || placement.conversationId === undefined) {
		const { conversation, created: seemsCreated, leftOut } = await createFor(run, session, put);
		// After an answer that was lost, the conversation may be that of a session that was faster.
		const { externalId } = conversation.attributes;
		const created =
			seemsCreated &&
			(externalId === undefined || externalId === run.externalId) &&
			isAsSent(conversation, put, leftOut);
		for (const name of leftOut) run.report.leftOut.add(name);
		const isOurs = created || conversation.attributes.externalId === run.externalId;
		if (created) {
			run.report.done.push('conversation');
			const isRefused = leftOut.includes('assignedUsers');
			if (put.userId !== undefined && !isRefused) run.report.done.push('agent assigned');
			await finishMark(run, conversation.id, put.mark, isRefused);
		}
		const there = created || !isOurs ? undefined : await findSessionMessage(run);
		if (!created && there === undefined) {
			await addTo(run, conversation.id, session, isOurs ? put : withoutFields(put), false);
		}
		return {
			...(there === undefined ? {} : { there }),
			conversationId: conversation.id,
			outcome: isOurs ? 'created' : 'appended',
			rule: isOurs ? rule : session.direction === 'out' ? 'C3' : 'C6',
			reason: isOurs
				? reason
				: 'Appended: another session of the same customer opened the conversation at the same moment.',
			isNew: created,
			...(created ? {} : { users: conversation.attributes.assignedUsers ?? [] }),
			ownerId: conversation.relationships?.customer?.data?.id,
			openedAt: conversation.attributes.createdAt,
		};
	}
	const reopens = placement.action === 'reopen';
	// An earlier run has made it; perhaps another worker goes on with it.
	const there = placement.action === 'update' ? await findSessionMessage(run) : undefined;
	if (there === undefined) await addTo(run, placement.conversationId, session, put, reopens);
	if (reopens) run.report.done.push('conversation reopened');
	return {
		...(there === undefined ? {} : { there }),
		conversationId: placement.conversationId,
		// What an earlier run created and could not finish is this session's own.
		outcome: reopens ? 'reopened' : placement.action === 'append' ? 'appended' : 'created',
		rule,
		reason,
		isNew: false,
	};
}

/** What is written on the conversation of another session, which has session fields of its own (rule C21). */
function withoutFields(put: Put): Put {
	const kept = Object.entries(put.custom.values ?? {}).filter(([name]) => !isConversationField(name));
	const values = kept.length === 0 ? undefined : Object.fromEntries(kept);
	return { ...put, custom: { ...put.custom, values } };
}

/** Whether a conversation has what it was to be created with. */
function isAsSent(
	{ attributes }: Conversation,
	{ userId, custom }: Put,
	leftOut: readonly string[],
): boolean {
	const { assignedUsers, custom: held } = attributes;
	const isAssignable = userId !== undefined && !leftOut.includes('assignedUsers');
	if (isAssignable && assignedUsers !== undefined && !assignedUsers.includes(userId)) return false;
	if (held === undefined || held === null) return true;
	return Object.entries(custom.values ?? {}).every(
		([name, value]) => leftOut.includes(name) || ownValue(held, name) === value,
	);
}

async function createFor(run: Run, session: Session, put: Put): Promise<CreateConversationResult> {
	const { client, input, externalId } = run;
	const { title, timeZone, priority, assignedTeams, queueId } = input.conversation;
	const create = (idFrom: string | undefined) =>
		createConversation(client, {
			customerId: put.customerId,
			externalId,
			chooseId: input.chooseId,
			idFrom,
			name: renderTitle(title, session, { phone: phoneOf(run, session), timeZone }),
			status: 'open',
			direction: session.direction === 'out' ? 'out' : 'in',
			defaultLang: input.sessionFields ? conversationLanguage(session.language) : undefined,
			priority,
			assignedTeams,
			queueId,
			assignedUsers: put.userId === undefined ? undefined : [put.userId],
			tags: [...new Set([...tagsFor(session, input.conversation), ...tagsOfMark(run, put.mark)])],
			custom: put.custom.values,
			unknownAttributes: input.unknownAttributes,
			refusedValues: 'leaveOut',
		});
	const { sharedId } = put;
	if (sharedId === undefined) return await create(undefined);
	const made = await create(sharedId).catch((error: unknown) =>
		// The id belongs to a conversation that was deleted.
		error instanceof KustomerError && isConflict(error) ? undefined : Promise.reject(error),
	);
	return made !== undefined && fits(made, put.customerId, externalId) ? made : await create(undefined);
}

/**
 * Whether a conversation under the shared id is one that this session may go to. It may have been closed, deleted, or moved to
 * another customer since; then the session's own id will do.
 */
function fits(
	{ created, conversation }: CreateConversationResult,
	customerId: string,
	externalId: string,
): boolean {
	const { attributes, relationships } = conversation;
	if (created || attributes.externalId === externalId) return true;
	const owner = relationships?.customer?.data?.id;
	return (
		attributes.status === 'open' &&
		attributes.deleted !== true &&
		(owner === undefined || owner === customerId)
	);
}

/** Tags and opens a conversation that is there, and writes its custom attributes. */
async function addTo(
	run: Run,
	conversationId: string,
	session: Session,
	put: Put,
	reopen: boolean,
): Promise<void> {
	const tags = tagsFor(session, { ...run.input.conversation, tags: undefined, platformTag: undefined });
	const change = { userId: undefined, mark: put.mark, custom: put.custom };
	await changeConversation(run, conversationId, change, { reopen, tags });
}

/** A conversation that turned out not to be needed, because the session was logged elsewhere at the same moment. */
export async function putAside(run: Run, conversationId: string): Promise<void> {
	await updateConversation(run.client, {
		target: { id: conversationId },
		chooseId: run.input.chooseId,
		status: 'done',
		unknownAttributes: 'stop',
		refusedValues: 'leaveOut',
		note: {
			body: 'This session was logged on another conversation at the same moment. There is nothing to do here.',
			key: 'put-aside',
		},
	});
}

/**
 * Assigns the agent, writes custom attributes, and what else is to change. Requests: one, one more for tags, and none when there
 * is nothing new.
 *
 * @returns whether the agent has the conversation now
 */
export async function changeConversation(
	run: Run,
	conversationId: string,
	{ userId, mark = 'leave', custom }: Pick<Put, 'userId' | 'custom'> & Partial<Pick<Put, 'mark'>>,
	also: { reopen: boolean; tags: string[] } = { reopen: false, tags: [] },
): Promise<boolean> {
	const { reopen } = also;
	const tags = [...also.tags, ...tagsOfMark(run, mark)];
	if (!reopen && userId === undefined && custom.values === undefined && tags.length === 0) {
		await finishMark(run, conversationId, mark, false);
		return false;
	}
	const { input, report } = run;
	const { leftOut } = await updateConversation(run.client, {
		target: { id: conversationId },
		chooseId: input.chooseId,
		status: reopen ? 'open' : undefined,
		users: userId === undefined ? undefined : { mode: 'replace', ids: [userId] },
		tags: tags.length === 0 ? undefined : { add: tags },
		custom: custom.values,
		unknownAttributes: input.unknownAttributes,
		refusedValues: 'leaveOut',
	});
	for (const name of leftOut) report.leftOut.add(name);
	const isRefused = leftOut.includes('assignedUsers');
	const isAssigned = userId !== undefined && !isRefused;
	if (isAssigned) report.done.push('agent assigned');
	await finishMark(run, conversationId, mark, isRefused);
	if (custom.values !== undefined) report.done.push('custom attributes of the conversation');
	return isAssigned;
}
