import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { outputsOf } from '../../lib/n8n/panel/outputs';
import { VERSIONS } from '../../lib/n8n/kustomer/fields/versions';
import { properties } from './actions/properties';
import { resources, router } from './actions/router';
import { platformCredentials } from './credentials';
import { credentialTest, listSearch, loadOptions, resourceMapping } from './methods';

/** Sessions, recordings, customers, conversations, notes, messages and users of Kustomer. */
export class Kustomer implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kustomer',
		name: 'kustomer',
		icon: { light: 'file:kustomer.svg', dark: 'file:kustomer.dark.svg' },
		group: ['transform'],
		version: VERSIONS,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Log calls and chats, and work with customers, conversations, recordings and agent status in Kustomer',
		defaults: { name: 'Kustomer' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsOf(resources),
		// Those of platforms are added below: n8n's linter reads what is written out here, and nothing else.
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
				name: 'agentLinkApi',
				required: true,
				testedBy: 'testAgentLinkApi',
				displayOptions: { show: { resource: ['agentLink'] } },
			},
		],
		properties,
	};

	constructor() {
		this.description.credentials?.push(...platformCredentials);
	}

	methods = { credentialTest, listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
