/** Writes the message that stands for a session. */
import type { Message } from '../kustomer/documents';
import { createMessage } from '../kustomer/operations/create-message';
import { updateMessage } from '../kustomer/operations/update-message';
import { ownId } from '../kustomer/own-id';
import { findMessage, findMessageByExternalId } from '../kustomer/resources/messages';
import { sessionFieldsOf } from './rules/session-fields';
import { messageSummary } from './rules/session-message';
import { phoneOf, type Run } from './run';
import { metaOf, SESSION_APP, type StoredSession } from './stored-session';

/** The message of a session, or undefined. Requests: one. */
export async function findSessionMessage({ client, input, externalId }: Run): Promise<Message | undefined> {
	return input.chooseId
		? await findMessage(client, ownId('message', externalId))
		: await findMessageByExternalId(client, externalId);
}

/**
 * Creates the message, once.
 *
 * @returns the message that was there already when `created` is false
 */
export async function writeNewMessage(
	run: Run,
	conversationId: string,
	stored: StoredSession,
): Promise<{ message: Message; created: boolean }> {
	const { channel, direction, again } = messageFields(run, stored);
	const { leftOut, ...written } = await createMessage(run.client, {
		...again,
		channel,
		direction,
		app: SESSION_APP,
		target: { id: conversationId },
		externalId: run.externalId,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	return written;
}

/** Brings the message to what is known now. Requests: one. */
export async function writeMessageAgain(run: Run, messageId: string, stored: StoredSession): Promise<void> {
	const { leftOut } = await updateMessage(run.client, {
		...messageFields(run, stored).again,
		target: { id: messageId },
	});
	for (const name of leftOut) run.report.leftOut.add(name);
}

function messageFields(run: Run, stored: StoredSession) {
	const { session } = stored.record;
	const { input } = run;
	const phone = phoneOf(run, session);
	const { meta, shortened } = metaOf(stored);
	for (const what of shortened) run.report.shortened.add(what);
	const { channel, direction, ...summary } = messageSummary(session, {
		phone,
		timeZone: input.conversation.timeZone,
	});
	return {
		channel,
		direction,
		again: {
			...summary,
			meta,
			custom: input.sessionFields ? sessionFieldsOf(session, { phone }) : {},
			chooseId: input.chooseId,
			unknownAttributes: input.unknownAttributes,
		},
	};
}
