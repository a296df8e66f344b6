import { UNKNOWN_TYPE, extensionFor, plainType, typeByName } from '../../../files/content-type';
import type { Recording } from './documents';
import { plainId } from './ids';

/** What a recording's file is called, and what it is. */
export interface FileKind {
	/** `call-` and the call's id, as recordings are named everywhere here (rule U5). */
	name: string;
	/** Media type without parameters, for example `audio/wav`. */
	mimeType: string;
}

/**
 * Name and type of a recording. The storage's word on the type counts most; where it says nothing of use, babelforce's
 * own record of the file does, and then the end of the name under which babelforce keeps it.
 *
 * @param contentType header of the storage's answer
 */
export function fileKind(recording: Recording, contentType?: string): FileKind {
	const told = [plainType(contentType), plainType(recording.file?.contentType)];
	const mimeType =
		told.find((type) => type?.startsWith('audio/')) ??
		typeByName(recording.file?.name ?? '') ??
		told.find((type) => type !== undefined) ??
		UNKNOWN_TYPE;
	const callId = plainId(recording.call?.id);
	const base = callId === undefined ? `recording-${plainId(recording.id) ?? ''}` : `call-${callId}`;
	// The id is babelforce's word, and the name may become one on a disk.
	return { name: `${base.replace(/[^\w.-]/g, '_')}.${extensionFor(mimeType) ?? 'bin'}`, mimeType };
}
