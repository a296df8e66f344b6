/** What the engine tests of the CCAI Platform node share: the credential, and how to run one operation. */
import type { IDataObject, INodeExecutionData, INodeParameters, OnError } from 'n8n-workflow';

import { CcaiPlatformApi } from '../../credentials/CcaiPlatformApi.credentials';
import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import type { CcaiPlatformStandIn } from '../../sandbox/ccai-platform';
import { executeNode, itemsOf, type NodeResult } from './execute-harness';

export const CCAI_PLATFORM = 'n8n-nodes-kustomer.ccaiPlatform';

/** How one run differs from the usual. */
export interface RunOptions {
	items?: INodeExecutionData[];
	onError?: OnError;
	token?: string;
	baseUrl?: string;
}

/** Runs `session.getMany` and the like. */
export async function runOn(
	standIn: CcaiPlatformStandIn,
	operation: string,
	parameters: INodeParameters,
	options: RunOptions = {},
): Promise<NodeResult> {
	const [resource = '', name = ''] = operation.split('.');
	return await executeNode({
		type: CCAI_PLATFORM,
		nodeTypes: { [CCAI_PLATFORM]: new CcaiPlatform() },
		credentialTypes: [new CcaiPlatformApi()],
		credentials: {
			ccaiPlatformApi: {
				subdomain: standIn.subdomain,
				domain: 'uc1.ccaiplatform.com',
				token: options.token ?? standIn.token,
				baseUrl: options.baseUrl ?? standIn.url,
			},
		},
		parameters: { resource, operation: name, ...parameters },
		items: options.items ?? itemsOf({}),
		onError: options.onError,
	});
}

/** The items of a run that must have gone well. */
export function jsonOf(result: NodeResult): IDataObject[] {
	if (result.error !== undefined) throw result.error;
	return result.items.map(({ json }) => json);
}
