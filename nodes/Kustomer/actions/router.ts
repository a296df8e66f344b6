import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { KustomerClient } from '../../../lib/kustomer/client';
import { createClient, type KustomerAuthentication } from '../../../lib/n8n/kustomer/client';
import type { Resources } from '../../../lib/n8n/run/operation';
import { runOperation } from '../../../lib/n8n/run/router';
import { agentLink } from './agentLink/AgentLink.resource';
import { agentStatus } from './agentStatus/AgentStatus.resource';
import { conversation } from './conversation/Conversation.resource';
import { crmRequest } from './crmRequest/CrmRequest.resource';
import { customer } from './customer/Customer.resource';
import { field } from './field/Field.resource';
import { message } from './message/Message.resource';
import { note } from './note/Note.resource';
import { recording } from './recording/Recording.resource';
import { session } from './session/Session.resource';
import { testCall } from './testCall/TestCall.resource';
import { user } from './user/User.resource';

/** Everything that the node can do. */
export const resources: Resources<KustomerClient> = {
	conversation,
	customer,
	message,
	note,
	recording,
	session,
	field,
	agentStatus,
	agentLink,
	testCall,
	user,
	crmRequest,
};

/** Carries out the chosen operation for every item. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runOperation(this, resources, async (context, limits) => {
		const authentication = context.getNodeParameter('authentication', 0, 'apiKey');
		return await createClient(context, authentication as KustomerAuthentication, limits);
	});
}
