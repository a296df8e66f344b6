import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { nothingToRegister } from '../../lib/n8n/webhook/webhook-description';
import { testWebhookCredential } from '../../lib/n8n/webhook/webhook-credential-test';
import { credentialInUse, getCredentialInUse } from './credential-in-use';
import { OUTPUTS_EXPRESSION } from './outputs';
import { eventParameters, platformOptions, platformsWith, setupNotices } from './platforms';
import { receiveWebhook } from './receive';
import { webhookDescription } from './webhook-description';

export class ContactCenterTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Contact Center Trigger',
		name: 'contactCenterTrigger',
		icon: { light: 'file:contactCenter.svg', dark: 'file:contactCenter.dark.svg' },
		group: ['trigger'],
		// From version 2 on, n8n hands over the body as it was sent, and evaluates no expression to find out how to read it.
		version: [2, 2.1],
		subtitle:
			'={{ $parameter["platform"] + (Array.isArray($parameter["events"]) ? ": " + $parameter["events"].length + ($parameter["events"].length === 1 ? " event" : " events") : "") }}',
		description:
			'Starts the workflow when a call or chat on a contact center platform begins, is answered or ends',
		eventTriggerDescription: 'Waiting for an event from the contact center. Send it to the test URL',
		activationMessage: 'Events that the contact center sends to the production URL now start this workflow.',
		defaults: { name: 'Contact Center Trigger' },
		triggerPanel: {
			header: 'Receive events from your contact center',
			executionsHelp: {
				inactive:
					'This node has two URLs. <br /><br /> <b>Test URL</b>: click the button, then let the contact center send one event. It appears in the editor. <br /><br /> <b>Production URL</b>: publish the workflow, then put this URL into the contact center. Every event starts the workflow, and you find the runs in the list of executions.',
				active:
					'This node has two URLs. <br /><br /> <b>Test URL</b>: click the button, then let the contact center send one event. It appears in the editor. <br /><br /> <b>Production URL</b>: the workflow is published, so every event that arrives here starts it. You find the runs in the <a data-key="executions">list of executions</a>.',
			},
			activationHint:
				'When the workflow is ready, publish it and put the production URL into the contact center. Then you do not have to click this button.',
		},
		inputs: [],
		outputs: OUTPUTS_EXPRESSION,
		credentials: [
			{
				name: 'contactCenterWebhookApi',
				required: true,
				testedBy: 'testWebhookCredential',
			},
		],
		webhooks: [
			webhookDescription({ name: 'default', httpMethod: 'POST' }),
			// The same address, for platforms that can only send the fields in the URL. Shown once in the panel.
			webhookDescription({ name: 'setup', httpMethod: 'GET', ndvHideUrl: true }),
		],
		properties: [
			{
				displayName: 'Platform',
				name: 'platform',
				type: 'options',
				noDataExpression: true,
				options: platformOptions(),
				default: 'babelforce',
				description: 'The contact center platform that sends the events',
			},
			credentialInUse,
			...setupNotices(),
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				required: true,
				default: 'contact-center',
				placeholder: 'e.g. contact-center',
				description:
					'Last part of the webhook URL, which you may choose. Each published workflow needs its own. When you change it, enter the new URL in the contact center.',
			},
			...eventParameters(),
			{
				displayName: 'Outputs',
				name: 'outputs',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'One Output per Event',
						value: 'perEvent',
						description: 'Each ticked event has an output of its own, to which you connect the steps for it',
					},
					{
						name: 'Single Output',
						value: 'single',
						description:
							"All events leave by one output, for steps that take any event, such as Session: Log. The field 'event' says which one it is.",
					},
				],
				default: 'perEvent',
				description: 'Where the steps that follow are connected',
			},
			{
				displayName: 'Respond',
				name: 'respond',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Immediately',
						value: 'immediately',
						description: 'Answers as soon as the event is accepted',
					},
					{
						name: 'When Workflow Finishes',
						value: 'whenFinished',
						description:
							"Answers with the first item of the workflow's last node. Connect every output: an event whose output leads nowhere is answered with 500.",
					},
				],
				default: 'immediately',
				description: 'When the contact center gets its answer, and what is in it',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Allowed Origins (CORS)',
						name: 'allowedOrigins',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://desk.example.com',
						description:
							'Web pages that may send events, by protocol and host, separated by commas: for the agent desktop. A page of another origin is refused, whatever it shows. Platforms name no origin and are not concerned. When empty, every page with the secret may send.',
					},
					{
						displayName: 'External ID Prefix',
						name: 'externalIdPrefix',
						type: 'string',
						default: '',
						placeholder: 'e.g. berlin-',
						description:
							'Text in front of the external ID, which is the name that a call has in Kustomer. Only needed when two contact centers share one Kustomer organization.',
					},
					{
						displayName: 'Session ID Field',
						name: 'sessionIdField',
						type: 'string',
						displayOptions: { show: { '/platform': platformsWith('sessionIdField') } },
						default: '',
						placeholder: 'e.g. detail.contactId',
						description:
							"Field of the webhook that names the call, the same in every event of it. When empty, the first that is filled of 'sessionId', the ID of a parent call ('parentCallId', 'parentCallSid', 'linkedId'), 'callId', 'callSid' or 'uuid'. IDs of a person or a thread, such as 'contactId' and 'conversationId', count only when you name them here.",
					},
					{
						displayName: 'Session ID From',
						name: 'sessionIdFrom',
						type: 'options',
						displayOptions: { show: { '/platform': platformsWith('sessionIdFrom') } },
						options: [
							{
								name: 'Call',
								value: 'call',
								description: 'The ID of the parent call, or of the call itself when it has no parent',
							},
							{
								name: 'Conversation',
								value: 'conversation',
								description: "The platform's conversation ID, which can join several calls",
							},
							{
								name: 'Session',
								value: 'session',
								description: "The platform's session ID",
							},
						],
						default: 'call',
						description:
							'Which ID of the platform stands for the whole call. Events with the same ID belong to one Kustomer conversation.',
					},
					{
						displayName: 'Source Name',
						name: 'sourceName',
						type: 'string',
						displayOptions: { show: { '/platform': platformsWith('sourceName') } },
						default: 'generic',
						placeholder: 'e.g. acme-phone',
						description:
							'Name of your platform. It is the first part of the external ID, which is the name that a call has in Kustomer.',
					},
				],
			},
		],
	};

	methods = {
		credentialTest: { testWebhookCredential },
		loadOptions: { getCredentialInUse },
	};

	webhookMethods = {
		default: nothingToRegister(this.description.properties),
		setup: nothingToRegister(this.description.properties),
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this);
	}
}
