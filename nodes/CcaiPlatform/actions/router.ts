import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../lib/platforms/ccaip/api/client';
import { createCcaiPlatformClientFor } from '../../../lib/n8n/ccaip/client';
import type { Resources } from '../../../lib/n8n/run/operation';
import { runOperation } from '../../../lib/n8n/run/router';
import { agent } from './agent/Agent.resource';
import { agentStatus } from './agentStatus/AgentStatus.resource';
import { call } from './call/Call.resource';
import { media } from './media/Media.resource';
import { recording } from './recording/Recording.resource';
import { session } from './session/Session.resource';
import { storageFile } from './storageFile/StorageFile.resource';

/** Everything that the node can do. */
export const resources: Resources<CcaiPlatformClient> = {
	agent,
	agentStatus,
	call,
	media,
	recording,
	session,
	storageFile,
};

/** Resources whose operations ask nobody: steps of n8n list and fetch for them. */
export const RESOURCES_WITHOUT_CREDENTIAL = ['storageFile'] as const;

/** Carries out the chosen operation for every item. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runOperation(this, resources, createCcaiPlatformClientFor);
}
