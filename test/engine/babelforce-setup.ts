/** What the engine tests of the babelforce node share: the stand-in, the credential, and how to run one operation. */
import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
	OnError,
} from 'n8n-workflow';

import { BabelforceApi } from '../../credentials/BabelforceApi.credentials';
import { Babelforce } from '../../nodes/Babelforce/Babelforce.node';
import { BABELFORCE, type BabelforceStandIn } from '../../sandbox/babelforce';
import {
	executeNode,
	itemsOf,
	loadOptionsContext,
	type EngineSetup,
	type NodeResult,
} from './execute-harness';

export const BABELFORCE_NODE = 'n8n-nodes-kustomer.babelforce';

const nodeTypes = { [BABELFORCE_NODE]: new Babelforce() };
const credentialTypes = [new BabelforceApi()];
const { manager } = BABELFORCE.users;

/** The pair of a user with manager rights. */
export function pairCredential(standIn: BabelforceStandIn): ICredentialDataDecryptedObject {
	return {
		environment: 'services',
		method: 'accessToken',
		accessId: manager.accessId,
		accessToken: manager.accessToken,
		sessionToken: '',
		baseUrl: standIn.url,
	};
}

/** User and password of the same user. */
export function passwordCredential(standIn: BabelforceStandIn): ICredentialDataDecryptedObject {
	return {
		environment: 'services',
		method: 'password',
		user: manager.user,
		password: manager.password,
		sessionToken: '',
		baseUrl: standIn.url,
	};
}

/** How one run differs from the usual. */
export interface RunOptions {
	items?: INodeExecutionData[];
	onError?: OnError;
	credential?: ICredentialDataDecryptedObject;
}

function setupFor(standIn: BabelforceStandIn, credential?: ICredentialDataDecryptedObject): EngineSetup {
	return {
		nodeTypes,
		credentialTypes,
		credentials: { babelforceApi: credential ?? pairCredential(standIn) },
	};
}

/** Runs `call.getMany` and the like. */
export async function run(
	standIn: BabelforceStandIn,
	operation: string,
	parameters: INodeParameters,
	options: RunOptions = {},
): Promise<NodeResult> {
	const [resource = '', name = ''] = operation.split('.');
	return await executeNode({
		...setupFor(standIn, options.credential),
		type: BABELFORCE_NODE,
		parameters: { resource, operation: name, ...parameters },
		items: options.items ?? itemsOf({}),
		onError: options.onError,
	});
}

/** The first item of a run that must have gone well. */
export function only(result: NodeResult): INodeExecutionData {
	if (result.error !== undefined) throw result.error;
	if (result.items[0] === undefined) throw new Error('The node gave no item');
	return result.items[0];
}

/** The context of a list in the editor. */
export function editorContext(standIn: BabelforceStandIn, parameters: INodeParameters = {}) {
	return loadOptionsContext({ ...setupFor(standIn), type: BABELFORCE_NODE, parameters });
}
