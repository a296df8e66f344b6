/** What became of the files of one run: what is remembered of it, and what a person is told (rule X2). */
import { isRecord } from '../../../domain/record';
import { LEFT_OUT } from './memory';

/** What the steps have given back for a file, in the fields that matter here. */
export interface FileAnswer {
	/** What was known of the file, in columns of the data table; undefined for a sentence that is about none. */
	file?: Readonly<Record<string, unknown>>;
	todo?: string;
	/** Of what is told without having been tried. */
	sentence?: string;
	/** Of Session: Log and Recording: Upload. */
	outcome?: string;
	reason?: string;
	/** Of a step that failed: a text, or an object with `message`, `description` and `kind`. */
	error?: unknown;
}

/** A row to write into the data table: values by column. */
export type Row = Readonly<Record<string, unknown>>;

export interface RunResults {
	rows: Row[];
	/** One message for people; undefined when nothing needs them. */
	message?: string;
}

/**
 * What passes by itself: the session is not in Kustomer yet, or the storage or Kustomer has trouble. It is told only when it has
 * lasted for too long.
 */
const PASSING: ReadonlySet<string> = new Set([
	'notFound',
	'fileNotFound',
	'fileEmpty',
	'fileLength',
	'fileUnreachable',
	'uploadFailed',
	'rateLimit',
	'server',
	'noAnswer',
	'conflict',
	'source',
]);
/** The problem of a file that could not be fetched, or of which nobody said what it was. */
export const SOURCE_PROBLEM = 'source';
/** The problem of a file whose content is no session. It is not tried again as long as it is the same. */
export const UNREADABLE = 'unreadable';
/** The problem of a file that is told once. */
const TOLD = 'told';

/** Characters of a reason that are kept. */
const LONGEST_REASON = 500;
/** Sentences of each kind that a message holds. */
const MOST_FAILURES = 3;
const MOST_TOLD = 5;

/** @param tableName of the data table, for the message */
export function noteResults(answers: readonly FileAnswer[], tableName: string): RunResults {
	const rows: Row[] = [];
	const failures: string[] = [];
	const troubles: string[] = [];
	const told: string[] = [];
	for (const answer of answers) {
		const { file, sentence } = answer;
		if (sentence !== undefined) (file === undefined ? troubles : told).push(sentence);
		if (file === undefined) continue;
		const row = rowFor(file, answer);
		rows.push(row);
		if (row.state !== 'done' && row.problem !== TOLD && !PASSING.has(String(row.problem))) {
			failures.push(`${String(row.path).split('/').at(-1)}: ${String(row.reason)}`);
		}
	}
	const message = messageOf({ failures, troubles, told }, tableName);
	return { rows, ...(message === '' ? {} : { message }) };
}

function rowFor(file: Readonly<Record<string, unknown>>, answer: FileAnswer): Row {
	const { todo, sentence, outcome = '', reason, error } = answer;
	if (sentence !== undefined) return { ...file, state: 'reported', problem: TOLD, reason: sentence };
	if (error !== undefined) {
		const problem = isRecord(error) && typeof error.kind === 'string' ? error.kind : SOURCE_PROBLEM;
		const state = problem === UNREADABLE ? 'reported' : 'waiting';
		return { ...file, state, outcome: '', problem, reason: reasonOf(error) };
	}
	if (outcome === 'unreadable' || outcome === 'none') {
		return { ...file, state: 'reported', outcome, problem: UNREADABLE, reason: reasonOf(reason ?? '') };
	}
	return { ...file, state: 'done', outcome: todo === 'leave' ? LEFT_OUT : outcome, problem: '', reason: '' };
}

/** n8n would put a text of its own in place of a message that holds one of these codes. */
const CODES = /(?:connect )?\b(?:getaddrinfo )?E(?:CONN|NOTFOUND|TIMEDOUT|AI_|HOST|NET|PIPE)[\w. :]*/g;

function reasonOf(error: unknown): string {
	const parts = isRecord(error) ? [error.message, error.description] : [error];
	const text = parts.filter((part): part is string => typeof part === 'string' && part !== '').join(' ');
	const plain = text.replace(CODES, 'There is no connection.').trim();
	return (plain === '' ? 'Nothing was said about why.' : plain).slice(0, LONGEST_REASON);
}

interface Told {
	failures: readonly string[];
	troubles: readonly string[];
	told: readonly string[];
}

function messageOf({ failures, troubles, told }: Told, tableName: string): string {
	const once = failures.length + troubles.length > 0 ? 'This last part' : 'This';
	return [
		...(failures.length > 0
			? [
					`${failures.length} of the files could not be brought to Kustomer.`,
					...failures.slice(0, MOST_FAILURES),
				]
			: []),
		failures.length > MOST_FAILURES ? 'The others are in the data table.' : '',
		...troubles,
		...told.slice(0, MOST_TOLD),
		told.length > MOST_TOLD ? `And ${told.length - MOST_TOLD} more.` : '',
		told.length > 0
			? `${once} is told once. To have a file tried again, delete its row in the data table "${tableName}".`
			: '',
	]
		.filter((part) => part !== '')
		.join(' ');
}
