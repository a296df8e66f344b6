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

/** Calls, recordings and agents of babelforce. */
export class Babelforce implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Babelforce',
		name: 'babelforce',
		icon: { light: 'file:babelforce.svg', dark: 'file:babelforce.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read calls and agents of babelforce, set the status of agents, and download recordings',
		defaults: { name: 'Babelforce' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsOf(resources),
		credentials: [{ name: 'babelforceApi', required: true, testedBy: 'testBabelforceApi' }],
		properties,
	};

	methods = { credentialTest, listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
