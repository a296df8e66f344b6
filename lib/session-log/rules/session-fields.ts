/**
 * The session fields: custom attributes that Kustomer shows under a message's "Additional information" (rule C22), those of the
 * conversation, by which Kustomer can route, search and report (rule C21), and those of the customer (rules C19, C22).
 */
import type { Session } from '../../domain/session';
import { platformIdOf } from '../../domain/session-questions';
import { cutText, readSession } from '../../domain/session-shape';
import { menuWords, phoneWords, queueWords, sessionWords } from './session-words';

/** A custom attribute. The end of its name says its type (rule B4). */
export interface SessionField {
	kind: 'customer' | 'conversation' | 'message';
	name: string;
	/** What people see in Kustomer. */
	displayName: string;
}

export const SESSION_FIELDS = [
	{ kind: 'customer', name: 'customUserIdStr', displayName: 'Custom User ID' },
	{ kind: 'customer', name: 'assignedAgentStr', displayName: 'Assigned Agent' },
	{ kind: 'conversation', name: 'callIdStr', displayName: 'Call ID' },
	{ kind: 'conversation', name: 'languageStr', displayName: 'Language' },
	{ kind: 'conversation', name: 'customerMenuSelectionStr', displayName: 'Customer Menu Selection' },
	{ kind: 'message', name: 'queueNameStr', displayName: 'Queue Name' },
	{ kind: 'message', name: 'sessionTypeStr', displayName: 'Session Type' },
	{ kind: 'message', name: 'sessionIdStr', displayName: 'Session ID' },
	{ kind: 'message', name: 'fromPhoneNumberStr', displayName: 'From Phone Number' },
	{ kind: 'message', name: 'callDurationNum', displayName: 'Call Duration' },
	{ kind: 'message', name: 'holdTimeNum', displayName: 'Hold Time' },
	{ kind: 'message', name: 'waitTimeNum', displayName: 'Wait Time' },
	{ kind: 'message', name: 'csatRatingNum', displayName: 'CSAT Rating' },
	{ kind: 'message', name: 'csatCommentTxt', displayName: 'CSAT Comment' },
	{ kind: 'message', name: 'customerMenuSelectionStr', displayName: 'Customer Menu Selection' },
	{ kind: 'message', name: 'emailUsingInWebBool', displayName: 'Email using In-Web' },
	{ kind: 'message', name: 'languageStr', displayName: 'Language' },
] as const satisfies readonly SessionField[];

type FieldName<Kind> = Extract<(typeof SESSION_FIELDS)[number], { kind: Kind }>['name'];

/** Longest text of a custom attribute. */
const LONGEST_TEXT = 1024;

/**
 * The session fields of a message, as far as they are known. Durations are seconds. Throws nothing.
 *
 * @param options.phone the customer's number as E.164, when it is known
 */
export function sessionFieldsOf(session: Session, options: { phone?: string } = {}): Record<string, unknown> {
	const known = readSession(session);
	if (known === undefined) return {};
	const fields: Record<FieldName<'message'>, unknown> = {
		// A queue is the leaf of a menu.
		queueNameStr: queueWords(known.queue) ?? known.menuPath?.at(-1),
		sessionTypeStr: known.type ?? sessionWords(known),
		sessionIdStr: known.id,
		fromPhoneNumberStr: callerOf(known, options.phone),
		callDurationNum: known.duration,
		holdTimeNum: known.holdTime,
		waitTimeNum: known.waitTime,
		csatRatingNum: known.rating?.score,
		csatCommentTxt: known.rating?.comment,
		customerMenuSelectionStr: menuWords(known),
		emailUsingInWebBool: known.emailInWeb,
		languageStr: known.language,
	};
	return filled(fields);
}

/** The session fields of the conversation that was created for the session, as far as they are known. Throws nothing. */
export function conversationFieldsOf(session: Session): Record<string, unknown> {
	const known = readSession(session);
	if (known === undefined) return {};
	const fields: Record<FieldName<'conversation'>, unknown> = {
		callIdStr: platformIdOf(known),
		languageStr: known.language,
		customerMenuSelectionStr: menuWords(known),
	};
	return filled(fields);
}

/** Whether an attribute of a conversation is one of the session fields. */
export function isConversationField(attribute: string): boolean {
	return SESSION_FIELDS.some(({ kind, name }) => kind === 'conversation' && name === attribute);
}

/** Where the agent of a new customer stands unless a person names another attribute (rule C19). */
export const ASSIGNEE_FIELD = 'assignedAgentStr' satisfies FieldName<'customer'>;

/** The session fields of the customer, new or not, as far as they are known. Throws nothing. */
export function customerFieldsOf(session: Session): Record<string, unknown> {
	const fields: Record<Exclude<FieldName<'customer'>, typeof ASSIGNEE_FIELD>, unknown> = {
		customUserIdStr: readSession(session)?.endUser.identifier,
	};
	return filled(fields);
}

/** Who called: the customer, or on an outbound call the company's line. */
function callerOf(session: Session, phone: string | undefined): string | undefined {
	if (session.direction === 'internal') return undefined;
	return session.direction === 'out' ? session.line : phoneWords(session, phone);
}

function filled(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, typeof value === 'string' ? cutText(value, LONGEST_TEXT) : value]),
	);
}
