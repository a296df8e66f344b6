/**
 * Calls that an agent has asked for from a conversation, until the platform tells of them (rule C24). Where the platform answers with the
 * id of the call, the session itself says where it belongs; this is for those that do not, and for events that are faster.
 *
 * It is kept in this process only: with several, an event that another one gets is placed by the other rules.
 */
import { emailKey } from '../domain/email-address';
import { normalizePhone } from '../domain/phone-number';
import type { Session } from '../domain/session';
import { Memory } from '../process/memory';

/** Milliseconds between the click and the first event of the call, at most. */
const WINDOW = 10 * 60_000;
const MOST_NUMBERS = 5000;
/** Calls to one number that wait at most. */
const MOST_OF_ONE = 10;

/** A call that was asked for. */
export interface StartedCall {
	/** Kustomer id of the conversation from which it was asked for. */
	conversationId: string;
	/** E.164. */
	phone: string;
	agentEmail: string;
}

interface Waiting extends StartedCall {
	/** External id of the session that it has become. */
	session?: string;
}

/** By credential and number, the latest last. */
const started = new Memory<Waiting[]>(WINDOW, MOST_NUMBERS);

const keyOf = (credentialKey: string, phone: string) => `${credentialKey}\n${phone}`;

/** Remembers a call that was asked for. @param now milliseconds since the epoch */
export function rememberStartedCall(credentialKey: string, call: StartedCall, now: number): void {
	const key = keyOf(credentialKey, call.phone);
	started.set(key, [...(started.get(key, now) ?? []), { ...call }].slice(-MOST_OF_ONE), now);
}

/**
 * The conversation from which a session was asked for: an outbound call to the same number within ten minutes, of the same agent where
 * an event tells the agent's address. A call that was asked for becomes one session: the first that fits.
 *
 * @param externalId of the session
 * @param how `now`: milliseconds since the epoch; `claims`: whether the session is the call from now on, or somebody only looks
 */
export function startedFrom(
	credentialKey: string,
	externalId: string,
	session: Session,
	{ now, claims }: { now: number; claims: boolean },
): string | undefined {
	const phone = normalizePhone(session.endUser.phone);
	if (session.direction !== 'out' || session.channel !== 'voice' || phone.kind !== 'number') return undefined;
	const waiting = started.get(keyOf(credentialKey, phone.e164), now) ?? [];
	const agents = agentEmails(session);
	const found =
		waiting.find((one) => one.session === externalId) ??
		waiting.findLast(
			(one) =>
				one.session === undefined && (agents.length === 0 || agents.includes(emailKey(one.agentEmail))),
		);
	if (found === undefined) return undefined;
	if (claims) found.session = externalId;
	return found.conversationId;
}

/** Addresses of everybody on the company's side, as far as they are told. */
function agentEmails({ agent, participants = [] }: Session): string[] {
	const people = [agent, ...participants.filter(({ type }) => type !== 'endUser')];
	return people.flatMap((person) => (person?.email === undefined ? [] : [emailKey(person.email)]));
}
