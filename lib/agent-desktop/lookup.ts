/**
 * Reads what a contact center puts into the address that an agent opens: CCAI Platform's lookup URL and its "Open Custom URL" (rules
 * G11, U2, U3). https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 *
 * Whoever opens the address may have written anything into it. Nothing here throws: what cannot be meant is left out by name.
 */
import { emailOf } from '../domain/email-address';
import { isKustomerId } from '../domain/kustomer-id';
import { isId } from '../domain/no-id';
import { normalizePhone } from '../domain/phone-number';
import type { Channel } from '../domain/session';
import { sessionExternalId } from '../domain/external-id';
import { checked } from '../http/errors';
import { sessionNameOf, sessionNumberOf, type SessionKind } from '../platforms/ccaip/api/session-id';
import { sessionTypeOf } from '../platforms/ccaip/session-types';

/** The values as they came, one for each variable of the address. */
export interface LookupValues {
	/** {ANI}, {PHONE_NUMBER} */
	phone?: unknown;
	/** {EMAIL} */
	email?: unknown;
	/** {CUID}: the customer's id in the company's own system. */
	customUserId?: unknown;
	/** {ACCOUNT_ID}: the Kustomer id of the customer, or one that the platform made up for a contact that it does not know. */
	accountId?: unknown;
	/** {RECORD_ID}: the Kustomer id of the conversation. */
	recordId?: unknown;
	/** {SESSION_ID}: the platform's number of the call or chat, or the external id under which the session is logged. */
	sessionId?: unknown;
	/** {MENU_PATH} */
	menuPath?: unknown;
	/** {MENU_ID} */
	menuId?: unknown;
	/** {CHANNEL}: `voice_call` or `chat`. */
	channel?: unknown;
	/** {TYPE}: the kind of session, for example `IncomingCall(app)`. */
	type?: unknown;
}

/** What may be understood in the values. */
export interface Lookup {
	/** E.164. */
	phone?: string;
	email?: string;
	externalId?: string;
	accountId?: string;
	recordId?: string;
	/** External id of the session. */
	session?: string;
	/** Names of the queue, one of which has to fit. */
	queues: string[];
	/** Empty when nothing tells. */
	channels: Channel[];
	/** What a person would search for, when nobody is found: number, address or id, as far as one is told. */
	words: { search?: string; phone?: string; email?: string; userId?: string };
	/** Names of values that were there and could not be used. */
	leftOut: Array<keyof LookupValues>;
}

/** How values are read. */
export interface LookupRules {
	/** ISO 3166-1 alpha-2 country of numbers without a country code. */
	defaultCountry?: string;
	/** The company's own numbers: never a customer's (rule X4). */
	ownNumbers: readonly string[];
	/** Text in front of external ids of sessions. */
	externalIdPrefix: string;
}

/** Characters. What is longer is no name, number or path. */
const LONGEST = 1000;
/** A variable that nobody has replaced, also as a browser encodes it: it has no value. */
const UNREPLACED = /^\s*(?:\{|%7b)[A-Za-z_ ]{1,60}(?:\}|%7d)\s*$/i;

/** The channels behind the platform's two words. */
const CHANNELS: Readonly<Record<SessionKind, Channel[]>> = {
	call: ['voice'],
	chat: ['chat', 'sms', 'whatsapp'],
};

/** Understands what came. */
export function readLookup(values: LookupValues, rules: LookupRules): Lookup {
	const leftOut: Lookup['leftOut'] = [];
	const read = <T>(name: keyof LookupValues, use: (written: string) => T | undefined): T | undefined => {
		const written = textIn(values[name]);
		if (written === undefined) {
			if (isThere(values[name])) leftOut.push(name);
			return undefined;
		}
		const found = use(written);
		if (found === undefined) leftOut.push(name);
		return found;
	};

	const phone = read('phone', (written) => phoneIn(written, rules));
	const email = read('email', emailOf);
	const externalId = read('customUserId', (written) => idIn(written));
	// An id that is none of Kustomer's is one that the platform has made up for the time being (rule U3).
	const accountId = read('accountId', kustomerIdIn);
	const recordId = read('recordId', kustomerIdIn);
	const kind = kindOf(textIn(values.channel), textIn(values.type));
	read('channel', (written) => kindOf(written, undefined));
	read('type', sessionTypeOf);
	const session = read('sessionId', (written) => sessionIn(written, kind, rules.externalIdPrefix));
	const queues = [
		read('menuPath', (written) => written.trim()),
		read('menuId', (written) => idIn(written)),
	].filter((name) => name !== undefined);
	const userId = externalId ?? accountId;
	return {
		...(phone === undefined ? {} : { phone }),
		...(email === undefined ? {} : { email }),
		...(externalId === undefined ? {} : { externalId }),
		...(accountId === undefined ? {} : { accountId }),
		...(recordId === undefined ? {} : { recordId }),
		...(session === undefined ? {} : { session }),
		queues,
		channels: channelsOf(kind, textIn(values.type)),
		words: withoutEmpty({ search: phone ?? email ?? externalId, phone, email, userId }),
		leftOut,
	};
}

/** One text out of a value; of several in a list, which a query with repeated names gives, the first that says something. */
function textIn(value: unknown): string | undefined {
	if (Array.isArray(value))
		return value
			.slice(0, 20)
			.map(textIn)
			.find((text) => text !== undefined);
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string' || value.length > LONGEST) return undefined;
	return value.trim() === '' || UNREPLACED.test(value) ? undefined : value;
}

/** Whether somebody has written a value, whatever it is. */
function isThere(value: unknown): boolean {
	if (value === undefined || value === null) return false;
	return typeof value !== 'string' || !(value.trim() === '' || UNREPLACED.test(value));
}

function phoneIn(written: string, { defaultCountry, ownNumbers }: LookupRules): string | undefined {
	// As it came: a plus that nobody has encoded arrives as a blank in front of the digits.
	const result = normalizePhone(written, { defaultCountry, ownNumbers: [...ownNumbers] });
	return result.kind === 'number' ? result.e164 : undefined;
}

function idIn(written: string): string | undefined {
	const id = written.trim();
	return isId(id) && id.length <= 256 ? id : undefined;
}

function kustomerIdIn(written: string): string | undefined {
	const id = written.trim();
	return isKustomerId(id) ? id.toLowerCase() : undefined;
}

/** `voice_call` and `chat`, else what the kind of session says. */
function kindOf(channel: string | undefined, type: string | undefined): SessionKind | undefined {
	const word = channel?.toLowerCase() ?? '';
	if (/voice|call/.test(word)) return 'call';
	if (/chat|sms|whatsapp|messag/.test(word)) return 'chat';
	const known = sessionTypeOf(type);
	if (known === undefined) return undefined;
	return known.channel === 'voice' ? 'call' : 'chat';
}

function channelsOf(kind: SessionKind | undefined, type: string | undefined): Channel[] {
	const known = sessionTypeOf(type);
	if (kind === 'chat' && known !== undefined && known.channel !== 'voice') return [known.channel];
	return kind === undefined ? [] : CHANNELS[kind];
}

/** The external id of a session; written whole, it belongs to whatever platform it names. */
function sessionIn(written: string, kind: SessionKind | undefined, prefix: string): string | undefined {
	const id = written.trim();
	if (/^[\w.-]{1,100}:[\w.:-]{1,150}$/.test(id)) return id;
	const number = checked(() => sessionNumberOf(id, kind, 'Session ID'));
	if ('refused' in number) return undefined;
	return sessionExternalId({ source: 'ccaip', id: sessionNameOf(number.value) }, prefix);
}

function withoutEmpty(words: Lookup['words']): Lookup['words'] {
	return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
}
