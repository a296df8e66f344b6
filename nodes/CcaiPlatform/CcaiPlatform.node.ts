import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { outputsOf } from '../../lib/n8n/panel/outputs';
import { properties } from './actions/properties';
import { resources, router } from './actions/router';
import { credentialTest, listSearch, loadOptions } from './methods';

/** Calls, chats, recordings, shared media and agents of Google Cloud CCAI Platform, also known as UJET. */
export class CcaiPlatform implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CCAI Platform',
		name: 'ccaiPlatform',
		icon: { light: 'file:ccaiPlatform.svg', dark: 'file:ccaiPlatform.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Get calls, chats and agents of Google Cloud CCAI Platform (UJET), set the status of agents, and download recordings, photos and videos',
		defaults: { name: 'CCAI Platform' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsOf(resources),
		credentials: [{ name: 'ccaiPlatformApi', required: true, testedBy: 'testCcaiPlatformApi' }],
		properties,
	};

	methods = { credentialTest, listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
