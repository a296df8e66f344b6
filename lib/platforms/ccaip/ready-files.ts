import type { Session } from '../../domain/session';
import { Fields } from '../fields';
import { wasNeverAnswered, type Look } from '../get-when-ready';
import type { CcaiPlatformClient } from './api/client';
import type { SessionDocument } from './api/documents';
import { CcaiPlatformError, unexpectedAnswerError } from './api/errors';
import type { ArrivingFile } from './api/files/download';
import { downloadSessionFile, type KeptFile } from './api/files/session-download';
import { MEDIA_KINDS, mediaOf, recordingOf, type Medium } from './api/files/session-files';
import { getSession } from './api/resources/sessions';
import { sessionNameOf, type SessionNumber } from './api/session-id';
import { normalFormOf } from './normal-form';

/** How the files of a session are looked for. */
export interface WantedFiles {
	session: SessionNumber;
	/** Whether it is reported when an answered call gets no recording. */
	isExpected: boolean;
	/** Whether files may come from inside the own network. */
	allowInternal: boolean;
}

/** A file of a session, and which of them. */
export interface ReadyFile<Kept> extends KeptFile<Kept> {
	kind: 'recording' | 'voicemail' | Medium['kind'];
	/** The platform's id of a photo or video. */
	id?: string;
}

/**
 * Looks for the recording or voicemail of a call, and for the photos and videos that the customer shared in a call or chat.
 * The platform's record says whether a recording is to be waited for: not when nobody answered, and not when the customer
 * did not permit it. Chats have none.
 *
 * @param save keeps a file while it arrives, under a name
 * @throws {CcaiPlatformError}
 */
export async function lookForFiles<Kept>(
	client: CcaiPlatformClient,
	{ session: wanted, isExpected, allowInternal }: WantedFiles,
	save: (file: ArrivingFile, fileName: string, contentType: string) => Promise<Kept>,
): Promise<Look<ReadyFile<Kept>>> {
	const record = await getSession(client, wanted);
	const read = normalFormOf(record, wanted.kind);
	if ('reason' in read) {
		throw unexpectedAnswerError(`read ${sessionNameOf(wanted)}`, read.reason.replace(/\.$/, ''));
	}
	const { session } = read;
	const media = mediaOf(session, MEDIA_KINDS).map(({ kind, id, url }) => ({
		key: `${kind}:${id}`,
		get: async () => ({
			kind,
			id,
			...(await downloadSessionFile(client, { session: wanted, kind, id, url, allowInternal }, save)),
		}),
	}));
	const recording = recordingOf(session);
	const { url, kind } = recording ?? {};
	if (url !== undefined) {
		const asked = { session: wanted, kind: 'recording' as const, url, allowInternal };
		const spoken = {
			key: 'recording',
			get: async () => ({
				...(await downloadSessionFile(client, asked, save)),
				kind: kind === 'voicemail' ? ('voicemail' as const) : ('recording' as const),
			}),
		};
		return { files: [spoken, ...media] };
	}
	const none = whyNoRecording(wanted, session, record);
	if (none !== undefined) return { files: media, none };
	return { files: media, awaited: noRecordingYet(wanted), isExpected };
}

function whyNoRecording(
	wanted: SessionNumber,
	session: Session,
	record: SessionDocument,
): string | undefined {
	if (wanted.kind === 'chat') return 'The chat has no photos and no videos.';
	if (wasNeverAnswered(session)) return 'Nobody answered the call.';
	const permission = new Fields(record).text('recordingPermission') ?? '';
	return /den(?:y|ied)|declin|refus|reject/i.test(permission)
		? 'The customer did not permit the recording.'
		: undefined;
}

/** The error for a call whose recording is not there, or not yet. */
export function noRecordingYet(call: SessionNumber): CcaiPlatformError {
	return new CcaiPlatformError({
		kind: 'notReady',
		message: `${sessionNameOf(call)} has no recording, or not yet.`,
		advice:
			"Recordings are ready some time after the call: look again later. If it never comes, the call was not recorded, or recordings go to external storage. The option 'If There Is No Recording' lets the workflow go on.",
	});
}
