/** What the engine tests of the Kustomer node share: the stand-in, the credential, and how to run one operation. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { AgentLinkApi } from '../../credentials/AgentLinkApi.credentials';
import { KustomerApi } from '../../credentials/KustomerApi.credentials';
import { KustomerOAuth2Api } from '../../credentials/KustomerOAuth2Api.credentials';
import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { useStandIn } from '../setup/stand-in';
import {
	loadOptionsContext,
	onlyItem,
	runOperation,
	type EngineSetup,
	type NodeResult,
	type RunOptions,
} from './execute-harness';

export const KUSTOMER = 'n8n-nodes-kustomer.kustomer';

const nodeTypes = { [KUSTOMER]: new Kustomer() };
const credentialTypes = [new KustomerApi(), new KustomerOAuth2Api(), new AgentLinkApi()];

/** Secrets of links that agents open. */
export const AGENT_LINKS = {
	lookupKey: 'a-lookup-key-of-the-tests',
	signingSecret: 'a-signing-secret-of-the-tests',
};

/** One Kustomer without limits for all tests of a file. */
export function useKustomer(): KustomerStandIn {
	return useStandIn(() => startKustomerStandIn({ rateLimitPerMinute: 0 }));
}

/** The node, its credential types, and a key of the stand-in. */
export function setupFor({ url, apiKey }: KustomerStandIn, token = apiKey): EngineSetup {
	const credential = { organization: SANDBOX.organization, apiKey: token, baseUrl: url };
	return { nodeTypes, credentialTypes, credentials: { kustomerApi: credential, agentLinkApi: AGENT_LINKS } };
}

export type KustomerRunOptions = RunOptions & { token?: string };

/** Runs `customer.findOrCreate` and the like. */
export async function run(
	standIn: KustomerStandIn,
	operation: string,
	parameters: INodeParameters,
	options: KustomerRunOptions = {},
): Promise<NodeResult> {
	const setup = { ...setupFor(standIn, options.token), type: KUSTOMER };
	return await runOperation(setup, operation, parameters, options);
}

/** The first item of a run that must have gone well. */
export function only(result: NodeResult): INodeExecutionData['json'] {
	return onlyItem(result).json;
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
