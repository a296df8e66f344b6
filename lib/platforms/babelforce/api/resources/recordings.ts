import { objectsIn } from '../../../item-fields';
import type { BabelforceClient } from '../client';
import type { Call, Recording } from '../documents';
import { plainId, wireId } from '../ids';
import { getCall, listCalls } from './calls';

/**
 * One recording.
 *
 * @throws {BabelforceError} of the kind `notFound`
 */
export async function getRecording(client: BabelforceClient, id: string): Promise<Recording> {
	return await client.item<Recording>({
		operation: 'read the recording',
		path: ['recordings', wireId(id, 'Recording')],
	});
}

/** Legs of one call that are looked at. */
const MOST_LEGS = 100;

/**
 * The recordings of one call; none when it was not recorded, or when babelforce has not entered them yet.
 *
 * The call carries them itself: the list of recordings cannot be filtered by call. Where it has none, the legs on which
 * it was passed on to agents are asked.
 *
 * @throws {BabelforceError} of the kind `notFound` when there is no such call
 */
export async function recordingsOfCall(client: BabelforceClient, callId: string): Promise<Recording[]> {
	const call = await getCall(client, callId);
	const own = recordingsIn(call);
	if (own.length > 0 || plainId(call.parentId) !== undefined) return own;
	const legs = await listCalls(client, { parentIds: [callId] }, MOST_LEGS);
	return legs.flatMap(recordingsIn);
}

function recordingsIn(call: Call): Recording[] {
	return objectsIn(call.recordings).map((recording) => withCall(recording, call));
}

/** Older answers leave out the call in the recordings that stand inside of it. */
function withCall(recording: Recording, call: Call): Recording {
	if (plainId(recording.call?.id) !== undefined) return recording;
	const { id, conversationId, type, from, to } = call;
	return { ...recording, call: { id, conversationId, type, from, to } };
}

/** Whether a recording's file can be fetched: now, perhaps later, or never. */
export type Availability = 'ready' | 'later' | 'never';

const GONE = new Set(['failed', 'deleted', 'missing']);
const UNFINISHED = new Set(['init', 'recording']);

/** Says whether the file can be fetched. Only the file's own state is always there. */
export function availabilityOf({ state, file }: Recording): Availability {
	if (GONE.has(state ?? '') || GONE.has(file?.state ?? '')) return 'never';
	const stored = file?.state === 'stored' || (typeof file?.state !== 'string' && state === 'stored');
	return stored && !UNFINISHED.has(state ?? '') ? 'ready' : 'later';
}
