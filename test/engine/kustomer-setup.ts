/** What the engine tests of the Kustomer node share: the stand-in, the credential, and how to run one operation. */
import type { IDataObject, INodeExecutionData, INodeParameters, OnError } from 'n8n-workflow';

import { KustomerApi } from '../../credentials/KustomerApi.credentials';
import { KustomerOAuth2Api } from '../../credentials/KustomerOAuth2Api.credentials';
import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX, type KustomerStandIn } from '../../sandbox/kustomer';
import {
	executeNode,
	itemsOf,
	loadOptionsContext,
	type EngineSetup,
	type NodeResult,
} from './execute-harness';

export const KUSTOMER = 'n8n-nodes-kustomer.kustomer';

const nodeTypes = { [KUSTOMER]: new Kustomer() };
const credentialTypes = [new KustomerApi(), new KustomerOAuth2Api()];

/** The node, its credential types, and a key of the stand-in. */
export function setupFor(standIn: KustomerStandIn, token: string = standIn.apiKey): EngineSetup {
	return {
		nodeTypes,
		credentialTypes,
		credentials: {
			kustomerApi: { organization: SANDBOX.organization, apiKey: token, baseUrl: standIn.url },
		},
	};
}

/** How one run differs from the usual. */
export interface RunOptions {
	items?: INodeExecutionData[];
	onError?: OnError;
	token?: string;
	cancelWhen?: Promise<unknown>;
	/** What the node remembers; changed by the run. */
	staticData?: IDataObject;
}

/** Runs `customer.findOrCreate` and the like. */
export async function run(
	standIn: KustomerStandIn,
	operation: string,
	parameters: INodeParameters,
	options: RunOptions = {},
): Promise<NodeResult> {
	const [resource = '', name = ''] = operation.split('.');
	return await executeNode({
		...setupFor(standIn, options.token),
		type: KUSTOMER,
		parameters: { resource, operation: name, ...parameters },
		items: options.items ?? itemsOf({}),
		onError: options.onError,
		cancelWhen: options.cancelWhen,
		staticData: options.staticData,
	});
}

/** The first item of a run that must have gone well. */
export function only(result: NodeResult): INodeExecutionData['json'] {
	if (result.error !== undefined) throw result.error;
	if (result.items[0] === undefined) throw new Error('The node gave no item');
	return result.items[0].json;
}

/** The context of a list in the editor. */
export function editorContext(standIn: KustomerStandIn, parameters: INodeParameters = {}, token?: string) {
	return loadOptionsContext({ ...setupFor(standIn, token), type: KUSTOMER, parameters });
}

/** A resource locator. */
export function locator(mode: string, value: string): INodeParameters {
	return { __rl: true, mode, value } as unknown as INodeParameters;
}

/** Custom attributes as the mapper saves them. */
export function mapped(value: Record<string, unknown>): INodeParameters {
	return {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: Object.keys(value).map((id) => ({
			id,
			displayName: id,
			required: false,
			defaultMatch: false,
			display: true,
		})),
	} as unknown as INodeParameters;
}
