/** What the steps that list the folders have found: files, and folders that could not be read. */
import { isRecord } from '../../../domain/record';
import { millisecondsOf } from '../../../domain/time';
import { shownText } from '../../../http/shown-text';
import type { FolderName, StorageFolder } from './folders';

/** A file as a list shows it. */
export interface ListedFile {
	/** From the beginning of the storage. */
	path: string;
	folder: FolderName;
	name: string;
	/** Bytes. */
	size: number;
	/** When it was changed last: milliseconds since the epoch. NaN: the list does not say it in a way that can be read. */
	modified: number;
	/** Links could lead anywhere, and what is no file might never end. */
	isPlain: boolean;
	/** Where its content is, when it has an address. */
	url?: string;
}

/** An item of the step that lists folders. */
export interface ListItem {
	json: Readonly<Record<string, unknown>>;
	/** The folders that it is about, as their positions; a server that cannot be reached is one item about all of them. */
	places: readonly number[];
	/** The item's position. */
	index: number;
}

export interface Listing {
	/** With the position of the item that each came from. */
	files: Array<ListedFile & { index: number }>;
	/** What the server said of folders that could not be read, by their positions. */
	failed: Map<number, string>;
}

/**
 * Reads the items of n8n's FTP step or, page by page, of the API of Google Cloud Storage. What is neither is left out, such as
 * the empty item for a folder without files.
 */
export function readListing(items: readonly ListItem[], folders: readonly StorageFolder[]): Listing {
	const files: Listing['files'] = [];
	const failed: Listing['failed'] = new Map();
	for (const { json, places, index } of items) {
		if (json.error !== undefined && json.error !== null) {
			for (const place of places) failed.set(place, failureText(json));
			continue;
		}
		const folder = folders[places[0] ?? 0];
		if (folder === undefined) continue;
		const found = folder.storage === 'sftp' ? sftpFile(json, folder) : objectsOf(json, folder);
		for (const file of found) files.push({ ...file, index });
	}
	return { files, failed };
}

function failureText({ error, details }: Readonly<Record<string, unknown>>): string {
	const told = [details, error].find(isRecord);
	if (told === undefined) return shownText(error) ?? 'nothing';
	const { httpCode, message, description } = told;
	const parts = [httpCode, message ?? (isRecord(error) ? error.message : error), description];
	const words = parts.filter((part) => (typeof part === 'string' && part !== '') || typeof part === 'number');
	return shownText(words.join(' ')) ?? 'nothing';
}

/** https://www.npmjs.com/package/ssh2-sftp-client#list: `-` is a file, `d` a folder, `l` a link. */
function sftpFile(
	{ name, type, size, modifyTime }: Readonly<Record<string, unknown>>,
	{ folder, path }: StorageFolder,
): ListedFile[] {
	if (typeof name !== 'string' || name === '' || type === 'd' || ['.', '..'].includes(name)) return [];
	return [
		{
			path: `${path}/${name}`,
			folder,
			name,
			size: Number(size) || 0,
			modified: millisecondsOf(modifyTime) ?? NaN,
			isPlain: type === '-',
		},
	];
}

/** https://docs.cloud.google.com/storage/docs/json_api/v1/objects/list */
function objectsOf(
	{ items }: Readonly<Record<string, unknown>>,
	{ folder, path, objectsUrl = '' }: StorageFolder,
): ListedFile[] {
	return (Array.isArray(items) ? items : []).filter(isRecord).flatMap(({ name: whole, size, updated }) => {
		const name = typeof whole === 'string' ? whole.slice(path.length + 1) : '';
		// The placeholder of the folder itself.
		if (name === '' || typeof whole !== 'string') return [];
		return [
			{
				path: whole,
				folder,
				name,
				size: Number(size) || 0,
				modified: millisecondsOf(updated) ?? NaN,
				isPlain: true,
				// Half an emoji, as JSON can carry it, has no code for an address.
				url: `${objectsUrl}/${encodeURIComponent(whole.replace(/\p{Surrogate}/gu, '\ufffd'))}`,
			},
		];
	});
}
