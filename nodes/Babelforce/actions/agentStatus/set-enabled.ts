import {
	setAgentEnabled,
	withKnownStatus,
} from '../../../../lib/platforms/babelforce/api/resources/agent-statuses';
import type { ExecuteOperation } from '../operation';
import { outcomeItem } from '../output';
import { agentNamed, setsDuringCalls } from '../read';

/** Enables or disables the account of the agent that the panel names. */
export function settingEnabled(enabled: boolean): ExecuteOperation {
	return async (call) => {
		const agent = await withKnownStatus(call.client, await agentNamed(call));
		const wanted = { enabled, duringCalls: setsDuringCalls(call) };
		return outcomeItem(await setAgentEnabled(call.client, agent, wanted));
	};
}
