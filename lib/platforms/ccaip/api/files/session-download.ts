import type { CcaiPlatformClient } from '../client';
import { sessionNameOf, type SessionNumber } from '../session-id';
import { downloadFile, type ArrivingFile } from './download';
import { contentTypeFor, nameFor, type FileKind } from './file-names';

/** A file of a session whose address is known. */
export interface SessionFileAddress {
	session: SessionNumber;
	kind: FileKind;
	/** The platform's id of a photo or video. */
	id?: string;
	url: string;
	/** Whether it may come from inside the own network. */
	allowInternal: boolean;
}

/** A file that was kept, with the name that external storage would give it (rule U5). */
export interface KeptFile<Kept> {
	kept: Kept;
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
}

/**
 * Fetches a recording, photo or video of a session.
 *
 * @param save keeps the file while it arrives, under a name
 * @throws {CcaiPlatformError} when it cannot be had
 * @throws {InputError} when the address may not be asked
 */
export async function downloadSessionFile<Kept>(
	client: CcaiPlatformClient,
	{ session, kind, id, url, allowInternal }: SessionFileAddress,
	save: (file: ArrivingFile, fileName: string, contentType: string) => Promise<Kept>,
): Promise<KeptFile<Kept>> {
	const what = kind === 'recording' || id === undefined ? `the ${kind}` : `${kind} ${id}`;
	const { saved, size } = await downloadFile(
		client,
		{
			operation: `download ${what} of ${sessionNameOf(session)}`,
			url,
			field: `Address of ${what}`,
			allowInternal,
		},
		async (file) => {
			const contentType = contentTypeFor(kind, file.contentType, file.path);
			const fileName = nameFor(session, kind, contentType, id);
			return { kept: await save(file, fileName, contentType), fileName, contentType };
		},
	);
	return { ...saved, size };
}
