import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { properties } from './actions/properties';
import { router } from './actions/router';
import { credentialTest } from './methods';

/** Calls, chats, recordings and shared media of Google Cloud CCAI Platform, also known as UJET. */
export class CcaiPlatform implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CCAI Platform',
		name: 'ccaiPlatform',
		icon: { light: 'file:ccaiPlatform.svg', dark: 'file:ccaiPlatform.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Get calls and chats of Google Cloud CCAI Platform (UJET), and download recordings, photos and videos',
		defaults: { name: 'CCAI Platform' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ccaiPlatformApi', required: true, testedBy: 'testCcaiPlatformApi' }],
		properties,
	};

	methods = { credentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
