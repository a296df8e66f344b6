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
import { credentials } from './credentials';
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
		credentials,
		properties,
	};

	methods = { credentialTest, listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
