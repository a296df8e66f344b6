/**
 * The kinds of session that CCAI Platform knows, under every name that they have had (rules D7, D8). The vocabulary is
 * open: new kinds appear, and one that is not known here keeps its own name.
 *
 * Current names: https://docs.cloud.google.com/contact-center/ccai-platform/docs/Standard_Reports; earlier ones:
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/crm-session-metadata
 */
import type { Channel, Direction, Origin } from '../../domain/session';
import { directionOf } from '../call-words';

export interface SessionType {
	/** The current name, for example "Voice Inbound (IVR)". */
	name: string;
	channel: Channel;
	/** Absent for a type that is not known and does not name one. */
	direction?: Direction;
	origin?: Origin;
	/** True when the call had been asked for at a certain time. */
	scheduled?: boolean;
}

type Facts = [channel: Channel, direction: Direction | undefined, origin?: Origin, scheduled?: boolean];

/** Current name, what it says, and other names as {@link words} writes them. */
const TYPES: ReadonlyArray<readonly [name: string, facts: Facts, ...otherNames: string[]]> = [
	['Voice Inbound (IVR)', ['voice', 'in', 'phone'], 'voice inbound', 'ivr', 'ivr call', 'incoming call'],
	[
		'Voice Inbound (IVR via Mobile)',
		['voice', 'in', 'phone'],
		'ivr call mobile',
		'ivr via mobile',
		'voice inbound ivr mobile',
	],
	['Voice Inbound (Mobile)', ['voice', 'in', 'app'], 'incoming call mobile'],
	[
		'Voice Callback (Web)',
		['voice', 'in', 'web'],
		'voice callback',
		'voice inbound web',
		'incoming call web',
		'web callback',
	],
	['Voice Inbound (API)', ['voice', 'in', 'api'], 'incoming call api'],
	['Voice Inbound (Direct)', ['voice', 'in', 'phone']],
	['Voice Inbound (Extension)', ['voice', 'in', 'phone']],
	['Voice Scheduled (Mobile)', ['voice', 'in', 'app', true], 'scheduled call mobile'],
	['Voice Scheduled (Web)', ['voice', 'in', 'web', true], 'scheduled call web'],
	// Placed by the dialer for a campaign, or by another system at a time that it names.
	['Voice Scheduled (API)', ['voice', 'out', 'api', true], 'scheduled call api'],
	['Voice Outbound', ['voice', 'out', 'phone'], 'outbound call', 'outgoing call', 'voice outbound phone'],
	['Voice Outbound (API)', ['voice', 'out', 'api'], 'outbound call api', 'outgoing call api'],
	['Voice Outbound (Direct)', ['voice', 'out', 'phone']],
	['Voice Outbound (UCaaS)', ['voice', 'out', 'phone']],
	[
		'Voice Campaign',
		['voice', 'out', 'phone'],
		'campaign',
		'campaign call',
		'voice outbound campaign',
		'voice campaign outbound',
	],
	['Voice Internal', ['voice', 'internal'], 'internal call'],
	['Voicemail', ['voice', 'in', 'phone'], 'voice mail', 'voice voicemail'],
	[
		'Messaging Inbound (Mobile Chat)',
		['chat', 'in', 'app'],
		'mobile',
		'in mobile',
		'mobile chat',
		'messaging mobile',
		'messaging mobile chat',
		'messaging inbound mobile',
	],
	[
		'Messaging Inbound (Web Chat)',
		['chat', 'in', 'web'],
		'web',
		'in web',
		'web chat',
		'messaging web',
		'messaging web chat',
		'messaging inbound web',
	],
	['Messaging Inbound (SMS)', ['sms', 'in', 'phone'], 'sms', 'messaging sms', 'sms inbound', 'inbound sms'],
	['Messaging Inbound (SMS Direct)', ['sms', 'in', 'phone'], 'messaging sms direct'],
	['Messaging Outbound (SMS)', ['sms', 'out', 'phone'], 'sms outbound', 'outbound sms'],
	['Messaging Outbound (SMS via API)', ['sms', 'out', 'api'], 'messaging outbound sms api'],
	['Messaging Outbound (SMS Direct)', ['sms', 'out', 'phone']],
	['Messaging Outbound (SMS Direct via API)', ['sms', 'out', 'api'], 'messaging outbound sms direct api'],
	['Messaging (WhatsApp)', ['whatsapp', 'in', 'phone'], 'whatsapp', 'messaging inbound whatsapp'],
];

/** Words that mean the same. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
	['using', 'via'],
	['by', 'via'],
	['app', 'mobile'],
	['pstn', 'ivr'],
]);

const BY_WORDS: ReadonlyMap<string, SessionType> = new Map(
	TYPES.flatMap(([name, facts, ...otherNames]) =>
		[words(name), ...otherNames].map((key) => [key, typeOf(name, facts)] as const),
	),
);

/** Longer than any kind of session; what follows is not read. */
const LONGEST_NAME = 256;

/**
 * Understands the name of a kind of session: current ones ("Voice Inbound (Mobile)"), earlier ones ("Voice Inbound
 * (App)"), other spellings ("IVR using Mobile", "Voice Campaign (UJET)"), Kustomer's tags ("Voice Inbound - IVR") and the
 * words of look-up URLs ("IVR_Call", "IncomingCall(app)").
 *
 * @returns undefined when there is no name; for a name that is not known, what its words say
 */
export function sessionTypeOf(word: string | undefined): SessionType | undefined {
	if (typeof word !== 'string') return undefined;
	const name = word.slice(0, LONGEST_NAME).replace(/\s+/g, ' ').trim();
	if (name === '') return undefined;
	const key = words(name);
	return BY_WORDS.get(key) ?? guess(name, new Set(key.split(' ')));
}

/** What an unknown name says about itself. Without a word for the channel it is a call. */
function guess(name: string, said: ReadonlySet<string>): SessionType {
	const says = (...options: string[]) => options.some((option) => said.has(option));
	let channel: Channel = 'voice';
	if (says('whatsapp')) channel = 'whatsapp';
	else if (says('sms')) channel = 'sms';
	else if (says('messaging', 'message', 'chat', 'webchat')) channel = 'chat';
	let direction = directionOf(name);
	if (says('campaign')) direction ??= 'out';
	if (says('ivr', 'voicemail', 'scheduled', 'callback')) direction ??= 'in';
	let origin: Origin | undefined;
	if (says('api')) origin = 'api';
	else if (says('ivr', 'sms', 'whatsapp')) origin = 'phone';
	else if (says('mobile')) origin = 'app';
	else if (says('web', 'webchat')) origin = 'web';
	return typeOf(name, [channel, direction, origin, says('scheduled')]);
}

function typeOf(name: string, [channel, direction, origin, scheduled]: Facts): SessionType {
	return {
		name,
		channel,
		...(direction === undefined ? {} : { direction }),
		...(origin === undefined ? {} : { origin }),
		...(scheduled === true ? { scheduled } : {}),
	};
}

/** The words of a name in one spelling: "IVRCall(app)" is `ivr call mobile`. */
function words(name: string): string {
	return name
		.toLowerCase()
		.replace(/\(ujet\)/g, ' ')
		.replace(/call(?!back)/g, ' call ')
		.split(/[^\p{L}\p{N}]+/u)
		.map((word) => SPELLINGS.get(word) ?? word)
		.filter((word) => word !== '')
		.join(' ');
}
