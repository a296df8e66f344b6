import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { holdOf } from '../../../../lib/platforms/ccaip/agent-hold';
import {
	agentId,
	agentName,
	agentWithEmail,
	listAllAgents,
} from '../../../../lib/platforms/ccaip/api/resources/agents';
import type { Agent, StatusAnswer } from '../../../../lib/platforms/ccaip/api/documents';
import { CcaiPlatformError } from '../../../../lib/platforms/ccaip/api/errors';
import {
	setAgentStatuses,
	type StatusResult,
} from '../../../../lib/platforms/ccaip/api/resources/agent-statuses';
import {
	listUserStatuses,
	statusNamed,
	type StatusChoice,
} from '../../../../lib/platforms/ccaip/api/resources/user-statuses';
import {
	outcomeOf,
	systemStatusRefused,
	waiting,
	type StatusOutcome,
} from '../../../../lib/platforms/ccaip/api/status-outcome';
import { FailedPart } from '../../../../lib/n8n/run/items';
import { requiredLocator, requiredText } from '../../../../lib/n8n/panel/fields';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { filled } from '../../../../lib/n8n/run/present';
import { agentLocator } from '../descriptions/agent';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteTogether, TogetherCall, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Set',
	action: 'Set agent status',
	description: 'Give agents a status; items with the same status are sent together',
};

export const description: INodeProperties[] = [
	{ ...agentLocator, description: 'The agent who gets the status' },
	{
		displayName: 'Status Name or ID',
		name: 'status',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getSettableStatuses' },
		default: '',
		required: true,
		description:
			'The status to give. Names are understood as well as IDs. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	optionsCollection(),
];

/** What one item asks for. */
interface StatusRequest {
	id: number;
	status: StatusChoice;
	/** Known when the agent was looked for by email address. */
	agent?: Agent;
}

/** What became of an item: a failure, an outcome without a request, or a status to be sent. */
type Prepared = { failure: unknown } | { wanted: StatusRequest; outcome?: StatusOutcome };

/** Sets statuses. Agents who get the same status share a request; if several items name one agent, the last one counts (rule S8). */
export const executeTogether: ExecuteTogether = async (call) => {
	const statuses = await call.once(listUserStatuses);
	const prepared = await Promise.all(
		call.inputs.map(
			async (_, item): Promise<Prepared> =>
				await prepare(call, call.parametersOf(item), statuses).catch((failure: unknown) => ({ failure })),
		),
	);
	const last = new Map<number, StatusRequest>();
	for (const one of prepared) {
		if ('wanted' in one && one.outcome?.outcome !== 'refused') last.set(one.wanted.id, one.wanted);
	}
	for (const one of prepared) {
		if ('failure' in one || one.outcome?.outcome === 'refused') continue;
		if (last.get(one.wanted.id)?.status !== one.wanted.status) one.outcome = superseded(one.wanted);
	}

	const answers = await send(call, prepared);
	return prepared.map((one, item) => {
		if ('failure' in one) return { item, result: new FailedPart(one.failure) };
		const { wanted, outcome } = one;
		if (outcome !== undefined) return { item, result: itemOf(wanted, outcome) };
		const answer = answers.get(wanted.id);
		const result =
			answer === undefined || answer instanceof Error
				? new FailedPart(answer)
				: itemOf(wanted, outcomeOf(answer, wanted.status, statuses), answer);
		return { item, result };
	});
};

async function prepare(
	{ once }: TogetherCall,
	parameters: ItemParameters,
	statuses: readonly StatusChoice[],
): Promise<Prepared> {
	const status = statusNamed(requiredText(parameters, 'status', 'Status'), statuses, 'Status');
	const { mode, value } = requiredLocator(parameters, 'agent', 'Agent');
	const agent = mode === 'email' ? agentWithEmail(await once(listAllAgents), value) : undefined;
	const wanted = { id: agentId(String(agent?.id ?? value), 'Agent'), status, agent };
	if (status.isSystem) return { wanted, outcome: systemStatusRefused(status.name) };
	if (agent === undefined) return { wanted };
	if (String(agent.status?.id ?? '') === status.id) {
		return {
			wanted,
			outcome: { outcome: 'alreadySet', reason: `The agent has the status "${status.name}" already.` },
		};
	}
	const hold = holdOf(agent);
	return { wanted, outcome: hold === undefined ? undefined : waiting(hold) };
}

function superseded({ status }: StatusRequest): StatusOutcome {
	return {
		outcome: 'superseded',
		reason: `A later item gives this agent another status: "${status.name}" was not sent.`,
	};
}

/** Sends what is left to be sent. A request that fails as a whole fails for its agents. */
async function send(
	{ client }: TogetherCall,
	prepared: readonly Prepared[],
): Promise<Map<number, StatusResult | Error>> {
	const byStatus = new Map<StatusChoice, Set<number>>();
	for (const one of prepared) {
		if ('failure' in one || one.outcome !== undefined) continue;
		const { id, status } = one.wanted;
		byStatus.set(status, (byStatus.get(status) ?? new Set()).add(id));
	}
	const sent = [...byStatus].map(async ([{ name }, ids]) => {
		const wanted = [...ids];
		return await setAgentStatuses(client, name, wanted).catch((error: unknown) => {
			if (!(error instanceof CcaiPlatformError)) throw error;
			return new Map(wanted.map((id) => [id, error] as const));
		});
	});
	return new Map((await Promise.all(sent)).flatMap((results) => [...results]));
}

function itemOf(
	{ id, status, agent }: StatusRequest,
	outcome: StatusOutcome,
	answer?: StatusAnswer,
): IDataObject {
	const name = answer?.name ?? (agent === undefined ? undefined : agentName(agent));
	return filled({
		id,
		name,
		email: answer?.email ?? agent?.email,
		status: status.name,
		statusId: status.id,
		...outcome,
		previousStatus: answer?.previous_status ?? agent?.status?.name,
		currentStatus: answer?.current_status ?? agent?.status?.name,
	});
}
