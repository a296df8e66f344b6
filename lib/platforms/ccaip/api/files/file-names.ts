/**
 * Names of files, the same as in external storage (rule U5): `call-123.mp3`, `call-123-photo-9.jpg`,
 * `chat-987-video-4.mp4`. https://docs.cloud.google.com/contact-center/ccai-platform/docs/external-storage
 */
import { extensionFor, plainType, typeByName } from '../../../../files/content-type';
import { plainId, sessionFileName } from '../../../../files/file-name';
import type { SessionNumber } from '../session-id';
import type { MediaKind } from './session-files';

/** What a file of a session can be. */
export type FileKind = 'recording' | MediaKind;

const FAMILIES: Readonly<Record<FileKind, string>> = {
	recording: 'audio/',
	photo: 'image/',
	video: 'video/',
};

/** What is assumed when neither the server nor the address says. */
const USUAL: Readonly<Record<FileKind, string>> = {
	recording: 'audio/mpeg',
	photo: 'image/jpeg',
	video: 'video/mp4',
};

/**
 * The content type of a file: what the server says, else what its address ends in, else what such files usually are.
 *
 * @param told by the server
 * @param path of the address, without query
 */
export function contentTypeFor(kind: FileKind, told: string | undefined, path: string): string {
	const family = FAMILIES[kind];
	return (
		[plainType(told), typeByName(path)].find((type) => type?.startsWith(family) === true) ??
		plainType(told) ??
		USUAL[kind]
	);
}

/**
 * The name of a session's file.
 *
 * @param part the platform's id of a photo or video; undefined for the recording
 */
export function nameFor(
	{ kind: channel, number }: SessionNumber,
	kind: FileKind,
	contentType: string,
	part?: string,
): string {
	return sessionFileName({
		channel,
		sessionId: number,
		extension: extensionOf(kind, contentType),
		...(kind === 'recording' || part === undefined ? {} : { part: { kind, id: plainId(part) } }),
	});
}

/** The extension for a content type, or that of such files. */
export function extensionOf(kind: FileKind, contentType: string): string {
	return extensionFor(contentType) ?? extensionFor(USUAL[kind]) ?? 'bin';
}
