/** What a request says of a session goes the way of every session: through Session: Log, once (rules G8, X1, X12). */
import { createHash } from 'node:crypto';

import type { LogSessionResult } from '../session-log/inputs';
import { logSession } from '../session-log/log-session';
import { findConversation } from '../kustomer/resources/conversations';
import { findMessageByExternalId } from '../kustomer/resources/messages';
import { accountOf, countryOfRequest, e164Of } from './accounts';
import {
	emailOfCustomer,
	externalIdOf,
	factsOf,
	identifierOf,
	phoneOf,
	type NamedSession,
} from './variables';
import { Refusal, type Work } from './work';

/** How a request is to be logged. */
interface HowToLog {
	/** Only look: where the session is, or would go. */
	look?: boolean;
}

/**
 * Logs what the request says. The platform asks for a record, so there is one; which conversation that is, the record rules
 * decide.
 *
 * @throws {Refusal} when the rules keep the session out, for example because it is between the company's own numbers
 */
export async function logRequest(
	{ client, settings, told, unread, request }: Work,
	named: Pick<NamedSession, 'id' | 'channel'>,
	{ look = false }: HowToLog = {},
): Promise<LogSessionResult> {
	return await logSession(client, {
		...settings.log,
		session: factsOf(told, named, settings),
		observedAt: request.receivedAt.toISOString(),
		notUnderstood: unread.map(({ parameter }) => parameter),
		event: request.endpoint,
		asked: true,
		dryRun: look,
	});
}

/** Where a logged session is. @throws {Refusal} when it is nowhere */
export function placeOf({ conversationId, reason }: LogSessionResult): string {
	if (conversationId !== undefined) return conversationId;
	throw new Refusal(422, `There is no record: ${reason}`);
}

/** Records of one customer with the same content that are told apart. */
const MOST_NAMESAKES = 20;

/**
 * A session for a record that names neither call, chat nor session. It is told by what it says: the same request again is the same
 * session, as long as its conversation is open. Requests: two, and two for each earlier one whose conversation was closed.
 *
 * @throws {Refusal} when nothing says whose record it is
 */
export async function unnamedSession(work: Work): Promise<NamedSession> {
	const { client, settings, told } = work;
	const customer = told.contactId ?? whoIs(work);
	if (customer === undefined) {
		throw new Refusal(
			422,
			"Nothing says whose record it is, and of which session: the parameters 'contactId', 'phone', 'email' and 'callId' have no value. Add them to the endpoint's parameters in CCAI Platform, for example contactId with the value {ACCOUNT_ID} and callId with {Call_ID}.",
		);
	}
	const { subject, description, sourceType, menu, queue, direction, sessionType } = told;
	const content = [customer, subject, description, sourceType, menu, queue, direction, sessionType];
	const channel = sourceType ?? 'voice';
	for (let count = 1; ; count += 1) {
		const id = `record-${digestOf([...content, count])}`;
		const named = { id, externalId: externalIdOf(id, settings), channel };
		if (count >= MOST_NAMESAKES) return named;
		const message = await findMessageByExternalId(client, named.externalId);
		const conversationId = message?.relationships?.conversation?.data?.id;
		if (conversationId === undefined) return named;
		const conversation = await findConversation(client, conversationId);
		if (conversation !== undefined && conversation.attributes.status !== 'done') return named;
	}
}

/** Long enough that no two records of an organization meet. */
function digestOf(content: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}

/** What tells one customer from another, of a request without the ID of the account. */
function whoIs(work: Work): string | undefined {
	const { told } = work;
	const written = phoneOf(told, countryOfRequest(work));
	return identifierOf(told) ?? e164Of(work, written) ?? emailOfCustomer(told) ?? written;
}

/**
 * Refuses a record for an account that does not exist where nothing else names the customer: it would get a customer of its own
 * whom nobody knows. Requests: one, for such a request.
 *
 * @throws {Refusal}
 */
export async function checkAccount(work: Work): Promise<void> {
	const { told } = work;
	const isNamedOtherwise =
		identifierOf(told) !== undefined ||
		emailOfCustomer(told) !== undefined ||
		phoneOf(told, countryOfRequest(work)) !== undefined;
	if (told.contactId === undefined || isNamedOtherwise) return;
	if ((await accountOf(work)) !== undefined) return;
	throw new Refusal(
		422,
		"The parameter 'contactId' names no customer of Kustomer. Send the ID that Find or Create an account has answered.",
	);
}
