/**
 * Chooses what one run does about the files of external storage (rules U5, X2, X5, X6). Pure: the steps behind it fetch, write
 * and remember.
 */
import { sessionExternalId } from '../../../domain/external-id';
import { SOURCE } from '../normal-form';
import type { StorageFolder, StoredKind } from './folders';
import { judge, shownFile } from './judge';
import type { ListedFile, Listing } from './listing';
import { listProblems } from './list-problems';
import { LEFT_OUT, firstAttempt, rowOfVersion, type MemoryRow } from './memory';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LONGEST_PAUSE = 6 * HOUR;

/** How files are chosen. */
export interface ChoiceRules {
	/** What Kustomer keeps (rule U6). */
	store: 'file' | 'link' | 'both';
	/** The address under which agents find the folders, without a slash at the end. Needed for links. */
	publicUrl: string;
	/** Whether the text of a transcript becomes the text of its note. */
	transcriptAsNote: boolean;
	externalIdPrefix: string;
	/** Files that were changed before are not looked at. */
	lookBackDays: number;
	/** So many metadata files, and so many others, in one run; a whole number from 1 on. */
	filesPerRun: number;
	/** A file must not have changed for so long. */
	unchangedSeconds: number;
	/** The pause after a first failure. */
	retryMinutes: number;
	/** After so long, a file that still fails is reported and not tried again. */
	giveUpHours: number;
}

/** What is remembered of a file, in the columns of the data table. Times are ISO 8601. */
export interface RememberedFile {
	path: string;
	session: string;
	kind: string;
	size: number;
	modified: string;
}

/** A file together with the attempt that begins now. */
export interface AttemptedFile extends RememberedFile {
	kind: StoredKind;
	attempts: number;
	firstTry: string;
	nextTry: string;
}

/** A file that is brought to Kustomer. */
export interface ChosenFile {
	/** `leave`: its session is not in Kustomer, by the record rules. */
	todo: 'metadata' | 'file' | 'link' | 'leave';
	file: AttemptedFile;
	externalId: string;
	name: string;
	/** Where its content is, when it has an address. */
	url?: string;
	store: ChoiceRules['store'];
	/** The address for agents; empty when no links are wanted. */
	link: string;
	/** The text of the note; empty for the usual one. */
	note: string;
	textAsNote: boolean;
	/** The position of the list's item. */
	index: number;
}

/** A file that a person is told of, once. */
export interface ReportedFile {
	file: RememberedFile;
	sentence: string;
	/** The position of the list's item; undefined for a file that has gone. */
	index?: number;
}

export interface Choice {
	/** Metadata first, so that a session is in Kustomer before its files; each kind the oldest first. */
	chosen: ChosenFile[];
	reports: ReportedFile[];
	/** Sentences that are told in every run as long as they are true. */
	problems: string[];
}

/** What a run has in front of it. */
export interface Situation {
	folders: readonly StorageFolder[];
	listing: Listing;
	rows: ReadonlyMap<string, MemoryRow>;
	rules: ChoiceRules;
	/** Milliseconds since the epoch. */
	now: number;
}

/** Decides. Changes nothing. */
export function chooseFiles(situation: Situation): Choice {
	const { folders, listing, rules, now } = situation;
	const problems = listProblems(folders, listing.failed);
	const { candidates, reports } = candidatesOf(situation);
	const due = dueOf(candidates, situation, reports);
	const untried = [...due.metadata.untried, ...due.others.untried];
	const behind = whyBehind(untried, situation);
	reports.push(...gone(situation));
	return {
		chosen: [...due.metadata.chosen, ...due.others.chosen].map((candidate) =>
			chosenFile(candidate, todoOf(candidate, rules, due.leftOut), rules, now),
		),
		reports,
		problems: behind === undefined ? problems : [...problems, behind],
	};
}

/** Files that have gone before they were stored. Those of a folder that could not be read may still be there. */
function gone({ folders, listing, rows }: Situation): ReportedFile[] {
	const listed = new Set(listing.files.map(({ path }) => path));
	return [...rows.values()].flatMap((row) => {
		const place = folders.findIndex(({ path }) => row.path.startsWith(`${path}/`));
		const folder = folders[place];
		if (row.state !== 'waiting' || listed.has(row.path)) return [];
		if (folder === undefined || listing.failed.has(place)) return [];
		const name = row.path.slice(folder.path.length + 1);
		const shown = shownFile({ name, folder: folder.folder });
		const sentence = `${shown} was taken away before it could be brought to Kustomer.`;
		return [{ file: { ...remembered(row), session: row.session, kind: row.kind }, sentence }];
	});
}

/** When rows of files that have been dealt with may be forgotten, as ISO 8601: a day after nobody looks at them any more. */
export function forgetBefore(rules: Pick<ChoiceRules, 'lookBackDays'>, now: number): string {
	return new Date(now - (rules.lookBackDays + 1) * DAY).toISOString();
}

/** A file that could be brought to Kustomer. */
interface Candidate {
	file: Listing['files'][number];
	kind: StoredKind;
	session: string;
	/** It was left out with its session. */
	isLeftOut: boolean;
	/** What is known of its earlier attempts. */
	row?: MemoryRow;
}

function candidatesOf({ listing, rows, rules, now }: Situation) {
	const oldest = now - rules.lookBackDays * DAY;
	const newest = now - rules.unchangedSeconds * SECOND;
	const first = firstAttempt(rows.values());
	// A file that has got too old since then was never tried. A day later its row would be forgotten anyway.
	const hasFallenOut = ({ modified }: ListedFile) =>
		modified >= oldest - DAY && first !== undefined && first.firstTry < modified + rules.lookBackDays * DAY;

	const candidates: Candidate[] = [];
	const reports: ReportedFile[] = [];
	const report = (file: Listing['files'][number], sentence: string, found?: Partial<RememberedFile>) =>
		reports.push({ file: { ...remembered(file), ...found }, sentence, index: file.index });
	const files = [...listing.files].sort((a, b) => a.modified - b.modified || (a.path < b.path ? -1 : 1));
	for (const file of files) {
		const row = rowOfVersion(rows, file);
		const isWaiting = row?.state === 'waiting';
		const isLeftOut = row?.state === 'done' && row.outcome === LEFT_OUT;
		if (row !== undefined && !isWaiting && !isLeftOut) continue;
		// Also when its time cannot be read or lies in the future.
		if (!(file.modified <= newest)) continue;
		const isTooOld = file.modified < oldest && !isWaiting;
		if (isTooOld && (row !== undefined || !hasFallenOut(file))) continue;

		const judged = judge(file, now);
		if (isTooOld) {
			if (judged.is !== 'file') continue;
			report(
				file,
				`${shownFile(file)} was never tried, and is older than the ${rules.lookBackDays} days of 'Look Back (Days)' by now. Set that higher, and delete its row.`,
			);
		} else if (judged.is === 'other') {
			report(file, judged.sentence);
		} else if (judged.is === 'file') {
			const { kind, session } = judged;
			candidates.push({ file, kind, session, isLeftOut, ...(isWaiting ? { row } : {}) });
		}
	}
	return { candidates, reports };
}

function dueOf(candidates: readonly Candidate[], { rows, rules, now }: Situation, reports: ReportedFile[]) {
	// Not "after now": a row without a time is due.
	const isDue = ({ row }: Candidate) => row === undefined || !(row.nextTry > now);
	const isTooLate = ({ row }: Candidate) =>
		row !== undefined && row.attempts > 1 && row.firstTry + rules.giveUpHours * HOUR < now;
	const giveUp = ({ file, kind, session, row }: Candidate) => {
		const sentence = `${shownFile(file)} could not be brought to Kustomer in ${row?.attempts} attempts.`;
		reports.push({
			file: { ...remembered(file), session, kind },
			sentence: `${sentence} ${row?.reason ?? ''}`.trim(),
			index: file.index,
		});
	};

	const dueMetadata: Candidate[] = [];
	for (const candidate of candidates.filter(({ kind }) => kind === 'metadata')) {
		if (!isDue(candidate)) continue;
		if (isTooLate(candidate)) giveUp(candidate);
		else dueMetadata.push(candidate);
	}
	const metadata = portionOf(dueMetadata, rules.filesPerRun);
	// A file that waits for its session is due as soon as the metadata of that session come.
	const arriving = new Set(metadata.chosen.map(({ session }) => session));
	const { leftOut, inKustomer } = sessionsIn(rows, arriving);
	const dueFiles: Candidate[] = [];
	for (const candidate of candidates.filter(({ kind }) => kind !== 'metadata')) {
		const { session, isLeftOut } = candidate;
		const isArriving = arriving.has(session);
		if (isLeftOut && !isArriving && !inKustomer.has(session)) continue;
		if (!isDue(candidate) && !isArriving) continue;
		if (isTooLate(candidate) && !isArriving && !leftOut.has(session)) giveUp(candidate);
		else dueFiles.push(candidate);
	}
	return { metadata, others: portionOf(dueFiles, rules.filesPerRun), leftOut };
}

/**
 * Sessions that the record rules leave out have no conversation, so their files have no place. Until their metadata come again,
 * and the session with them: then what was left out is new.
 */
function sessionsIn(rows: ReadonlyMap<string, MemoryRow>, arriving: ReadonlySet<string>) {
	const leftOut = new Set<string>();
	const inKustomer = new Set<string>();
	for (const { kind, state, outcome, session } of rows.values()) {
		if (kind !== 'metadata' || state !== 'done') continue;
		if (outcome !== 'skipped') inKustomer.add(session);
		else if (!arriving.has(session)) leftOut.add(session);
	}
	return { leftOut, inKustomer };
}

/**
 * What one run takes of the files that are due. One half is for files that were never tried, and the other half for those that
 * come again, so that neither keeps the other waiting. What one of them does not need is the other's.
 */
function portionOf(due: readonly Candidate[], most: number): { chosen: Candidate[]; untried: Candidate[] } {
	const fresh = due.filter(({ row }) => row === undefined);
	const again = due.filter(({ row }) => row !== undefined);
	const forAgain = Math.min(again.length, Math.max(most - fresh.length, Math.floor(most / 2)));
	const chosen = new Set([...fresh.slice(0, most - forAgain), ...again.slice(0, forAgain)]);
	return { chosen: due.filter((one) => chosen.has(one)), untried: fresh.slice(most - forAgain) };
}

/**
 * Told when files are left over for so long that they could get too old. Not while the files that were there at the beginning are
 * brought over: as long as those that are left over get younger, all of them will have their turn.
 */
function whyBehind(untried: readonly Candidate[], { rows, rules, now }: Situation): string | undefined {
	const first = firstAttempt(rows.values());
	const waited = now - untried.reduce((oldest, { file }) => Math.min(oldest, file.modified), now);
	if (first === undefined || waited <= (rules.lookBackDays * DAY) / 2) return undefined;
	if (waited <= first.firstTry - first.modified) return undefined;
	const days = (waited / DAY).toFixed(1);
	return `More files come than are brought over: ${untried.length} were never tried, the oldest of them for ${days} days, and after ${rules.lookBackDays} days they are not looked at any more. Set 'Files per Run' higher.`;
}

function todoOf(
	{ kind, session }: Candidate,
	{ store }: ChoiceRules,
	leftOut: ReadonlySet<string>,
): ChosenFile['todo'] {
	if (kind === 'metadata') return 'metadata';
	if (leftOut.has(session)) return 'leave';
	return store === 'link' ? 'link' : 'file';
}

/** The file with its attempt, and the time of the next one, which lies twice as far away each time. */
function chosenFile(
	{ file, kind, session, row }: Candidate,
	todo: ChosenFile['todo'],
	rules: ChoiceRules,
	now: number,
): ChosenFile {
	const attempts = (row?.attempts ?? 0) + 1;
	const first = Math.max(SECOND, rules.retryMinutes * MINUTE);
	const pause = Math.min(first * 2 ** Math.min(attempts - 1, 20), Math.max(first, LONGEST_PAUSE));
	const { publicUrl } = rules;
	return {
		todo,
		file: {
			...remembered(file),
			session,
			kind,
			attempts,
			firstTry: new Date(row !== undefined && row.firstTry > 0 ? row.firstTry : now).toISOString(),
			nextTry: new Date(now + pause).toISOString(),
		},
		externalId: sessionExternalId({ source: SOURCE, id: session }, rules.externalIdPrefix),
		name: file.name,
		...(file.url === undefined ? {} : { url: file.url }),
		store: rules.store,
		link: publicUrl === '' ? '' : `${publicUrl}/${file.folder}/${encodeURIComponent(file.name)}`,
		note: kind === 'voicemail' ? `Voicemail: ${file.name}` : '',
		textAsNote: rules.transcriptAsNote && kind === 'transcript' && todo !== 'link',
		index: file.index,
	};
}

function remembered({
	path,
	size,
	modified,
}: Pick<ListedFile, 'path' | 'size' | 'modified'>): RememberedFile {
	// A person may have emptied the columns of a row.
	const time = Number.isFinite(modified) ? modified : 0;
	return { path, session: '', kind: 'unknown', size: size || 0, modified: new Date(time).toISOString() };
}
