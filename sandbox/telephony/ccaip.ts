/** Plays CCAI Platform: sends the webhooks of a scenario to the addresses that a person would enter in its portal. */
import {
	ccaipScenario,
	type CcaipOptions,
	type CcaipScenarioName,
	type CcaipTarget,
	type SimulatedWebhook,
} from './ccaip-scenarios';
import { credentialHeaders, type WebhookCredential } from './credential';
import { deliver, type Delivery } from './index';

export {
	newSessionId,
	platformTime,
	queueIds,
	sessionEvent,
	type CcaipAgent,
	type CcaipCustomer,
	type CcaipDisposition,
	type CcaipParticipant,
	type CcaipSession,
	type CcaipStep,
	type Spelling,
} from './ccaip-events';
export { chatMessageWebhook, signedChatWebhook, type ChatWebhookSecrets } from './ccaip-chat-webhook';
export { sessionMetadata, type CcaipRecord } from './ccaip-metadata';
export {
	CCAIP_SCENARIOS,
	ccaipScenario,
	isCcaipScenario,
	type CcaipOptions,
	type CcaipScenarioName,
	type CcaipTarget,
	type SimulatedWebhook,
} from './ccaip-scenarios';

/** Where webhooks go, and what they present. */
export interface CcaipReceiver {
	/** Addresses of the webhooks that there are. */
	urls: Partial<Record<CcaipTarget, string>>;
	/** Absent: nothing is presented. */
	credential?: WebhookCredential;
}

/**
 * Sends one webhook.
 *
 * @returns the delivery; a missing answer is one with status 0
 * @throws Error when there is no address for it
 */
export async function sendWebhook(webhook: SimulatedWebhook, receiver: CcaipReceiver): Promise<Delivery> {
	const url = receiver.urls[webhook.target];
	if (url === undefined) throw new Error(`There is no webhook for ${webhook.target} of CCAI Platform.`);
	const body = JSON.stringify(webhook.body);
	return await deliver(webhook.name, {
		method: 'POST',
		url,
		headers: {
			'content-type': 'application/json',
			...credentialHeaders(receiver.credential, body, Date.now()),
		},
		body,
	});
}

export interface PlayOptions extends CcaipOptions {
	scenario: CcaipScenarioName;
	receiver: CcaipReceiver;
	/** Milliseconds between the webhooks. Default 0. */
	pauseMs?: number;
	/** Called before each webhook, for example to wait until the one before is done. */
	beforeWebhook?: (webhook: SimulatedWebhook, index: number) => Promise<void>;
}

export interface PlayedScenario {
	/** `call-123`, in the order in which the sessions began. */
	sessionIds: string[];
	webhooks: SimulatedWebhook[];
	/** In the same order. */
	deliveries: Delivery[];
}

/**
 * Sends the webhooks of a scenario one after the other.
 *
 * @returns every delivery with its answer; never rejects because of an answer
 */
export async function playCcaipScenario(options: PlayOptions): Promise<PlayedScenario> {
	const { scenario, receiver, pauseMs, beforeWebhook, ...details } = options;
	const webhooks = ccaipScenario(scenario, details);
	const deliveries: Delivery[] = [];
	for (const [index, webhook] of webhooks.entries()) {
		if (index > 0 && pauseMs) await new Promise((next) => setTimeout(next, pauseMs));
		await beforeWebhook?.(webhook, index);
		deliveries.push(await sendWebhook(webhook, receiver));
	}
	return { sessionIds: [...new Set(webhooks.map(({ sessionId }) => sessionId))], webhooks, deliveries };
}
