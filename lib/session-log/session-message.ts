/** Writes the message that stands for a session. */
import type { Message } from '../kustomer/documents';
import { createMessage } from '../kustomer/operations/create-message';
import { updateMessage } from '../kustomer/operations/update-message';
import { ownId } from '../kustomer/own-id';
import { objectIn } from '../kustomer/resources/answers';
import { findMessage, findMessageByExternalId, patchMessage } from '../kustomer/resources/messages';
import { processName } from '../process/this-process';
import { sessionFieldsOf } from './rules/session-fields';
import { messageSummary } from './rules/session-message';
import { phoneOf, type Run } from './run';
import { metaOf, readStored, SESSION_APP, type LoggedSession, type StoredSession } from './stored-session';

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
	// A new object has the revision 1.
	const { channel, direction, again } = messageFields(run, stored, 1);
	const { leftOut, ...written } = await createMessage(run.client, {
		...again,
		channel,
		direction,
		app: SESSION_APP,
		target: { id: conversationId },
		externalId: run.externalId,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	// After an answer that was lost, a message that is there may be our own, or that of a worker who was faster.
	const writer = readStored(written.message)?.seen.writer;
	const isOurs = run.input.dryRun || writer === undefined || writer === processName(run.client.credentialKey);
	return { ...written, created: written.created && isOurs };
}

/**
 * Brings the message to what is known now. Sent once only, since it replaces what was read a moment ago. Requests: one.
 *
 * @param rev of the message that was read, when it was told
 * @returns the message as it is now
 */
export async function writeMessageAgain(
	run: Run,
	messageId: string,
	stored: StoredSession,
	rev: number | undefined,
): Promise<Message> {
	const { message, leftOut } = await updateMessage(run.client, {
		...messageFields(run, stored, rev === undefined ? undefined : rev + 1).again,
		target: { id: messageId },
		once: true,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	return message;
}

/**
 * Whether another process writes this session, too: it wrote the message last, or the message has changed since it was
 * written. After a restart every process is another one.
 */
export function hasCompany({ client, input }: Run, { seen }: LoggedSession): boolean {
	if (input.dryRun) return false;
	const { rev, writer, writtenRev } = seen;
	return writer !== processName(client.credentialKey) || (rev !== undefined && rev !== writtenRev);
}

/**
 * The message right before it is written. In company it is read by changing nothing in it, which moves its revision: the
 * other process sees that somebody is about to write, before or after its own writing. Requests: one.
 *
 * @returns undefined when it is gone
 */
export async function readToWrite(run: Run, logged: LoggedSession): Promise<Message | undefined> {
	if (!hasCompany(run, logged)) return await findSessionMessage(run);
	const { client } = run;
	const status = logged.seen.status ?? 'received';
	const answer = await patchMessage(client, logged.messageId, { status });
	if (answer.status === 404) return undefined;
	if (answer.status >= 300) throw client.errorFor('message.update', answer);
	return objectIn<Message>('message.update', answer);
}

function messageFields(run: Run, stored: StoredSession, rev: number | undefined) {
	const { session } = stored.record;
	const { input } = run;
	const phone = phoneOf(run, session);
	const { meta, shortened } = metaOf(stored, {
		writer: processName(run.client.credentialKey),
		...(rev === undefined ? {} : { writtenRev: rev }),
	});
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
			refusedValues: 'leaveOut' as const,
		},
	};
}
