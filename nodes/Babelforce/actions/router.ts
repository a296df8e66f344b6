import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { BabelforceClient } from '../../../lib/platforms/babelforce/api/client';
import { createBabelforceClientFor } from '../../../lib/n8n/babelforce/client';
import type { Resources } from '../../../lib/n8n/run/operation';
import { runOperation } from '../../../lib/n8n/run/router';
import { agent } from './agent/Agent.resource';
import { agentStatus } from './agentStatus/AgentStatus.resource';
import { call } from './call/Call.resource';
import { recording } from './recording/Recording.resource';

/** Everything that the node can do. */
export const resources: Resources<BabelforceClient> = { call, recording, agent, agentStatus };

/** Carries out the chosen operation for every item. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runOperation(this, resources, createBabelforceClientFor);
}
