/**
 * The message that stands for a session in the customer's timeline, as agents see it.
 */
import { effectiveOutcome, isOver, wasServedByVirtualAgent } from '../../domain/session-record';
import type { Channel, Session } from '../../domain/session';
import { cutText, readSession } from '../../domain/session-shape';
import {
	agentWords,
	callType,
	durationWords,
	menuWords,
	oneLine,
	phoneWords,
	queueWords,
	sessionWords,
	startOf,
	timeWords,
} from './session-words';

/** Kustomer's limit for the subject of a message. */
const LONGEST_SUBJECT = 256;
/** The timeline shows no more of it. */
const LONGEST_PREVIEW = 500;

export interface MessageSummary {
	/** For example "Incoming call from +493012345678, 2026-11-22 14:05". At most 256 characters. */
	subject: string;
	/** For example "Incoming call, answered by Kim Lee, 3 min 5 s, queue Orders / Delivery". At most 500 characters. */
	preview: string;
	direction: 'in' | 'out';
	status: 'received' | 'sent';
	channel: Channel;
	/** When the session began. ISO 8601. */
	sentAt?: string;
}

/**
 * Sums up a session for the timeline. Throws nothing.
 *
 * @param options.phone the customer's number as E.164, when it is known
 * @param options.timeZone IANA name
 */
export function messageSummary(
	session: Session,
	options: { phone?: string; timeZone: string },
): MessageSummary {
	const known = readSession(session) ?? { source: '', id: '', channel: 'voice', endUser: {} };
	const direction = known.direction === 'out' ? 'out' : 'in';
	const sentAt = startOf(known);
	return {
		subject: cutText(subjectOf(known, options), LONGEST_SUBJECT),
		preview: cutText(previewOf(known), LONGEST_PREVIEW),
		direction,
		status: direction === 'out' ? 'sent' : 'received',
		channel: known.channel,
		...(sentAt === undefined ? {} : { sentAt }),
	};
}

function subjectOf(session: Session, { phone, timeZone }: { phone?: string; timeZone: string }): string {
	const number = phoneWords(session, phone);
	const toward = session.direction === 'out' ? 'to' : 'from';
	const time = timeWords(startOf(session), timeZone);
	return listed(`${callType(session)}${number === undefined ? '' : ` ${toward} ${number}`}`, time);
}

function previewOf(session: Session): string {
	const queue = queueWords(session.queue) ?? menuWords(session);
	return listed(
		sessionWords(session),
		...(isOver(session) ? endWords(session) : [stateWords(session)]),
		queue === undefined ? undefined : `queue ${queue}`,
	);
}

/** How it ended, and how long it took. */
function endWords(session: Session): Array<string | undefined> {
	const agent = agentWords(session.agent);
	const virtual = wasServedByVirtualAgent(session) ? ` by a virtual agent${nameOf(session)}` : '';
	const by = agent === undefined ? virtual : ` by ${agent}`;
	const wait = durationWords(session.waitTime);
	const after = wait === undefined ? undefined : `after ${wait} of waiting`;
	const duration = durationWords(session.duration);
	switch (effectiveOutcome(session)) {
		case 'answered':
			return [session.direction === 'out' ? `made${by}` : `answered${by}`, duration];
		case 'voicemail':
			return [voicemailWords(session)];
		case 'abandoned':
			return ['abandoned before an agent answered', after];
		case 'missed':
			return ['missed: nobody answered', after];
		case 'failed':
			return ['failed'];
		case 'deflected':
			return ['deflected'];
		default:
			return ['ended', duration];
	}
}

function nameOf({ virtualAgent }: Session): string {
	const name = virtualAgent?.name === undefined ? '' : oneLine(virtualAgent.name);
	return name === '' ? '' : ` (${name})`;
}

function voicemailWords({ voicemail }: Session): string {
	if (voicemail === undefined || voicemail.status === 'left') return 'voicemail left';
	const agent = agentWords(voicemail.agent);
	return `voicemail ${voicemail.status}${agent === undefined ? '' : ` by ${agent}`}`;
}

/** How far it has come. */
function stateWords(session: Session): string {
	const agent = agentWords(session.agent);
	const outcome = effectiveOutcome(session);
	if (outcome === 'voicemail') return voicemailWords(session);
	switch (session.state) {
		case 'queued':
			return 'waiting';
		case 'assigned':
			return agent === undefined ? 'assigned' : `assigned to ${agent}`;
		case 'connected':
			return agent === undefined ? 'connected' : `connected with ${agent}`;
		default:
			return 'started';
	}
}

function listed(...texts: Array<string | undefined>): string {
	return texts.filter((text) => text !== undefined && text !== '').join(', ');
}
