/** What is to be done about a listed file, by itself: nothing, one sentence to a person, or bringing it to Kustomer (rule U5). */
import { kindOf, sessionOfFile, type StoredKind } from './folders';
import type { ListedFile } from './listing';

const DAY = 86_400_000;

/** Names of uploads that are not over, or have broken off. */
const TEMPORARY = /^[.~]|[~#]$|\.(?:part|partial|filepart|tmp|temp|swp|crdownload|writing)$/i;

/** Bytes. Metadata of a session have a few thousand, and more would hold n8n while they are read (rule X16). */
const LARGEST_METADATA = 2_000_000;

export type Judgement =
	| { is: 'file'; kind: StoredKind; session: string }
	/** It may still become one. */
	| { is: 'unfinished' }
	/** The sentence says why it is none. */
	| { is: 'other'; sentence: string };

/** @param now milliseconds since the epoch */
export function judge(file: ListedFile, now: number): Judgement {
	const other = (text: string): Judgement => ({ is: 'other', sentence: `${shownFile(file)} ${text}` });
	if (!file.isPlain) return other('is no ordinary file, so it was left where it is.');
	if (!(file.size > 0) || TEMPORARY.test(file.name)) {
		if (file.modified >= now - DAY) return { is: 'unfinished' };
		return other(
			file.size > 0
				? 'has looked like an upload that broke off for more than a day.'
				: 'has been empty for more than a day.',
		);
	}
	const kind = kindOf(file.folder);
	const session = sessionOfFile(file.folder, file.name);
	if (kind === undefined || session === undefined) {
		return other("does not have the name of a session's file, so it was left where it is.");
	}
	if (kind === 'metadata' && file.size > LARGEST_METADATA) {
		return other('is too large for the metadata of a session.');
	}
	return { is: 'file', kind, session };
}

/** A file in a sentence. Names come from outside: no control characters, and no tricks with the writing direction. */
export function shownFile({ name, folder }: Pick<ListedFile, 'name' | 'folder'>): string {
	return `"${name.slice(0, 100).replace(/[\p{C}"]/gu, '?')}" in ${folder}`;
}
