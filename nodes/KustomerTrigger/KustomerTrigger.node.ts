import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { testKustomerApi } from '../../lib/n8n/kustomer/credential-test';
import { refuseMistypedPanel } from '../../lib/n8n/webhook/publish-check';
import { testWebhookCredential } from '../../lib/n8n/webhook/webhook-credential-test';
import { getTeams } from './load-options';
import { OUTPUTS_EXPRESSION } from './outputs';
import { makeWebhook, removeWebhook, webhookExists } from './own-webhook';
import { properties } from './properties';
import { receiveEvent } from './receive-event';
import { triggerOn } from './settings';
import { presentStatuses, receivePush, watchStatuses } from './statuses';
import { webhookDescription } from './webhook-description';

/**
 * Starts a workflow when something changes in Kustomer. Most changes arrive by Kustomer's outbound webhooks. Kustomer sends
 * no events about agents' statuses, so those are polled at regular intervals.
 */
export class KustomerTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kustomer Trigger',
		name: 'kustomerTrigger',
		icon: { light: 'file:kustomerTrigger.svg', dark: 'file:kustomerTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["triggerOn"] === "agentStatus" ? "agent status changed" : (Array.isArray($parameter["events"]) ? $parameter["events"].join(", ") : "") }}',
		// n8n's list of steps has one entry for this node and the node Kustomer, and shows this text for both.
		description:
			'Log calls and chats, work with customers and conversations, or start when something changes in Kustomer',
		eventTriggerDescription: 'Waiting for an event from Kustomer',
		activationMessage: 'Changes in Kustomer now start this workflow.',
		defaults: { name: 'Kustomer Trigger' },
		inputs: [],
		outputs: OUTPUTS_EXPRESSION,
		credentials: [
			{
				name: 'kustomerApi',
				required: true,
				testedBy: 'testKustomerApi',
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'kustomerOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'contactCenterWebhookApi',
				required: true,
				testedBy: 'testWebhookCredential',
				displayOptions: { show: { triggerOn: ['agentStatus'], acceptPushes: [true] } },
			},
		],
		webhooks: [webhookDescription()],
		properties,
	};

	methods = {
		credentialTest: { testKustomerApi, testWebhookCredential },
		loadOptions: { getTeams },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				refuseMistypedPanel(this, properties);
				return triggerOn(this) === 'agentStatus' || (await webhookExists(this));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return triggerOn(this) === 'agentStatus' || (await makeWebhook(this));
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return triggerOn(this) === 'agentStatus' || (await removeWebhook(this));
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return triggerOn(this) === 'agentStatus' ? await receivePush(this) : await receiveEvent(this);
	}

	/**
	 * Called when the workflow is published. Events need nothing beside their webhook, but an answer: n8n takes a trigger
	 * without one for not started, and starts it again and again.
	 */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return triggerOn(this) === 'agentStatus' ? await watchStatuses(this) : { closeFunction: async () => {} };
	}

	/**
	 * Called in every run. Passes on what started it; a test run without a webhook shows the present statuses. Without
	 * this method, n8n would call `trigger` in test runs, and a test webhook's event would be lost.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const width = triggerOn(this) === 'agentStatus' ? 2 : 1;
		const given = Array.from({ length: width }, (_, output) => inputOf(this, output));
		const isEmptyStart = given.flat().every(({ json }) => Object.keys(json).length === 0);
		return width === 2 && this.getMode() === 'manual' && isEmptyStart ? await presentStatuses(this) : given;
	}
}

/** What `webhook` or `trigger` gave for an output; n8n hands it over as input. */
function inputOf(context: IExecuteFunctions, output: number): INodeExecutionData[] {
	try {
		return context.getInputData(output) ?? [];
	} catch {
		return [];
	}
}
