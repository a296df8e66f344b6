/** What babelforce does at the end of a call: it tells so, and stores what it has recorded, often some time later. */
import type { Call, Recording } from '../../lib/platforms/babelforce/api/documents';
import type { BabelforceStandIn } from '../babelforce';
import {
	deliver,
	encodeEvent,
	eventFields,
	newPlatformId,
	type Delivery,
	type SimulatedCall,
	type WebhookCredential,
} from '../telephony';

/** A recording of a call. */
export interface KeptRecording {
	/** The platform's id, the same each time that the recording is told of. Default: a new one. */
	id?: string;
	/** Whether the file can be fetched by now. */
	isStored: boolean;
	/** Default 200,000. */
	bytes?: number;
}

/**
 * Puts a call that is over into babelforce's records, or brings the record up to date.
 *
 * @returns the record
 */
export function keepRecordings(
	babelforce: BabelforceStandIn,
	call: SimulatedCall,
	recordings: readonly KeptRecording[],
): Call {
	const answeredAt = call.startedAt + call.waitSeconds * 1000;
	const isAnswered = call.talkSeconds > 0;
	return babelforce.addCall(
		{
			id: call.id,
			sessionId: call.sessionId,
			conversationId: call.conversationId,
			from: call.from,
			to: call.to,
			state: isAnswered ? 'completed' : 'no-answer',
			duration: call.waitSeconds + call.talkSeconds,
			dateCreated: new Date(call.startedAt).toISOString(),
			dateEstablished: isAnswered ? new Date(answeredAt).toISOString() : undefined,
			dateFinished: new Date(answeredAt + call.talkSeconds * 1000).toISOString(),
		},
		recordings.map((one) => recordingOf(call, one)),
	);
}

function recordingOf(
	call: SimulatedCall,
	{ id = newPlatformId(), isStored, bytes = 200_000 }: KeptRecording,
): Partial<Recording> & { bytes: number } {
	return {
		id,
		bytes,
		duration: call.talkSeconds,
		...(isStored ? {} : { state: 'stopped', file: { state: 'storing' } }),
	};
}

/** Tells that a call is over. */
export async function endCall(
	call: SimulatedCall,
	webhookUrl: string,
	credential: WebhookCredential,
): Promise<Delivery> {
	const target = { webhookUrl, encoding: 'form' as const, credential };
	const event = 'call.finished';
	return await deliver(event, encodeEvent(eventFields(event, call), target, Date.now()));
}

/** Milliseconds that babelforce takes to store a recording in the sandbox. */
const STORING_MS = 1500;

/**
 * Ends a call that was recorded. Its recording is stored some time later, so that the workflow has to wait for it.
 *
 * @returns when it is stored, the delivery of the event
 */
export async function endRecordedCall(
	babelforce: BabelforceStandIn,
	call: SimulatedCall,
	webhookUrl: string,
	credential: WebhookCredential,
): Promise<Delivery> {
	const id = newPlatformId();
	keepRecordings(babelforce, call, [{ id, isStored: false }]);
	const delivery = await endCall(call, webhookUrl, credential);
	await new Promise((next) => setTimeout(next, STORING_MS));
	keepRecordings(babelforce, call, [{ id, isStored: true }]);
	return delivery;
}
