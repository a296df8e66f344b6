/**
 * What an administrator sets under "Custom CRM" > "Generic API" in CCAI Platform, and what a session gives the variables.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js';

import type { EndpointName } from '../../../lib/crm-api/request';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** How the parameters stand in the body of a POST, PUT or PATCH. */
export type DataFormat = { kind: 'property' } | { kind: 'map' | 'array'; container: string };

/** One endpoint of the settings. */
export interface EndpointSettings {
	method: Method;
	/** Below the base URL; may hold variables: `account/{ACCOUNT_ID}`. */
	path: string;
	/** Names as the administrator chose them, values with variables and functions. */
	parameters: Readonly<Record<string, string>>;
	dataFormat: DataFormat;
	/** "Response Data Location": names of objects, from the outside in; numbers are places in a list. */
	responseLocation: readonly string[];
}

export const PLATFORM_PHONE_FORMATS = [
	'automatic',
	'e164',
	'usLocal',
	'usLocalStandard',
	'international',
] as const;
export type PlatformPhoneFormat = (typeof PLATFORM_PHONE_FORMATS)[number];

export interface CrmApiPlatformSettings {
	/** Those that are left out are not configured. */
	endpoints: Readonly<Partial<Record<EndpointName, EndpointSettings>>>;
	phoneFormat: PlatformPhoneFormat;
	/** Seconds, 1 to 10. */
	timeoutSeconds: number;
	/** "Re-use existing records". */
	reuseRecords: boolean;
	uploadType: 'multipart' | 'base64';
	/** Name of the parameter with the file. */
	fileParameter: string;
	/** "Convert text to HTML" of the comments. */
	htmlComments: boolean;
	/** Headers that show who asks: Basic, pairs of the administrator's choice, or a bearer token that was fetched. */
	authenticate: () => Promise<Record<string, string>> | Record<string, string>;
	/** assumes: what is sent for a variable without a value is not documented. */
	missingVariables: 'dropped' | 'empty' | 'unreplaced';
}

/** Who calls or writes. */
export interface SimulatedCustomer {
	/** E.164; undefined when withheld. */
	phone?: string;
	name?: string;
	email?: string;
	/** As app or website call them. */
	identifier?: string;
}

/** One call or chat. */
export interface SimulatedSession {
	kind: 'call' | 'chat';
	id: number;
	customer: SimulatedCustomer;
	agent?: { id: number; email: string; customId?: string };
	/** From the top to the leaf. */
	menu: readonly string[];
	queueId: number;
	language: string;
	/** For example "Voice Inbound (IVR)". */
	sessionType: string;
	direction: 'incoming' | 'outgoing';
	/** E.164. */
	supportNumber: string;
	subject: string;
	description: string;
}

/** What becomes known in the course of a session. */
export interface SessionFacts {
	accountId?: string;
	recordId?: string;
	comment?: string;
	rating?: number;
	feedback?: string;
	/** Seconds. */
	callDuration?: number;
	holdTime?: number;
	waitTime?: number;
	disconnectedBy?: string;
}

/** Values of the variables, without braces; those without a value are undefined. */
export function variablesOf(
	session: SimulatedSession,
	facts: SessionFacts,
	{ phoneFormat, isSearch }: { phoneFormat: PlatformPhoneFormat; isSearch: boolean },
): Readonly<Record<string, string | undefined>> {
	const { customer, agent, kind } = session;
	const [first, ...others] = (customer.name ?? '').split(' ').filter((part) => part !== '');
	const phone = customer.phone === undefined ? undefined : formatted(customer.phone, phoneFormat, isSearch);
	const line = formatted(session.supportNumber, phoneFormat, isSearch);
	return {
		AGENT_ID: agent?.id.toString(),
		AGENT_CUSTOM_ID: agent?.customId,
		CUSTOM_AGENT_ID: agent?.customId,
		AGENT_EMAIL: agent?.email,
		NAME: customer.name,
		FIRST_NAME: first,
		LAST_NAME: others.length > 0 ? others.join(' ') : '--',
		UJET_ID: `${session.id}7`,
		EMAIL: customer.email,
		SESSION_TYPE: session.sessionType,
		PHONE_NUMBER: phone,
		CUSTOMER_PHONE_NUMBER: phone,
		Call_ID: kind === 'call' ? String(session.id) : undefined,
		Chat_ID: kind === 'chat' ? String(session.id) : undefined,
		LANG: session.language,
		CUSTOM_USER_ID: customer.identifier ?? customer.email?.split('@')[0],
		ACCOUNT_ID: facts.accountId,
		RECORD_ID: facts.recordId,
		SESSION_ID: String(session.id),
		MENU_PATH: session.menu.join('/'),
		OUTBOUND_PHONE_NUMBER: session.direction === 'outgoing' ? line : undefined,
		OUTBOUND_NUMBER: session.direction === 'outgoing' ? line : undefined,
		SUPPORT_PHONE_NUMBER: session.direction === 'incoming' ? line : undefined,
		QUEUE_NAME: session.menu.at(-1),
		QUEUE_ID: String(session.queueId),
		SDK_NAME: kind === 'chat' ? customer.name : undefined,
		SDK_EMAIL: kind === 'chat' ? customer.email : undefined,
		SDK_PHONE: kind === 'chat' ? customer.phone : undefined,
		SDK_IDENTIFIER: customer.identifier,
		SMART_ACTION_SESSION_ID: undefined,
		RATING: facts.rating?.toString(),
		FEEDBACK: facts.feedback,
		CALL_DURATION: minutes(facts.callDuration),
		HOLD_TIME: minutes(facts.holdTime),
		WAIT_TIME: minutes(facts.waitTime),
		DEVICE_TYPE: kind === 'chat' ? 'Web' : undefined,
		DISCONNECTED_BY: facts.disconnectedBy,
		CHANNEL: kind === 'call' ? 'voice_call' : 'chat',
		TICKET_SUBJECT: session.subject,
		TICKET_DESCRIPTION: session.description,
		TICKET_DESCRIPTION_HTML: `<p>${session.description}</p>`,
		COMMENT_BODY: facts.comment,
	};
}

function minutes(seconds: number | undefined): string | undefined {
	if (seconds === undefined) return undefined;
	return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * A number in a format of the settings.
 *
 * @param phone E.164
 * @param isSearch whether an account is looked for by it: "Automatic" writes it otherwise then
 */
export function formatted(phone: string, format: PlatformPhoneFormat, isSearch: boolean): string {
	const number = parsePhoneNumberFromString(phone);
	if (number === undefined) return phone;
	const { nationalNumber, countryCallingCode } = number;
	const isTenDigits = /^\d{10}$/.test(nationalNumber);
	const groups = isTenDigits
		? [nationalNumber.slice(0, 3), nationalNumber.slice(3, 6), nationalNumber.slice(6)]
		: number.formatInternational().split(' ').slice(1);
	switch (format) {
		case 'e164':
			return phone;
		case 'usLocal':
			return nationalNumber;
		case 'usLocalStandard':
			return `(${groups[0] ?? ''}) ${groups.slice(1).join('-')}`;
		case 'automatic':
			if (isSearch) return groups.map((group) => `*${group}`).join('');
			return `+${countryCallingCode} ${groups.join(' ')}`;
		case 'international':
			return `+${countryCallingCode} ${groups.join(' ')}`;
	}
}
