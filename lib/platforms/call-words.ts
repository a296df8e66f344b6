/** The words with which platforms describe a call, and what they mean in a session. Case and punctuation do not matter. */
import {
	SESSION_STATES,
	type Channel,
	type Direction,
	type Outcome,
	type SessionState,
} from '../domain/session';

const STATES: Readonly<Record<string, SessionState>> = {
	init: 'started',
	scheduled: 'started',
	started: 'started',
	created: 'started',
	selecting: 'started',
	ringing: 'started',
	inprogress: 'started',
	established: 'started',
	queued: 'queued',
	waiting: 'queued',
	assigned: 'assigned',
	connecting: 'assigned',
	bridged: 'connected',
	connected: 'connected',
	answered: 'connected',
	talking: 'connected',
	ended: 'ended',
	completed: 'ended',
	finished: 'ended',
	hangup: 'ended',
	disconnected: 'ended',
	terminated: 'ended',
	closed: 'ended',
	canceled: 'ended',
	cancelled: 'ended',
	abandoned: 'ended',
	missed: 'ended',
	busy: 'ended',
	noanswer: 'ended',
	purged: 'ended',
	failed: 'ended',
};

const DIRECTIONS: Readonly<Record<string, Direction>> = {
	in: 'in',
	inbound: 'in',
	incoming: 'in',
	inboundcall: 'in',
	incomingcall: 'in',
	out: 'out',
	outbound: 'out',
	outgoing: 'out',
	outboundcall: 'out',
	outgoingcall: 'out',
	dialer: 'out',
	internal: 'internal',
};

const OUTCOMES: Readonly<Record<string, Outcome>> = {
	answered: 'answered',
	abandoned: 'abandoned',
	missed: 'missed',
	unanswered: 'missed',
	noanswer: 'missed',
	busy: 'missed',
	timeout: 'missed',
	declined: 'missed',
	voicemail: 'voicemail',
	failed: 'failed',
	unreachable: 'failed',
	networkunreachable: 'failed',
	unallocatednumber: 'failed',
	invalidnumber: 'failed',
	deflected: 'deflected',
};

const CHANNELS: Readonly<Record<string, Channel>> = {
	voice: 'voice',
	call: 'voice',
	phone: 'voice',
	chat: 'chat',
	messaging: 'chat',
	webchat: 'chat',
	sms: 'sms',
	whatsapp: 'whatsapp',
};

export const stateOf = (word: string | undefined) => meaning(STATES, word);
export const directionOf = (word: string | undefined) => meaning(DIRECTIONS, word);
export const outcomeOf = (word: string | undefined) => meaning(OUTCOMES, word);
export const channelOf = (word: string | undefined) => meaning(CHANNELS, word);

/** The state that lies further to the right: a session only moves forward. */
export function furthest(...states: Array<SessionState | undefined>): SessionState | undefined {
	return SESSION_STATES.findLast((state) => states.includes(state));
}

function meaning<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
	const key = (word ?? '')
		.slice(0, 100)
		.toLowerCase()
		.replace(/[^a-z]/g, '');
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
