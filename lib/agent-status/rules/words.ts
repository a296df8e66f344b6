/** The sentences that people read about one agent. */
import type { Lead, LeadReason } from './lead';
import type { Target } from './mapping';
import { labelOf } from '../../domain/status-text';
import { BUSY_WORDS, type AgentView, type Hold, type Side, type Status } from '../../domain/agent-status';

const HOLD_WORDS: Record<Hold, string> = {
	onCall: `is ${BUSY_WORDS.onCall}`,
	inChat: `is ${BUSY_WORDS.inChat}`,
	ringing: `is ${BUSY_WORDS.ringing}`,
	wrapUp: `is ${BUSY_WORDS.wrapUp}`,
	system: 'has a status that the platform sets by itself',
	unknown: 'has no status that the platform tells',
	offline: 'is not signed in to the platform',
};

const STANDING: Record<'fits' | 'asked' | 'signedOut', string> = {
	fits: 'Both sides fit the table.',
	asked: 'The change was asked for and has not shown yet. It is asked for again a little later.',
	signedOut: 'The agent is not signed in to Kustomer, and the table has no row for Offline.',
};

/** Why nothing is done. */
export function standingSentence(why: keyof typeof STANDING | Hold): string {
	return why in STANDING
		? STANDING[why as keyof typeof STANDING]
		: `The agent ${HOLD_WORDS[why as Hold]}: nothing is changed.`;
}

/** A change towards the platform that has to wait (S8). */
export function waitingForCallSentence({ kustomer }: AgentView, target: string, hold: Hold): string {
	return `The agent ${HOLD_WORDS[hold]}. Afterwards the platform gets "${target}" for "${labelOf(kustomer.status)}" in Kustomer, or what a newer status leads to.`;
}

/** A change towards Kustomer that has to wait: no request starts a work session. */
export function waitingForSignInSentence(status: Status, shown: Status): string {
	return `The platform shows "${labelOf(shown)}", which is "${labelOf(status)}" in Kustomer. The agent is not signed in to Kustomer, where nobody else can do that.`;
}

const BECAUSE: Record<LeadReason, (side: string) => string> = {
	onlyDirection: (side) => `${side} is followed in this direction`,
	firstSight: (side) => `the agent is looked at for the first time, and then ${side} counts`,
	signedIn: () => 'the agent has signed in to Kustomer',
	changed: (side) => `the status in ${side} changed`,
	laterChange: (side) => `both sides changed, ${side} later`,
	overrides: () => 'both sides changed, and Kustomer overrides the platform',
	unknownOrder: (side) => `both sides changed, it is not known which one later, and then ${side} counts`,
	pending: (side) => `the status in ${side} has not arrived yet`,
	standing: (side) => `the two do not fit the table, nothing changed, and then ${side} counts`,
};

function because({ side, reason }: Lead): string {
	return BECAUSE[reason](side === 'kustomer' ? 'Kustomer' : 'the platform');
}

/** Why the platform gets a status. */
export function platformReason({ kustomer, platform }: AgentView, target: Target, lead: Lead): string {
	const leads =
		target.by === 'row'
			? `which the table maps to "${target.platform}"`
			: `which has no row, so that "${target.platform}" counts`;
	return `Kustomer shows "${labelOf(kustomer.status)}", ${leads}; the platform shows "${labelOf(platform.status ?? {})}". Changed on the platform because ${because(lead)}.`;
}

/** Why Kustomer gets a status. */
export function kustomerReason({ kustomer }: AgentView, status: Status, shown: Status, lead: Lead): string {
	return `The platform shows "${labelOf(shown)}", which is "${labelOf(status)}" in Kustomer; Kustomer shows "${labelOf(kustomer.status)}". Changed in Kustomer because ${because(lead)}.`;
}

/** S9, Kustomer's side. */
export function unmappedKustomerSentence(status: Status): string {
	return `The table has no row for the Kustomer status "${labelOf(status)}". Nothing is changed on the platform. Add a row, or choose a platform status for all others.`;
}

/** S9, the platform's side. */
export function unmappedPlatformSentence(status: Status, unsettable: boolean): string {
	return unsettable
		? `The table leads to the platform status "${labelOf(status)}" only from Kustomer statuses that nobody can be given, such as Offline, Busy or disabled ones. Nothing is changed in Kustomer. Add a row with another Kustomer status.`
		: `The table has no row with the platform status "${labelOf(status)}". Nothing is changed in Kustomer. Add a row.`;
}

/** A change without effect. */
export function notTakenSentence(side: Side, times: number, reason: string): string {
	const where = side === 'kustomer' ? 'Kustomer' : 'The platform';
	return `${where} did not take the change although it was asked for ${times} times. It is asked for again, less and less often. Check that the status exists there and may be given to this agent. ${reason}`;
}
