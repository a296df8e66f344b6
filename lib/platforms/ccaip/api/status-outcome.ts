/** Puts into words what the platform says when an agent's status was to change. Pure. */
import { redact } from '../../../http/redact';
import { textIn } from '../../item-fields';
import { HOLD_WORDS, holdOfStatus, type Hold } from '../agent-hold';
import type { StatusAnswer } from './documents';
import type { StatusChoice } from './resources/user-statuses';

/** What came of setting a status. */
export interface StatusOutcome {
	/**
	 * - `set`: the agent has the status now.
	 * - `alreadySet`: the agent had it before.
	 * - `waits`: the agent is on a call, in a chat, wrapping up or signed out; to be tried again later (rule S8).
	 * - `refused`: the platform does not allow it, and waiting does not help.
	 * - `superseded`: another status was sent for the same agent, because it was wished for later.
	 */
	outcome: 'set' | 'alreadySet' | 'waits' | 'refused' | 'superseded';
	/** Why it waits. */
	hold?: Hold;
	/** One sentence, unless the status is set. */
	reason?: string;
}

const LONGEST_WORDS = 200;

/**
 * The outcome for one agent.
 *
 * @param wanted the status that was to be set
 * @param statuses all that exist, to tell the platform's own ones from others with such a name
 */
export function outcomeOf(
	answer: StatusAnswer,
	wanted: StatusChoice,
	statuses: readonly StatusChoice[],
): StatusOutcome {
	const message = wordsOf(answer.message);
	const current = textIn(answer.current_status) ?? '';
	const hasWanted = sameName(current, wanted.name);
	if (message === undefined && hasWanted) {
		return sameName(textIn(answer.previous_status) ?? '', wanted.name)
			? { outcome: 'alreadySet', reason: `The agent has the status "${wanted.name}" already.` }
			: { outcome: 'set' };
	}
	const known = statuses.find(({ name }) => sameName(name, current));
	const hold = holdOfStatus(known ?? { name: current }) ?? holdIn(message);
	if (hold !== undefined) return waiting(hold);
	if (hasWanted) return { outcome: 'alreadySet', reason: `CCAI Platform says: ${message}.` };
	const said = message === undefined ? 'It gave no reason.' : `It says: ${message}.`;
	return {
		outcome: 'refused',
		reason: `CCAI Platform did not change the status${current === '' ? '' : ` "${current}"`}. ${said}`,
	};
}

/** The outcome for an agent who has to be left alone. */
export function waiting(hold: Hold): StatusOutcome {
	const until =
		hold === 'offline' ? 'can be set when the agent signs in' : 'can be set when the agent is done';
	return { outcome: 'waits', hold, reason: `The agent is ${HOLD_WORDS[hold]}: the status ${until}.` };
}

/** The outcome for a status that only the platform sets. */
export function systemStatusRefused(name: string): StatusOutcome {
	return {
		outcome: 'refused',
		reason: `Only CCAI Platform itself sets the status "${name}". Choose another one.`,
	};
}

function sameName(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Why the agent has to be left alone, by the platform's words. */
function holdIn(message = ''): Hold | undefined {
	const [, name] = /\bsystem status\b[^\w]*([\w -]*)/i.exec(message) ?? [];
	if (name !== undefined) return holdOfStatus({ name }) ?? 'system';
	// No example of such a message is documented.
	const saysOffline =
		/\boff-?line\b|\bnot (?:online|logged in|signed in)\b|\blogged (?:out|off)\b|\bsigned out\b/i;
	return saysOffline.test(message) ? 'offline' : undefined;
}

function wordsOf(message: unknown): string | undefined {
	if (typeof message !== 'string') return undefined;
	const plain = redact(message, 1000)
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/(?<![.\s])[.\s]+$/, '');
	if (plain === '') return undefined;
	return plain.length > LONGEST_WORDS ? `${plain.slice(0, LONGEST_WORDS)}…` : plain;
}
