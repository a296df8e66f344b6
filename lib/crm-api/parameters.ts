/**
 * Everything that a request may say, each once (rules G1, G6): its name, the variables of CCAI Platform that fill it, other names
 * that administrators give it, and the schema that reads its text. Checks, error texts, examples and docs/crm-api.md come from
 * this table. Case, `_`, `-` and blanks in names make no difference.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 */
import * as v from 'valibot';

import { emailOf } from '../domain/email-address';
import { isKustomerId } from '../domain/kustomer-id';
import { isId } from '../domain/no-id';
import type { Channel, Direction } from '../domain/session';
import { channelOf, directionOf } from '../platforms/call-words';
import { Fields } from '../platforms/fields';

/** A schema that makes a value of a text. Its messages complete "The parameter 'rating' …". */
type Schema<Value> = v.GenericSchema<string, Value>;

interface Definition<Value> {
	/** Further names, beside its own and those of its variables. */
	also?: readonly string[];
	/** Names of the platform's variables that fill it, without braces. */
	variables?: readonly string[];
	/** For the administrator; one sentence. */
	description: string;
	/** As it arrives. */
	example: string;
	schema: Schema<Value>;
}

/** Reads a text; what it gives no value for is refused with the message. */
function readBy<Value>(read: (text: string) => Value | undefined, message: string): Schema<Value> {
	return v.pipe(
		v.string(),
		v.rawTransform<string, Value>(({ dataset, addIssue, NEVER }) => {
			const value = read(dataset.value);
			if (value !== undefined) return value;
			addIssue({ message });
			return NEVER;
		}),
	);
}

const LONGEST_NAME = 256;

/** A name, a word or an id of the platform. */
const word = v.pipe(
	v.string(),
	v.trim(),
	v.maxLength(LONGEST_NAME, `has more than ${LONGEST_NAME} characters`),
);
/** What people write. */
const text = v.pipe(v.string(), v.trim());
const kustomerId = readBy(
	(written) => (isKustomerId(written.trim()) ? written.trim().toLowerCase() : undefined),
	'is not an ID of Kustomer: those have 24 characters, 0 to 9 and a to f',
);
/** An id of the platform: no word for "none". */
const platformId = v.pipe(
	word,
	v.check<string, string>((id) => isId(id), 'is not an ID, but a word for none'),
	v.regex(/^[^\s\p{Cc}]+$/u, 'has blanks or control characters in it, so it is not an ID'),
);
const email = readBy(emailOf, 'is not one email address');
const seconds = readBy(
	(written) => new Fields({ written }).seconds('written'),
	'is not a duration such as 02:35 (minutes and seconds) or a number of seconds',
);
const LOWEST_RATING = 1;
const HIGHEST_RATING = 5;
const rating = readBy((written) => {
	const number = Number(written.trim() || Number.NaN);
	return number >= LOWEST_RATING && number <= HIGHEST_RATING ? number : undefined;
}, `is not a number from ${LOWEST_RATING} to ${HIGHEST_RATING}`);
const channel = readBy<Channel>(channelOf, 'is neither PHONE nor CHAT');
const direction = readBy<Direction>(directionOf, 'is neither incoming nor outgoing');

/** A name of a person without what stands for a missing part (rule G6): `--` is no last name. */
const personName = v.pipe(word, v.transform(withoutMissingParts));

function parameter<Value>(definition: Definition<Value>): Definition<Value> {
	return definition;
}

/** By name, in the order of the documentation. */
export const PARAMETERS = {
	id: parameter({
		description:
			'ID of the account or of the record that the endpoint is about, as an earlier answer gave it. It may also be the last part of the path.',
		example: '5f0c1a2b3d4e5f6071829304',
		schema: kustomerId,
	}),
	contactId: parameter({
		also: ['customerId', 'account', 'contact'],
		variables: ['ACCOUNT_ID'],
		description: 'ID of the account: the Kustomer customer.',
		example: '5f0c1a2b3d4e5f6071829304',
		schema: kustomerId,
	}),
	recordId: parameter({
		also: ['ticketId', 'caseId', 'conversationId', 'record', 'ticket'],
		variables: ['RECORD_ID'],
		description: 'ID of the record: the Kustomer conversation.',
		example: '5f0c1a2b3d4e5f6071829305',
		schema: kustomerId,
	}),
	query: parameter({
		also: ['q', 'search', 'searchQuery', 'criteria', 'filter', 'where'],
		description:
			'Conditions as the functions CONCAT_OR and CONCAT_AND write them, about phone, email, id or identifier.',
		example: '(Phone:equals:+12223334444) or (Email:equals:kim@example.com)',
		schema: text,
	}),
	phone: parameter({
		also: [
			'customerPhone',
			'endUserPhone',
			'endUserPhoneNumber',
			'mobile',
			'mobilePhone',
			'telephone',
			'ani',
		],
		variables: ['PHONE_NUMBER', 'CUSTOMER_PHONE_NUMBER'],
		description: "The customer's number, in any of the platform's formats.",
		example: '+12223334444',
		schema: word,
	}),
	email: parameter({
		also: ['emailAddress', 'mail', 'customerEmail', 'endUserEmail'],
		variables: ['EMAIL'],
		description: "The customer's email address.",
		example: 'kim@example.com',
		schema: email,
	}),
	name: parameter({
		also: ['fullName', 'customerName', 'endUserName', 'displayName'],
		variables: ['NAME'],
		description: "The customer's name.",
		example: 'Kim Lee',
		schema: personName,
	}),
	firstName: parameter({
		variables: ['FIRST_NAME'],
		description: "The customer's first name; used where there is no whole name.",
		example: 'Kim',
		schema: personName,
	}),
	lastName: parameter({
		variables: ['LAST_NAME'],
		description: "The customer's last name; the platform writes -- where there is none.",
		example: 'Lee',
		schema: personName,
	}),
	identifier: parameter({
		also: ['endUserIdentifier'],
		variables: ['SDK_IDENTIFIER'],
		description:
			'What the app or website calls the customer. It becomes the external ID of the Kustomer customer; needed to create an account for users of the SDKs.',
		example: 'user-8812',
		schema: platformId,
	}),
	customUserId: parameter({
		also: ['cuid', 'customUid'],
		variables: ['CUSTOM_USER_ID'],
		description:
			'The same, where there is no SDK identifier. For mobile users the platform writes the left side of the email address here, which many people share: then the address counts.',
		example: 'test.user3',
		schema: platformId,
	}),
	endUserId: parameter({
		also: ['externalId'],
		variables: ['UJET_ID'],
		description: "The platform's own ID of the customer.",
		example: '4417',
		schema: platformId,
	}),
	sdkName: parameter({
		variables: ['SDK_NAME'],
		description: 'Name, as app or website gave it; used where there is no other.',
		example: 'Kim Lee',
		schema: personName,
	}),
	sdkEmail: parameter({
		variables: ['SDK_EMAIL'],
		description: 'Email address, as app or website gave it; used where there is no other.',
		example: 'kim@example.com',
		schema: email,
	}),
	sdkPhone: parameter({
		variables: ['SDK_PHONE'],
		description: 'Number, as app or website gave it; used where there is no other.',
		example: '+12223334444',
		schema: word,
	}),
	callId: parameter({
		also: ['call'],
		variables: ['Call_ID'],
		description: 'ID of the call. It makes all that is told of the call one session.',
		example: '4711',
		schema: platformId,
	}),
	chatId: parameter({
		also: ['chat'],
		variables: ['Chat_ID'],
		description: 'ID of the chat, likewise.',
		example: '987',
		schema: platformId,
	}),
	sessionId: parameter({
		also: ['session'],
		variables: ['SESSION_ID'],
		description: 'ID of the session, where neither call nor chat ID is sent.',
		example: '4711',
		schema: platformId,
	}),
	sourceType: parameter({
		also: ['source'],
		variables: ['CHANNEL'],
		description: 'Whether it is a call or a chat: PHONE or CHAT; voice_call and chat are understood as well.',
		example: 'PHONE',
		schema: channel,
	}),
	sessionType: parameter({
		also: ['callType', 'chatType', 'type'],
		variables: ['SESSION_TYPE'],
		description: 'Kind of call or chat.',
		example: 'Voice Inbound (IVR)',
		schema: word,
	}),
	direction: parameter({
		also: ['callDirection'],
		description: 'incoming or outgoing.',
		example: 'outgoing',
		schema: direction,
	}),
	language: parameter({
		also: ['locale'],
		variables: ['LANG'],
		description: 'Language of the session.',
		example: 'en',
		schema: word,
	}),
	menu: parameter({
		also: ['queuePath'],
		variables: ['MENU_PATH'],
		description: 'What the customer chose in the menu, from the top to the leaf.',
		example: 'Orders/Order confirmation',
		schema: v.pipe(v.string(), v.trim()),
	}),
	queue: parameter({
		variables: ['QUEUE_NAME'],
		description: 'Queue in which the session is.',
		example: 'Order confirmation',
		schema: word,
	}),
	queueId: parameter({
		variables: ['QUEUE_ID'],
		description: 'ID of that queue.',
		example: '26',
		schema: platformId,
	}),
	supportNumber: parameter({
		also: ['line', 'companyNumber'],
		variables: ['SUPPORT_PHONE_NUMBER'],
		description: "The company's number that was called.",
		example: '+12225550100',
		schema: word,
	}),
	outboundNumber: parameter({
		variables: ['OUTBOUND_PHONE_NUMBER', 'OUTBOUND_NUMBER'],
		description: "The company's number from which the call was made.",
		example: '+12225550100',
		schema: word,
	}),
	agentId: parameter({
		also: ['agent'],
		variables: ['AGENT_ID'],
		description: "The platform's ID of the agent.",
		example: '11',
		schema: platformId,
	}),
	agentCustomId: parameter({
		variables: ['AGENT_CUSTOM_ID', 'CUSTOM_AGENT_ID'],
		description:
			"Custom ID in the agent's profile; in the form of Kustomer's IDs it names the Kustomer user.",
		example: '5f0c1a2b3d4e5f6071829306',
		schema: platformId,
	}),
	agentEmail: parameter({
		variables: ['AGENT_EMAIL'],
		description: 'Email address of the agent, by which the Kustomer user is found.',
		example: 'ana@example.com',
		schema: email,
	}),
	subject: parameter({
		also: ['title', 'recordSubject'],
		variables: ['TICKET_SUBJECT'],
		description: 'Title of the record.',
		example: 'Call about order 4711',
		schema: text,
	}),
	description: parameter({
		also: ['recordDescription', 'descriptionHtml', 'details'],
		variables: ['TICKET_DESCRIPTION', 'TICKET_DESCRIPTION_HTML'],
		description: 'Description of the record, text or HTML. Each one becomes one note.',
		example: 'A longer description of the record',
		schema: text,
	}),
	comment: parameter({
		also: ['note', 'message', 'text', 'body', 'content'],
		variables: ['COMMENT_BODY'],
		description: 'Text or HTML of the comment.',
		example: 'The call has ended.',
		schema: text,
	}),
	rating: parameter({
		also: ['csat', 'csatRating', 'score'],
		variables: ['RATING'],
		description: 'What the customer gave, 1 to 5.',
		example: '5',
		schema: rating,
	}),
	feedback: parameter({
		also: ['csatComment', 'ratingComment'],
		variables: ['FEEDBACK'],
		description: 'What the customer wrote about it.',
		example: 'the agent was great!',
		schema: text,
	}),
	callDuration: parameter({
		also: ['duration'],
		variables: ['CALL_DURATION'],
		description: 'Length of the session; it is over then.',
		example: '02:35',
		schema: seconds,
	}),
	holdTime: parameter({
		variables: ['HOLD_TIME'],
		description: 'Time on hold.',
		example: '00:20',
		schema: seconds,
	}),
	waitTime: parameter({
		variables: ['WAIT_TIME'],
		description: 'Time before an agent answered.',
		example: '00:45',
		schema: seconds,
	}),
	disconnectedBy: parameter({
		variables: ['DISCONNECTED_BY'],
		description: 'Who ended the session; it is over then.',
		example: 'end_user',
		schema: word,
	}),
	deviceType: parameter({
		variables: ['DEVICE_TYPE'],
		description: "What the customer's app or website runs on.",
		example: 'iOS',
		schema: word,
	}),
	smartActionSessionId: parameter({
		variables: ['SMART_ACTION_SESSION_ID'],
		description: 'ID of the SmartAction session; kept with the session.',
		example: '36',
		schema: platformId,
	}),
	fileName: parameter({
		description: 'Name of the file, where the file itself has none.',
		example: 'call-4711.mp3',
		schema: word,
	}),
	contentType: parameter({
		also: ['mimeType', 'fileType'],
		description: 'Type of the file, where the request does not say it otherwise.',
		example: 'audio/mpeg',
		schema: v.pipe(word, v.regex(/^[\w.+-]+\/[\w.+-]+/, 'is not a type such as audio/mpeg')),
	}),
} as const;

export type ParameterName = keyof typeof PARAMETERS;

type ValueOf<Name extends ParameterName> =
	(typeof PARAMETERS)[Name] extends Definition<infer Value> ? Value : never;

/** What a request says, read. */
export type Told = { readonly [Name in ParameterName]?: ValueOf<Name> };

/** A parameter that was sent and cannot be read. */
export interface Unread {
	parameter: ParameterName;
	/** Completes "The parameter 'rating' …". */
	why: string;
}

/** Every parameter, in the order of the documentation. */
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as ParameterName[];

/** Names under which a parameter is understood, its own first, then those of the platform's variables. */
export function namesOf(name: ParameterName): string[] {
	const { variables = [], also = [] }: Definition<unknown> = PARAMETERS[name];
	return [name, ...variables, ...also];
}

/**
 * Reads the fields of a request. Throws nothing: what cannot be read is told apart, and nobody misses a field that says nothing.
 *
 * @param fields names as the administrator has written them
 */
export function readParameters(fields: Readonly<Record<string, string>>): { told: Told; unread: Unread[] } {
	const sent = new Fields(fields);
	const told: Record<string, unknown> = {};
	const unread: Unread[] = [];
	for (const name of PARAMETER_NAMES) {
		const written = sent.value(...namesOf(name));
		if (typeof written !== 'string') continue;
		const read = v.safeParse(PARAMETERS[name].schema as Schema<unknown>, written);
		if (!read.success) unread.push({ parameter: name, why: read.issues[0].message });
		else if (read.output !== '') told[name] = read.output;
	}
	return { told: told as Told, unread };
}

/** What the platform writes where a name has no such part. */
const NO_PART = '--';

function withoutMissingParts(name: string): string {
	return name
		.split(/\s+/)
		.filter((part) => part !== NO_PART)
		.join(' ');
}
