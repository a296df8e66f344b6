import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { BabelforceClient } from '../../../lib/platforms/babelforce/api/client';
import {
	listPresences,
	type PresenceChoice,
} from '../../../lib/platforms/babelforce/api/resources/presences';
import { createBabelforceClientFor } from '../../../lib/n8n/babelforce/client';
import { workOnItems } from '../../../lib/n8n/run/items';
import { NodeParameters } from '../../../lib/n8n/panel/parameters';
import * as agent from './agent/Agent.resource';
import * as agentStatus from './agentStatus/AgentStatus.resource';
import * as call from './call/Call.resource';
import type { ExecuteOperation } from './operation';
import * as recording from './recording/Recording.resource';

type Operations = Record<string, { execute: ExecuteOperation } | undefined>;

const resources: Record<string, Operations | undefined> = {
	agent: { get: agent.get, getMany: agent.getMany },
	agentStatus: {
		disable: agentStatus.disable,
		enable: agentStatus.enable,
		get: agentStatus.get,
		getMany: agentStatus.getMany,
		getPresences: agentStatus.getPresences,
		set: agentStatus.set,
	},
	call: { get: call.get, getMany: call.getMany },
	recording: { download: recording.download, get: recording.get },
};

/** Limits that the options of every operation hold. Seconds, as people enter them. */
type CommonOption = 'concurrency' | 'maxWait' | 'timeout';

const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 50;

/** Carries out the chosen operation for every item. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = this.getNodeParameter('operation', 0);
	const chosen = resources[resource]?.[operation];
	if (chosen === undefined) {
		throw new NodeOperationError(
			this.getNode(),
			`The operation '${operation}' of '${resource}' does not exist`,
			{ description: 'Choose an operation from the list.' },
		);
	}

	// One by one: as a whole, n8n would also resolve the expressions of options that belong to single items.
	const option = (name: CommonOption) => this.getNodeParameter(`options.${name}`, 0, null) as unknown;
	const parameters = new NodeParameters(this);
	const items = this.getInputData();
	let client: Promise<BabelforceClient> | undefined;
	let presences: Promise<PresenceChoice[]> | undefined;
	const presencesOf = async (of: BabelforceClient) => {
		presences ??= listPresences(of);
		return await presences.catch((error: unknown) => {
			// The next item tries again.
			presences = undefined;
			return Promise.reject(error);
		});
	};

	const work = async (itemIndex: number) => {
		// Made with the first item, so that a credential that does not fit is reported like any other failure of an item.
		client ??= createBabelforceClientFor(this, {
			timeoutMs: milliseconds(option('timeout')),
			maxWaitMs: milliseconds(option('maxWait')),
		});
		const ready = await client;
		return await chosen.execute({
			client: ready,
			presences: async () => await presencesOf(ready),
			parameters: parameters.forItem(itemIndex),
			helpers: this.helpers,
			input: items[itemIndex]?.json ?? {},
		});
	};
	const prepare = (itemIndex: number) => parameters.resolveAhead(itemIndex);
	return [await workOnItems(this, concurrencyOf(option('concurrency')), work, prepare)];
}

function concurrencyOf(option: unknown): number {
	const wanted = Number(option ?? DEFAULT_CONCURRENCY);
	return Number.isFinite(wanted) ? Math.min(Math.max(1, wanted), MAX_CONCURRENCY) : DEFAULT_CONCURRENCY;
}

function milliseconds(seconds: unknown): number | undefined {
	if (seconds === undefined || seconds === null || seconds === '') return undefined;
	const number = Number(seconds);
	return Number.isFinite(number) && number >= 0 ? number * 1000 : undefined;
}
