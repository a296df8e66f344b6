/**
 * The words with which platforms describe a call, and what they mean in a session. Case, accents and punctuation do not
 * matter. A word that is not here means nothing: who asks reports it, and takes it for none of those that are.
 *
 * They are those of Twilio (https://www.twilio.com/docs/voice/api/call-resource), Vonage, Telnyx, Plivo, Exotel, Asterisk,
 * FreeSWITCH, Amazon Connect, Genesys Cloud, Aircall, Dialpad, RingCentral, Zoom Phone, 3CX, sipgate and CSTA, and of the
 * languages in which systems are set up.
 */
import { foldLetters, plainWord } from '../domain/plain-letters';
import {
	SESSION_STATES,
	type Channel,
	type Direction,
	type Outcome,
	type SessionState,
} from '../domain/session';

/** Words by what they mean, each as {@link plainWord} writes it. */
type Words<Meaning extends string> = Readonly<Partial<Record<Meaning, string>>>;

const STATES: Words<SessionState> = {
	started: `init initiated initiating scheduled started start created new selecting ring ringing alerting offering dialing
		dialling calling setup proceeding progress preanswer earlymedia inprogress established contacting`,
	queued: 'queued queueing queuing enqueued inqueue queue waiting',
	assigned: 'assigned connecting offered reserved',
	connected: `bridged connected connect answered answer accepted talking talk active speaking oncall incall up onhold hold held
		connectedtoagent`,
	ended: `ended end completed complete finished finish done hangup hungup hangupcomplete disconnected disconnect terminated
		released cleared closed gone canceled cancelled cancel abandoned abandon missed busy noanswer notanswered unanswered
		rejected declined timeout timedout purged failed failure error dropped unreachable over voicemail`,
};

const DIRECTIONS: Words<Direction> = {
	in: `in inbound incoming inboundcall incomingcall callin dialin received receive ingress inward trunkingoriginating
		eingehend eingehender ankommend entrant entrante entrantes appelentrant llamadaentrante recebida receptiva receptivo inkomend
		prichozi prijaty przychodzace przychodzacy inkommande indgaende gelen vkhodiashchii inentrata`,
	out: `out outbound outgoing outboundcall outgoingcall callout dialout outdial outward egress dialer dialled dialed placed
		made originate originated clicktocall click2call clickcall clicktodial click2dial c2c trunkingterminating preview
		progressive predictive powerdialer autodialer ausgehend ausgehender abgehend sortant appelsortant saliente llamadasaliente
		efetuada realizada saida uitgaand odchozi wychodzace wychodzacy utgaende udgaende giden iskhodiashchii inuscita uscita`,
	internal: `internal intern internalcall intercom exttoext ext2ext extensiontoextension agenttoagent
		agent2agent a2a stationtostation interno interna interne intra inhouse vnitrni wewnetrzne vnutrennii`,
};

/** Parts of longer words, such as `outbound-api`, that decide what the whole says. */
const DIRECTION_PARTS: Words<Direction> = {
	in: 'inbound incoming ingress',
	out: 'outbound outgoing egress outdial dialout dialer click2call clicktocall',
	internal: 'internal intercom',
};

const OUTCOMES: Words<Outcome> = {
	answered: 'answered answer connected success successful talked handled served bridged human',
	abandoned:
		'abandoned abandon abandonedinqueue abandonedinivr hungupinqueue lost callerhungup customerhungup',
	missed:
		'missed unanswered noanswer notanswered busy timeout timedout declined rejected nobody noagent noagents unavailable',
	voicemail: 'voicemail voicemailleft mailbox leftvoicemail vm',
	failed:
		'failed failure error unreachable networkunreachable unallocatednumber invalidnumber invalid congestion notfound',
	deflected: 'deflected forwarded redirected overflow overflowed diverted',
};

const CHANNELS: Words<Channel> = {
	voice: `voice call calls phone phonecall telephone telephony voicecall pstn sip voip webrtc audio video videocall callback
		inboundcall outboundcall`,
	chat: `chat messaging message messages webchat livechat web webmessaging webmessage facebook messenger facebookmessenger
		instagram telegram viber line wechat applebusiness applebusinesschat applemessages imessage rcs inapp mobilechat`,
	sms: 'sms mms text textmessage',
	whatsapp: 'whatsapp whatsappbusiness wa',
};

const STATE_WORDS = tableOf(STATES);
const DIRECTION_WORDS = tableOf(DIRECTIONS);
const DIRECTION_PART_WORDS = tableOf(DIRECTION_PARTS);
const OUTCOME_WORDS = tableOf(OUTCOMES);
const CHANNEL_WORDS = tableOf(CHANNELS);

export const stateOf = (word: string | undefined) => STATE_WORDS.get(plainWord(word));
export const outcomeOf = (word: string | undefined) => OUTCOME_WORDS.get(plainWord(word));
export const channelOf = (word: string | undefined) => CHANNEL_WORDS.get(plainWord(word));

/** The direction that a word names. Of one with parts, such as `outbound-api`, when its parts do not contradict each other. */
export function directionOf(word: string | undefined): Direction | undefined {
	const whole = DIRECTION_WORDS.get(plainWord(word));
	if (whole !== undefined) return whole;
	const parts = foldLetters((word ?? '').slice(0, LONGEST_WORD))
		.text.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
	const said = new Set(parts.flatMap((part) => DIRECTION_PART_WORDS.get(part) ?? []));
	// "internal outbound": an agent calls a colleague.
	if (said.has('internal')) return 'internal';
	return said.size === 1 ? [...said][0] : undefined;
}

const LONGEST_WORD = 100;

/** The state that lies further to the right: a session only moves forward. */
export function furthest(...states: Array<SessionState | undefined>): SessionState | undefined {
	return SESSION_STATES.findLast((state) => states.includes(state));
}

function tableOf<Meaning extends string>(words: Words<Meaning>): ReadonlyMap<string, Meaning> {
	return new Map(
		(Object.entries(words) as Array<[Meaning, string]>).flatMap(([meaning, all]) =>
			all.split(/\s+/).map((word) => [word, meaning] as const),
		),
	);
}
