import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { testKustomerApi } from '../../lib/n8n/kustomer/credential-test';
import {
	searchQueues,
	searchTags,
	searchTeams,
	searchUsers,
} from '../../lib/n8n/kustomer/methods/list-search';
import { getSessionFieldsStanding } from '../../lib/n8n/kustomer/methods/session-fields-standing';
import { nothingToRegister } from '../../lib/n8n/webhook/webhook-description';
import { testWebhookCredential } from '../../lib/n8n/webhook/webhook-credential-test';
import { OUTPUTS_EXPRESSION } from './outputs';
import { properties } from './properties';
import { receiveRequest } from './receive';
import { webhooks } from './webhook-description';

/** The custom CRM that CCAI Platform asks over HTTP, with Kustomer behind it. */
export class CrmApiTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Custom CRM API Trigger',
		name: 'crmApiTrigger',
		icon: { light: 'file:crmApi.svg', dark: 'file:crmApi.dark.svg' },
		group: ['trigger'],
		// Version 1 is the only one whose webhook n8n hands over unread when the node asks for it: see 'options' in properties.ts.
		version: 1,
		subtitle:
			'={{ (($parameter["ownEndpoints"] || []).length > 0) ? "your steps answer: " + $parameter["ownEndpoints"].join(", ") : "answers from Kustomer" }}',
		description:
			'Is the custom CRM of CCAI Platform: finds and creates accounts and records in Kustomer, stores files and comments, and answers in time',
		eventTriggerDescription: 'Waiting for a request of CCAI Platform. Send it to the test URL',
		activationMessage: 'CCAI Platform can now use the production URL as its custom CRM.',
		defaults: { name: 'Custom CRM API Trigger' },
		triggerPanel: {
			header: 'Answer the requests of CCAI Platform',
			executionsHelp: {
				inactive:
					'This node has two URLs. <br /><br /> <b>Test URL</b>: click the button, then let CCAI Platform send one request. It is answered from Kustomer and appears in the editor. <br /><br /> <b>Production URL</b>: publish the workflow, then enter this URL in CCAI Platform, with the path of an endpoint in place of its end, :part1. You find the requests in the list of executions.',
				active:
					'This node has two URLs. <br /><br /> <b>Test URL</b>: click the button, then let CCAI Platform send one request. It is answered from Kustomer and appears in the editor. <br /><br /> <b>Production URL</b>: the workflow is published, so every request that arrives here is answered. You find them in the <a data-key="executions">list of executions</a>.',
			},
			activationHint:
				'When the settings are right, publish the workflow and enter the production URL in CCAI Platform. Then you do not have to click this button.',
		},
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
			},
		],
		webhooks,
		properties,
	};

	methods = {
		credentialTest: { testKustomerApi, testWebhookCredential },
		listSearch: { searchQueues, searchTags, searchTeams, searchUsers },
		loadOptions: { getSessionFieldsStanding },
	};

	webhookMethods = {
		default: nothingToRegister(this.description.properties),
		setup: nothingToRegister(this.description.properties),
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveRequest(this);
	}
}
