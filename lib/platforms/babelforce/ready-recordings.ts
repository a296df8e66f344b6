import type { Session } from '../../domain/session';
import { wasNeverAnswered, type Look } from '../get-when-ready';
import type { BabelforceClient } from './api/client';
import type { Recording } from './api/documents';
import { downloadRecording, type OpenFile } from './api/download';
import { BabelforceError } from './api/errors';
import { recordingsOfCall } from './api/resources/recordings';

/** How the recordings of a call are looked for. */
export interface WantedRecordings {
	session: Session;
	/** The kind of event that told of the call. */
	event?: string;
	/** Whether an ended call for which babelforce lists no recording may still get one. */
	waitIfNoneListed: boolean;
	/** Whether files may come from inside the own network. */
	allowInternal: boolean;
}

/**
 * Looks for the recordings of a call that has ended. babelforce lists them with the call, and stores their files some time
 * later. A call without any was not recorded, unless an event has told of one.
 *
 * @param store keeps a file while it arrives
 * @throws {BabelforceError}
 */
export async function lookForRecordings<Kept>(
	client: BabelforceClient,
	{ session, event, waitIfNoneListed, allowInternal }: WantedRecordings,
	store: (file: OpenFile) => Promise<Kept>,
): Promise<Look<{ recording: Recording; kept: Kept }>> {
	const isTold = event === 'recording' || event === 'voicemail';
	if (!isTold && wasNeverAnswered(session)) return { files: [], none: 'Nobody answered the call.' };
	const listed = await recordingsOfCall(client, session.id);
	const recordings = listed.filter(({ state, file }) => state !== 'deleted' && file?.state !== 'deleted');
	if (recordings.length > 0) {
		return {
			files: recordings.map((recording) => ({
				key: recording.id,
				get: async () => ({
					recording,
					kept: await downloadRecording(client, recording, store, allowInternal),
				}),
			})),
		};
	}
	if (listed.length > 0) return { files: [], none: 'The recording was deleted in babelforce.' };
	if (isTold || waitIfNoneListed) return { files: [], awaited: noRecordingYet(session.id) };
	return { files: [], none: 'babelforce has no recording of the call.' };
}

/** The error for a call whose recording has not come. */
export function noRecordingYet(callId: string | undefined): BabelforceError {
	return new BabelforceError({
		kind: 'notReady',
		message: `The call ${callId === undefined ? '' : `${callId} `}has no recording.`,
		advice:
			'babelforce enters a recording some time after the call has ended; try again later. Or the call was not recorded: check whether recording is on for it.',
	});
}
