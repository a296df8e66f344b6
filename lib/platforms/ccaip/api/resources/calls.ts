/**
 * Places calls. https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api-call
 */
import { isRecord } from '../../../../domain/record';
import type { CcaiPlatformClient } from '../client';
import type { SessionDocument } from '../documents';

/** A call that an agent makes. */
export interface CallToStart {
	/** Address of the agent, as the platform knows it. */
	agentEmail: string;
	/** Whom to call. */
	to: string;
	/** Number that the other side sees; one of the platform's own. Its default unless told. */
	outboundNumber?: string;
	/** Language of the call; the platform's default unless told. */
	language?: string;
	/** Id of the CRM record that the call belongs to. */
	recordId?: string;
}

/** What became of it. */
export interface StartedCall {
	/** `placed`: the platform rings. `offered`: the agent has to take it in the adapter. */
	outcome: 'placed' | 'offered';
	/** The call, when the answer tells it. */
	record?: SessionDocument;
}

/**
 * Places an outbound call for an agent. Not sent twice: without an answer nobody knows whether the call was placed.
 *
 * @throws {CcaiPlatformError}
 */
export async function startCall(client: CcaiPlatformClient, call: CallToStart): Promise<StartedCall> {
	const { status, body } = await client.post({
		operation: 'start the call',
		whenNotFound:
			'Check that the agent has this email address in CCAI Platform, and may place outbound calls.',
		path: ['calls'],
		once: true,
		body: {
			call_type: 'Voice Outbound (API)',
			agent_email: call.agentEmail,
			end_user_number: call.to,
			...(call.outboundNumber === undefined ? {} : { outbound_number: call.outboundNumber }),
			...(call.language === undefined ? {} : { lang: call.language }),
			...(call.recordId === undefined ? {} : { ticket_id: call.recordId }),
		},
	});
	const outcome = status === 202 ? 'offered' : 'placed';
	return isRecord(body) && ['number', 'string'].includes(typeof body.id)
		? { outcome, record: body as unknown as SessionDocument }
		: { outcome };
}
