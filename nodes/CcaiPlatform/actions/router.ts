import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../lib/platforms/ccaip/api/client';
import { workOnItems } from '../../../lib/n8n/run/items';
import { NodeParameters } from '../../../lib/n8n/panel/parameters';
import { createCcaiPlatformClientFor } from '../../../lib/n8n/ccaip/client';
import { saveFile } from '../transport/save-file';
import * as agent from './agent/Agent.resource';
import * as agentStatus from './agentStatus/AgentStatus.resource';
import * as media from './media/Media.resource';
import type { ExecuteOperation, ExecuteTogether } from './operation';
import * as recording from './recording/Recording.resource';
import * as session from './session/Session.resource';
import { SharedReading } from './shared-reading';

type Operation = { execute: ExecuteOperation } | { executeTogether: ExecuteTogether };
type Operations = Record<string, Operation | undefined>;

const resources: Record<string, Operations | undefined> = {
	agent: { get: agent.get, getMany: agent.getMany },
	agentStatus: { getStatuses: agentStatus.getStatuses, set: agentStatus.set },
	media: { download: media.download },
	recording: { download: recording.download },
	session: { getCall: session.getCall, getChat: session.getChat, getMany: session.getMany },
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

	const option = (name: CommonOption) => this.getNodeParameter(`options.${name}`, 0, null) as unknown;
	const parameters = new NodeParameters(this);
	const shared = new SharedReading();
	const items = this.getInputData();
	let client: Promise<CcaiPlatformClient> | undefined;
	let together: ReturnType<ExecuteTogether> | undefined;

	const work = async (itemIndex: number) => {
		// Made with the first item, so that a credential that does not fit is reported like any other failure of an item.
		client ??= createCcaiPlatformClientFor(this, {
			timeoutMs: milliseconds(option('timeout')),
			maxWaitMs: milliseconds(option('maxWait')),
		});
		if ('execute' in chosen) {
			return await chosen.execute({
				client: await client,
				parameters: parameters.forItem(itemIndex),
				shared,
				save: saveFile.bind(undefined, this),
			});
		}
		together ??= client.then(
			async (ready) =>
				await chosen.executeTogether({
					client: ready,
					parameters: items.map((_, index) => parameters.forItem(index)),
					shared,
				}),
		);
		const result = (await together)[itemIndex];
		if (result === undefined) return [];
		return result.status === 'fulfilled' ? result.value : await Promise.reject(result.reason);
	};
	const isTogether = 'executeTogether' in chosen;
	const prepare = (itemIndex: number) => {
		if (!isTogether) parameters.resolveAhead(itemIndex);
	};
	return [await workOnItems(this, concurrencyOf(option('concurrency')), work, prepare, isTogether)];
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
