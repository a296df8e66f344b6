/**
 * How a session of CCAI Platform ended, from its fail reason
 * (https://docs.cloud.google.com/contact-center/ccai-platform/docs/Reason_Codes___Statuses).
 */
import { plainWord } from '../../domain/plain-letters';
import type { Outcome, VoicemailStatus } from '../../domain/session';

/** Fail reasons that mean that nothing went wrong. */
const NONE: ReadonlySet<string> = new Set(['', 'nothing', '0', 'none', 'noerror']);

const FAIL_REASONS: Readonly<Record<string, Outcome>> = {
	// The customer gave up: waiting in the queue, in the menu, or while being connected.
	euabandoned: 'abandoned',
	'20003': 'abandoned',
	euinmenuabandoned: 'abandoned',
	'20004': 'abandoned',
	eucanceled: 'abandoned',
	'20001': 'abandoned',
	// Nobody answered: the agents, or the customer who was called.
	agignored: 'missed',
	'30002': 'missed',
	expired: 'missed',
	'11001': 'missed',
	'3': 'missed',
	eunoanswer: 'missed',
	'21003': 'missed',
	eubusy: 'missed',
	'21001': 'missed',
	eurejected: 'missed',
	'20002': 'missed',
	// Sent elsewhere.
	overcapemail: 'deflected',
	afterhours: 'deflected',
	directpstncalltofallbacknumber: 'deflected',
	'60001': 'deflected',
};

/** True when a fail reason names one. */
export function isFailReason(reason: string | undefined): boolean {
	return !NONE.has(plainWord(reason));
}

/** What a fail reason says about the session. Unknown reasons are failures; undefined when nothing failed. */
export function outcomeOfFailReason(reason: string | undefined): Outcome | undefined {
	const word = plainWord(reason);
	if (NONE.has(word)) return undefined;
	if (Object.hasOwn(FAIL_REASONS, word)) return FAIL_REASONS[word];
	return word.includes('abandon') ? 'abandoned' : 'failed';
}

/** How far a voicemail has come, from a status or an event such as `voicemail_dismissed` (rule C15). */
export function voicemailStatus(status: string): VoicemailStatus | undefined {
	const word = plainWord(status);
	if (!word.includes('voicemail')) return undefined;
	if (/return|callback|calledback/.test(word)) return 'returned';
	if (/dismiss/.test(word)) return 'dismissed';
	return /read|listen/.test(word) ? 'read' : 'left';
}
