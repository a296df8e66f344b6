import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { KustomerClient } from '../../../lib/kustomer/client';
import { errorFields, toNodeError } from '../../../lib/n8n/run/errors';
import { workOnItemsForOutputs } from '../../../lib/n8n/run/items';
import { createClient, type KustomerAuthentication } from '../../../lib/n8n/kustomer/client';
import { NodeParameters } from '../../../lib/n8n/panel/parameters';
import * as agentStatus from './agentStatus/AgentStatus.resource';
import * as conversation from './conversation/Conversation.resource';
import * as customer from './customer/Customer.resource';
import * as field from './field/Field.resource';
import * as message from './message/Message.resource';
import * as note from './note/Note.resource';
import { outputCount } from '../outputs';
import type { ExecuteOperation, ExecuteTogether } from './operation';
import * as recording from './recording/Recording.resource';
import * as session from './session/Session.resource';
import * as user from './user/User.resource';

type Operation = { execute: ExecuteOperation } | { executeTogether: ExecuteTogether };
type Operations = Record<string, Operation | undefined>;

const resources: Record<string, Operations | undefined> = {
	agentStatus: {
		compare: agentStatus.compare,
		get: agentStatus.get,
		map: agentStatus.map,
		set: agentStatus.set,
	},
	conversation: {
		create: conversation.create,
		findOpen: conversation.findOpen,
		get: conversation.get,
		getMany: conversation.getMany,
		update: conversation.update,
	},
	customer: {
		create: customer.create,
		findOrCreate: customer.findOrCreate,
		get: customer.get,
		getMany: customer.getMany,
		update: customer.update,
	},
	field: { createSessionFields: field.createSessionFields },
	message: { create: message.create, update: message.update },
	note: { create: note.create },
	recording: { upload: recording.upload },
	session: { log: session.log },
	user: { find: user.find },
};

/** Operations that find everything that an earlier run has done: one item that fails does not hold up the others. */
const REPEATABLE: ReadonlySet<string> = new Set(['agentStatus.set', 'recording.upload', 'session.log']);

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
			{
				description: 'Choose an operation from the list.',
			},
		);
	}

	const authentication = this.getNodeParameter('authentication', 0, 'apiKey') as KustomerAuthentication;
	// One by one: as a whole, n8n would also resolve the expressions of options that belong to single items.
	const option = (name: CommonOption) => this.getNodeParameter(`options.${name}`, 0, null) as unknown;
	const parameters = new NodeParameters(this);
	const items = this.getInputData();
	let client: Promise<KustomerClient> | undefined;

	const ready = async () => {
		// Made with the first item, so that a credential that does not fit is reported like any other failure of an item.
		client ??= createClient(this, authentication, {
			timeoutMs: milliseconds(option('timeout')),
			maxWaitMs: milliseconds(option('maxWait')),
		});
		return await client;
	};
	const outputs = outputCount(resource, operation);
	if ('executeTogether' in chosen) {
		const sorted = ready().then(
			async (kustomer) =>
				await chosen.executeTogether({
					client: kustomer,
					parameters: parameters.forItem(0),
					items: items.map(({ json }) => json),
					context: this,
				}),
		);
		return forReaders(this, await together(this, outputs, sorted));
	}

	const work = async (itemIndex: number) =>
		await chosen.execute({
			client: await ready(),
			parameters: parameters.forItem(itemIndex),
			input: items[itemIndex]?.json ?? {},
			context: this,
		});
	const prepare = (itemIndex: number) => parameters.resolveAhead(itemIndex);
	const tryAll = REPEATABLE.has(`${resource}.${operation}`);
	const concurrency = concurrencyOf(option('concurrency'));
	return forReaders(this, await workOnItemsForOutputs(this, outputs, concurrency, work, prepare, tryAll));
}

/**
 * The items of each output. A failure becomes one item of the last output when the node is set to continue: the others
 * lead to steps that change something.
 */
async function together(
	context: IExecuteFunctions,
	outputs: number,
	working: ReturnType<ExecuteTogether>,
): Promise<INodeExecutionData[][]> {
	const results = await working.catch((thrown: unknown) => {
		const error = toNodeError(thrown, { node: context.getNode() });
		if (!context.continueOnFail()) return Promise.reject(error);
		const lists: Awaited<ReturnType<ExecuteTogether>> = Array.from({ length: outputs }, () => []);
		lists.at(-1)?.push({ json: { error: errorFields(error) }, item: 0 });
		return lists;
	});
	return results.map((items) =>
		items.map(({ json, item }) => ({ json, ...(item === undefined ? {} : { pairedItem: { item } }) })),
	);
}

/** An AI agent that uses the node as a tool reads the first output only. */
function forReaders(context: IExecuteFunctions, lists: INodeExecutionData[][]): INodeExecutionData[][] {
	const isTool = typeof context.isToolExecution === 'function' && context.isToolExecution();
	return isTool ? [lists.flat()] : lists;
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
