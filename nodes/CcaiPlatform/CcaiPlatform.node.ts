import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { inputsOf } from '../../lib/n8n/panel/inputs';
import { outputsOf } from '../../lib/n8n/panel/outputs';
import { properties } from './actions/properties';
import { RESOURCES_WITHOUT_CREDENTIAL, resources, router } from './actions/router';
import { credentialTest, listSearch, loadOptions } from './methods';

/** Calls, chats, recordings, shared media, agents and stored files of Google Cloud CCAI Platform, also known as UJET. */
export class CcaiPlatform implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CCAI Platform',
		name: 'ccaiPlatform',
		icon: { light: 'file:ccaiPlatform.svg', dark: 'file:ccaiPlatform.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Get calls, chats and agents of Google Cloud CCAI Platform (UJET), set the status of agents, download recordings, photos and videos, and choose files of external storage',
		defaults: { name: 'CCAI Platform' },
		usableAsTool: true,
		inputs: inputsOf(resources),
		outputs: outputsOf(resources),
		credentials: [
			{
				name: 'ccaiPlatformApi',
				required: true,
				testedBy: 'testCcaiPlatformApi',
				displayOptions: { hide: { resource: [...RESOURCES_WITHOUT_CREDENTIAL] } },
			},
		],
		properties,
	};

	methods = { credentialTest, listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
