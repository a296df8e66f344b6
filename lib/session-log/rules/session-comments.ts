/**
 * The comments that a session leaves on its conversation as notes, each fact once (rules C8, C11, C12, C14, C15, C20).
 */
import { IANAZone } from 'luxon';

import { linesOf } from '../../domain/custom-data';
import { plainWord } from '../../domain/plain-letters';
import {
	effectiveOutcome,
	entryKey,
	isOver,
	wasConnected,
	wasServedByVirtualAgent,
} from '../../domain/session-record';
import { readSession } from '../../domain/session-shape';
import type { Outcome, Session, Transfer, VoicemailStatus } from '../../domain/session';
import {
	agentWords,
	durationWords,
	menuWords,
	phoneWords,
	queueWords,
	sessionWords,
	timeWords,
} from './session-words';

/** Kinds of comment that people can switch on and off. */
export const COMMENT_KINDS = [
	'phone',
	'start',
	'transfer',
	'end',
	'voicemail',
	'rating',
	'disposition',
	'survey',
	'smartAction',
	'customData',
] as const;
export type CommentKind = (typeof COMMENT_KINDS)[number];

/** One comment. */
export interface Comment {
	kind: CommentKind;
	/** Names the fact within the session, for example `transfer:3`: the same fact has one note. At most 120 characters. */
	key: string;
	/** Plain text, at most 10 240 characters. */
	text: string;
	/** True when the text had to be cut. */
	shortened: boolean;
}

/** Most characters of a note in Kustomer. */
const LONGEST_NOTE = 10_240;

/** Scores that the platforms' own surveys give. */
const LOWEST_SCORE = 1;
const HIGHEST_SCORE = 5;

/** The first word of what is said of a voicemail. */
const VOICEMAIL_WORDS: Readonly<Record<VoicemailStatus, string>> = {
	left: 'The caller left a voicemail',
	read: 'The voicemail was read',
	dismissed: 'The voicemail was dismissed',
	returned: 'The voicemail was returned',
};

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
	answered: 'answered',
	abandoned: 'abandoned before an agent answered',
	missed: 'missed: nobody answered',
	voicemail: 'voicemail',
	failed: 'failed',
	deflected: 'deflected',
};

/**
 * The comments that the knowledge so far supports, one for each fact, in the order in which a session goes.
 *
 * A comment keeps its key while its text grows with the knowledge. Neither depends on the order in which it was gained.
 * Throws nothing.
 */
export function commentsOf(
	session: Session,
	options: {
		/** The customer's number as E.164, when it is known. */
		phone?: string;
		/** IANA name. */
		timeZone: string;
	},
): Comment[] {
	const known = readSession(session);
	if (known === undefined) return [];
	const at = (iso: string | undefined) => timeWithZone(iso, options.timeZone);
	return [
		...phoneComment(known, options.phone),
		...startComment(known, at),
		...transferComments(known, at),
		...endComment(known, at),
		...voicemailComments(known, at),
		...ratingComment(known, session.rating?.score),
		...dispositionComment(known),
		...surveyComment(known),
		...smartActionComments(known),
		...customDataComment(known),
	];
}

type TimeWords = (iso: string | undefined) => string | undefined;

function phoneComment(session: Session, e164: string | undefined): Comment[] {
	const phone = phoneWords(session, e164);
	if (phone !== undefined) return [comment('phone', 'phone', `Phone number: ${phone}`)];
	// A number that nobody has told is not known yet: that is no fact to write down.
	return session.channel === 'voice' && session.endUser.withheld === true
		? [comment('phone', 'phone:withheld', 'Phone number: withheld')]
		: [];
}

function startComment(session: Session, at: TimeWords): Comment[] {
	const time = at(session.startedAt);
	if (time === undefined) return [];
	return [
		comment(
			'start',
			'start',
			lines(
				`${sessionWords(session)} started on ${time}.`,
				line('Session ID', session.id),
				line('Menu selection', menuWords(session)),
				line('Language', session.language),
			),
		),
	];
}

/**
 * One for each transfer (rule C8). A platform may tell the same transfer twice: in an event without an id, and with one in
 * the metadata. Those that go from and to the same people and queues are counted in both, and the greater number holds.
 */
function transferComments({ transfers = [] }: Session, at: TimeWords): Comment[] {
	const sameWay = new Map<string, { withId: Transfer[]; without: Transfer[] }>();
	for (const transfer of transfers) {
		const way = `${partyKey(transfer.from)}>${partyKey(transfer.to)}`;
		const group = sameWay.get(way) ?? { withId: [], without: [] };
		(transfer.id === undefined ? group.without : group.withId).push(transfer);
		sameWay.set(way, group);
	}
	return [...sameWay].flatMap(([way, { withId, without }]) =>
		(withId.length >= without.length ? withId : without).map((transfer, index) => {
			const { from, to, status, escalation } = transfer;
			const time = at(transfer.at);
			const words = [
				escalation === true ? 'Escalated' : 'Transferred',
				...(time === undefined ? [] : [`on ${time}`]),
				...(partyWords(from) === undefined ? [] : [`from ${partyWords(from)}`]),
				...(partyWords(to) === undefined ? [] : [`to ${partyWords(to)}`]),
			].join(' ');
			return comment(
				'transfer',
				`transfer:${entryKey('transfers', { id: way })}:${index + 1}`,
				lines(`${words}.`, line('Status', status)),
			);
		}),
	);
}

/** Names a side of a transfer the same in every source: the agent, else the queue. */
function partyKey(party: Transfer['from']): string {
	const { agent, virtualAgent, queue } = party ?? {};
	const software = virtualAgent?.id ?? virtualAgent?.name;
	const name =
		agent?.id ??
		agent?.email ??
		agent?.name ??
		(software === undefined ? undefined : `va:${software}`) ??
		queue?.id ??
		queue?.name ??
		'';
	return name.trim().toLowerCase();
}

function virtualAgentWords(software: Session['virtualAgent']): string | undefined {
	if (software === undefined) return undefined;
	return `virtual agent ${software.name ?? software.id ?? ''}`.trim();
}

function partyWords(party: Transfer['from']): string | undefined {
	const agent = agentWords(party?.agent) ?? virtualAgentWords(party?.virtualAgent);
	const queue = queueWords(party?.queue);
	return agent !== undefined && queue !== undefined ? `${agent} (${queue})` : (agent ?? queue);
}

function endComment(session: Session, at: TimeWords): Comment[] {
	if (!isOver(session)) return [];
	const time = at(session.endedAt);
	const outcome = effectiveOutcome(session);
	const agent = agentWords(session.agent);
	return [
		comment(
			'end',
			'end',
			lines(
				`${sessionWords(session)} ended${time === undefined ? '' : ` on ${time}`}.`,
				line('Outcome', outcome === undefined ? undefined : outcomeWords(outcome, session)),
				line('Agent', wasConnected(session) ? agent : undefined),
				line('Duration', durationWords(session.duration)),
				line('Wait time', durationWords(session.waitTime)),
				line('Hold time', durationWords(session.holdTime)),
				line('Ended by', endWords(session.endReason)),
			),
		),
	];
}

/** Software that has answered is not taken for a person. */
function outcomeWords(outcome: Outcome, session: Session): string {
	if (!wasServedByVirtualAgent(session)) return OUTCOME_WORDS[outcome];
	const name = session.virtualAgent?.name;
	return `${OUTCOME_WORDS[outcome]} by a virtual agent${name === undefined ? '' : ` (${name})`}`;
}

/** Words of platforms for who ended a session; others stand as they are. */
const ENDED_BY: Readonly<Record<string, string>> = {
	enduser: 'the customer',
	customer: 'the customer',
	external: 'the customer',
	euabandoned: 'the customer, before an agent answered',
	agent: 'the agent',
	system: 'the platform',
};

function endWords(reason: string | undefined): string | undefined {
	const word = plainWord(reason);
	return Object.hasOwn(ENDED_BY, word) ? ENDED_BY[word] : reason;
}

/** That it was left, and how far it has come since (rule C15). */
function voicemailComments(session: Session, at: TimeWords): Comment[] {
	if (effectiveOutcome(session) !== 'voicemail') return [];
	const { status = 'left', at: reachedAt, agent, reason } = session.voicemail ?? {};
	const sentence = (of: VoicemailStatus) => {
		const isReached = of === status;
		const by = isReached && of !== 'left' ? agentWords(agent) : undefined;
		const time = isReached ? at(reachedAt) : undefined;
		return `${VOICEMAIL_WORDS[of]}${by === undefined ? '' : ` by ${by}`}${time === undefined ? '' : ` on ${time}`}.`;
	};
	const steps: VoicemailStatus[] = status === 'left' ? ['left'] : ['left', status];
	return steps.map((of) =>
		comment(
			'voicemail',
			`voicemail:${of}`,
			lines(sentence(of), line('Reason', of === 'left' ? reason : undefined)),
		),
	);
}

/** @param told the score as it came: one that is no number is said to be none */
function ratingComment({ rating }: Session, told: unknown): Comment[] {
	const score = typeof told === 'number' ? scoreWords(told) : undefined;
	if (score === undefined && rating?.comment === undefined) return [];
	return [
		comment('rating', 'rating', lines(`Rating: ${score ?? 'no score'}`, line('Comment', rating?.comment))),
	];
}

function scoreWords(score: number): string {
	if (score >= LOWEST_SCORE && score <= HIGHEST_SCORE) return `${score} of ${HIGHEST_SCORE}`;
	const written = Number.isFinite(score) ? String(score) : 'not a number';
	return `${written} (outside ${LOWEST_SCORE} to ${HIGHEST_SCORE})`;
}

function dispositionComment({ disposition }: Session): Comment[] {
	if (disposition === undefined) return [];
	const { code, name, note } = disposition;
	const words =
		name !== undefined && code !== undefined && name !== code ? `${name} (${code})` : (name ?? code);
	return [comment('disposition', 'disposition', lines(line('Disposition', words), line('Notes', note)))];
}

function surveyComment({ survey = [] }: Session): Comment[] {
	if (survey.length === 0) return [];
	const answers = survey.map(
		({ question, answer }) => `${question}\n${answer === '' ? '(no answer)' : answer}`,
	);
	return [comment('survey', 'survey', `Survey\n\n${answers.join('\n\n')}`)];
}

/** What came of it (rule C11), or why it failed on the end user's side (rule C12). */
function smartActionComments({ smartActions = [] }: Session): Comment[] {
	return smartActions.map((action) => {
		const { type, result, detail } = action;
		const words = `SmartAction "${type.replace(/_/g, ' ')}" ${result}`;
		return comment(
			'smartAction',
			`smartAction:${entryKey('smartActions', action)}`,
			detail === undefined ? `${words}.` : `${words}: ${detail}`,
		);
	});
}

function customDataComment({ customData }: Session): Comment[] {
	if (customData === undefined) return [];
	const title = 'Custom data\n';
	const { text, shortened } = linesOf(customData, LONGEST_NOTE - title.length);
	return [{ ...comment('customData', 'customData', title + text), shortened }];
}

function comment(kind: CommentKind, key: string, text: string): Comment {
	return { kind, key, ...fittingNote(text) };
}

/** The text of a note that is not too long for Kustomer: cut where it is, with a line that says how much is missing. */
export function fittingNote(text: string): Pick<Comment, 'text' | 'shortened'> {
	const missing = text.length - LONGEST_NOTE;
	if (missing <= 0) return { text, shortened: false };
	const kept = text.slice(0, LONGEST_NOTE - 60).replace(/\p{Surrogate}$/u, '');
	return {
		text: `${kept}…\n… ${text.length - kept.length} more characters are missing.`,
		shortened: true,
	};
}

function lines(...texts: Array<string | undefined>): string {
	return texts.filter((text) => text !== undefined).join('\n');
}

function line(label: string, value: string | undefined): string | undefined {
	return value === undefined ? undefined : `${label}: ${value}`;
}

function timeWithZone(iso: string | undefined, timeZone: string): string | undefined {
	const time = timeWords(iso, timeZone);
	return time === undefined ? undefined : `${time} (${IANAZone.create(timeZone).isValid ? timeZone : 'UTC'})`;
}
