/** What the engine tests of the CCAI Platform node share: the credential, and how to run one operation. */
import type { INodeParameters } from 'n8n-workflow';

import { CcaiPlatformApi } from '../../credentials/CcaiPlatformApi.credentials';
import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import type { CcaiPlatformStandIn } from '../../sandbox/ccai-platform';
import { loadOptionsContext, runOperation, type NodeResult, type RunOptions } from './execute-harness';

export { jsonOf } from './execute-harness';

export const CCAI_PLATFORM = 'n8n-nodes-kustomer.ccaiPlatform';

const nodeTypes = { [CCAI_PLATFORM]: new CcaiPlatform() };
const credentialTypes = [new CcaiPlatformApi()];

export type CcaiRunOptions = RunOptions & { token?: string; baseUrl?: string };

/** The credential of the stand-in's tenant. */
export function ccaiCredential({ subdomain, token, url }: CcaiPlatformStandIn, changes: CcaiRunOptions = {}) {
	return {
		...{ subdomain, domain: 'uc1.ccaiplatform.com' },
		...{ token: changes.token ?? token, baseUrl: changes.baseUrl ?? url },
	};
}

function setupFor(standIn: CcaiPlatformStandIn, options?: CcaiRunOptions) {
	const credentials = { ccaiPlatformApi: ccaiCredential(standIn, options) };
	return { type: CCAI_PLATFORM, nodeTypes, credentialTypes, credentials };
}

/** Runs `session.getMany` and the like. */
export async function runOn(
	standIn: CcaiPlatformStandIn,
	operation: string,
	parameters: INodeParameters,
	options: CcaiRunOptions = {},
): Promise<NodeResult> {
	return await runOperation(setupFor(standIn, options), operation, parameters, options);
}

/** The context of a list in the editor. */
export function editorContext(standIn: CcaiPlatformStandIn, parameters: INodeParameters = {}) {
	return loadOptionsContext({ ...setupFor(standIn), parameters });
}
