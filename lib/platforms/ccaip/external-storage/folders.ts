/**
 * The folders of external storage, and which files belong in each of them (rule U5).
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/external-storage
 */
import { cleanFileName, readSessionFileName } from '../../../files/file-name';
import { InputError } from '../../../http/errors';

/** What a file of external storage is. */
export type StoredKind = 'metadata' | 'transcript' | 'recording' | 'voicemail' | 'media';

/** The folders that CCAI Platform makes, by name, and what it puts into each. */
const KINDS = {
	'ujet-chat-transcripts': 'transcript',
	'ujet-media': 'media',
	'ujet-metadata': 'metadata',
	'ujet-voice-recordings': 'recording',
	'ujet-voicemails': 'voicemail',
} as const satisfies Record<string, StoredKind>;

export type FolderName = keyof typeof KINDS;

export const FOLDER_NAMES = Object.keys(KINDS) as FolderName[];

/** Where the folders can be. */
export const STORAGES = ['googleCloud', 'sftp'] as const;
export type Storage = (typeof STORAGES)[number];

/** Where Google Cloud Storage is asked, unless somebody has an address of their own. */
export const GOOGLE_API = 'https://storage.googleapis.com';

/** Where the folders are, as a person says it. */
export interface StoragePlace {
	storage: Storage;
	/** The folder that holds the folders. Empty: the home folder of the user, or the bucket itself. */
	basePath: string;
	folders: readonly FolderName[];
	/** Of Google Cloud. */
	bucket: string;
	/** Of Google Cloud. */
	apiUrl: string;
}

/** One folder, as the steps that list it and fetch from it need it. */
export interface StorageFolder {
	storage: Storage;
	folder: FolderName;
	/** Its whole path, without a slash at the end. */
	path: string;
	/** The path as a prefix of objects, in Google Cloud. */
	prefix?: string;
	/** Where the objects of the bucket are listed, in Google Cloud; with the name of one behind it, where that one is. */
	objectsUrl?: string;
	bucket?: string;
}

/**
 * The folders with their paths.
 *
 * @throws {InputError} when the place cannot be meant
 */
export function storageFolders(place: StoragePlace): StorageFolder[] {
	const { storage, folders } = place;
	if (folders.length === 0) {
		throw new InputError('folders', "'Folders' names no folder.", 'Choose those that are to be read.');
	}
	return storage === 'sftp'
		? folders.map((folder) => ({ storage, folder, path: `${sftpBase(place.basePath)}/${folder}` }))
		: googleFolders(place);
}

function sftpBase(basePath: string): string {
	const base = basePath.trim();
	return base === '' ? '.' : base.replace(/(?<!\/)\/+$/, '');
}

function googleFolders({ storage, basePath, folders, ...place }: StoragePlace): StorageFolder[] {
	const bucket = place.bucket
		.trim()
		.replace(/^gs:\/\//i, '')
		.replace(/\/$/, '');
	if (bucket === '' || /[\s/]/.test(bucket)) {
		throw new InputError(
			'bucket',
			bucket === '' ? "'Bucket' is empty." : "'Bucket' is not the name of a bucket.",
			"Enter the bucket's name alone. The folder in it that holds the others belongs into 'Base Path'.",
		);
	}
	const address = place.apiUrl.trim() === '' ? GOOGLE_API : place.apiUrl.trim();
	if (!/^https?:\/\/[^\s/]/i.test(address) || !URL.canParse(address)) {
		throw new InputError(
			'apiUrl',
			"'API Address' is not a web address.",
			`Enter it with https:// in front, or leave ${GOOGLE_API}.`,
		);
	}
	const objectsUrl = `${address.replace(/(?<!\/)\/+$/, '')}/storage/v1/b/${encodeURIComponent(bucket)}/o`;
	const base = basePath
		.trim()
		.split('/')
		.filter((part) => part !== '')
		.join('/');
	return folders.map((folder) => {
		const path = base === '' ? folder : `${base}/${folder}`;
		return { storage, folder, path, prefix: `${path}/`, objectsUrl, bucket };
	});
}

/** What CCAI Platform puts into a folder; undefined for a folder that it does not make. */
export function kindOf(folder: string): StoredKind | undefined {
	return Object.hasOwn(KINDS, folder) ? KINDS[folder as FolderName] : undefined;
}

/** Extensions by kind; of media those of photos. */
const EXTENSIONS: Record<StoredKind, readonly string[]> = {
	metadata: ['json'],
	transcript: ['txt'],
	recording: ['mp3', 'wav'],
	voicemail: ['mp3', 'wav'],
	media: ['jpg', 'jpeg', 'png'],
};
const VIDEOS = ['mp4', 'mov'];
const NUMBER = /^\d{1,19}$/;

/**
 * The session that a file's name leads to, as the platform names it: `call-123`.
 *
 * @returns undefined when a file with this name does not belong in this folder
 */
export function sessionOfFile(folder: string, name: string): string | undefined {
	const kind = kindOf(folder);
	const read = cleanFileName(name) === name ? readSessionFileName(name) : undefined;
	if (kind === undefined || read === undefined || !NUMBER.test(read.sessionId)) return undefined;
	const { channel, sessionId, part, extension } = read;
	const isOfKind = {
		metadata: part === undefined,
		transcript: part === undefined && channel === 'chat',
		recording: part === undefined && channel === 'call',
		voicemail: part === undefined && channel === 'call',
		media: part !== undefined,
	}[kind];
	const extensions = part?.kind === 'video' ? VIDEOS : EXTENSIONS[kind];
	return isOfKind && extensions.includes(extension) ? `${channel}-${sessionId}` : undefined;
}
