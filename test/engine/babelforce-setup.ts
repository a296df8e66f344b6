/** What the engine tests of the babelforce node share: the stand-in, the credential, and how to run one operation. */
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { BabelforceApi } from '../../credentials/BabelforceApi.credentials';
import { Babelforce } from '../../nodes/Babelforce/Babelforce.node';
import { BABELFORCE, type BabelforceStandIn } from '../../sandbox/babelforce';
import { loadOptionsContext, runOperation, type NodeResult, type RunOptions } from './execute-harness';

export { onlyItem as only } from './execute-harness';

export const BABELFORCE_NODE = 'n8n-nodes-kustomer.babelforce';

const nodeTypes = { [BABELFORCE_NODE]: new Babelforce() };
const credentialTypes = [new BabelforceApi()];
const { accessId, accessToken, user, password } = BABELFORCE.users.manager;

/** The pair of a user with manager rights. */
export function pairCredential({ url }: BabelforceStandIn): ICredentialDataDecryptedObject {
	const pair = { method: 'accessToken', accessId, accessToken };
	return { ...pair, environment: 'services', sessionToken: '', baseUrl: url };
}

/** User and password of the same user. */
export function passwordCredential({ url }: BabelforceStandIn): ICredentialDataDecryptedObject {
	const secrets = { method: 'password', user, password };
	return { ...secrets, environment: 'services', sessionToken: '', baseUrl: url };
}

export type BabelforceRunOptions = RunOptions & { credential?: ICredentialDataDecryptedObject };

function setupFor(standIn: BabelforceStandIn, credential = pairCredential(standIn)) {
	return { type: BABELFORCE_NODE, nodeTypes, credentialTypes, credentials: { babelforceApi: credential } };
}

/** Runs `call.getMany` and the like. */
export async function run(
	standIn: BabelforceStandIn,
	operation: string,
	parameters: INodeParameters,
	options: BabelforceRunOptions = {},
): Promise<NodeResult> {
	return await runOperation(setupFor(standIn, options.credential), operation, parameters, options);
}

/** The context of a list in the editor. */
export function editorContext(standIn: BabelforceStandIn, parameters: INodeParameters = {}) {
	return loadOptionsContext({ ...setupFor(standIn), parameters });
}
