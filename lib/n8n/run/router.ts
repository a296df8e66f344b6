/** Runs the operation that the panel names, for the items that a node was given. */
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { ClientLimits } from '../http/client-settings';
import { NodeParameters } from '../panel/parameters';
import {
	DEFAULT_CONCURRENCY,
	LONGEST_TIMEOUT,
	LONGEST_WAIT,
	MAX_CONCURRENCY,
	millisecondsOf,
} from '../panel/shared-options';
import { saveFacts, type FactsOf } from './execution-data';
import { FailedPart, toOutputs, workOnItems, type ItemOutcome } from './items';
import { readingOnce } from './once';
import { SORTING, operationNamed, type AskAhead, type Operation, type Resources } from './operation';
import { showHints } from './tell';

/** Makes the client that operations ask. Called once in an execution, with the first item. */
export type Connect<Client> = (context: IExecuteFunctions, limits: ClientLimits) => Promise<Client>;

/**
 * Carries out the chosen operation for every item.
 *
 * @throws {NodeApiError | NodeOperationError} when there is no such operation; when an item fails and the node does not go on
 */
export async function runOperation<Client>(
	context: IExecuteFunctions,
	resources: Resources<Client>,
	connect: Connect<Client>,
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, resources);
	const parameters = new NodeParameters(context, operation.description);
	const items = context.getInputData();
	const ready = connectedOnce(context, parameters, connect);
	// Before anything can fail: whoever looks for the run of a session looks for those that failed.
	if (operation.facts !== undefined)
		saveFacts(
			context,
			items.map(({ json }) => json),
			sessionOf,
		);
	const outputs = sorts(context, operation) ? (operation.outputs?.length ?? 1) : 1;

	if (!('execute' in operation)) {
		const call = {
			context,
			inputs: items.map(({ json }) => json),
			parametersOf: (item: number) => parameters.forItem(item),
		};
		const work = async () =>
			'executeLocally' in operation
				? await operation.executeLocally(call)
				: await operation.executeTogether({ ...(await ready()), ...call });
		const outcomes = await work().catch((error: unknown): ItemOutcome[] => {
			const result = new FailedPart(error);
			return operation.failsAsOne === true ? [{ result }] : items.map((_, item) => ({ item, result }));
		});
		return told(context, operation, toOutputs(context, outputs, outcomes));
	}

	const of = (item: number) => ({ parameters: parameters.forItem(item), input: items[item]?.json ?? {} });
	const askedAhead = aheadOf(operation.askAhead, items.length, of);
	const lists = await workOnItems(
		context,
		async (item) => {
			const made = await ready();
			await askedAhead(made.client, item);
			return await operation.execute({ ...made, context, ...of(item) });
		},
		{
			concurrency: concurrencyOf(parameters.option('concurrency')),
			outputs,
			tryAll: operation.repeatable ?? false,
			prepare: (item) => parameters.resolveAhead(item),
		},
	);
	return told(context, operation, lists);
}

/** Asks for what items need together, when the first of them comes. */
function aheadOf<Client>(
	askAhead: AskAhead<Client> | undefined,
	count: number,
	of: (item: number) => Parameters<AskAhead<Client>['ask']>[1][number],
): (client: Client, item: number) => Promise<void> {
	if (askAhead === undefined || count < 2) return async () => {};
	const { items, ask } = askAhead;
	const asked = new Map<number, Promise<void>>();
	return async (client, item) => {
		const first = item - (item % items);
		const asking =
			asked.get(first) ??
			ask(
				client,
				Array.from({ length: Math.min(items, count - first) }, (_, index) => of(first + index)),
			);
		asked.set(first, asking);
		await asking;
	};
}

/** The items, after everything was told about them. */
function told<Client>(
	context: IExecuteFunctions,
	{ hint, facts }: Operation<Client>,
	lists: INodeExecutionData[][],
): INodeExecutionData[][] {
	if (facts !== undefined) {
		const items = lists.flat().map(({ json }) => json);
		saveFacts(context, items, (item) => (item.error === undefined ? facts(item) : { outcome: 'failed' }));
	}
	if (hint !== undefined) showHints(context, lists, hint);
	return forReaders(context, lists);
}

/** The session that an item is about, as the trigger names it. */
const sessionOf: FactsOf = ({ externalId }) => ({ session: externalId });

function chosenOperation<Client>(
	context: IExecuteFunctions,
	resources: Resources<Client>,
): Operation<Client> {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const operation = operationNamed(resources, resource, name);
	if (operation !== undefined) {
		if (operation.notForAgents !== undefined && isTool(context)) {
			throw new NodeOperationError(
				context.getNode(),
				`'${operation.option.action}' is not there for AI agents`,
				{ description: `${operation.notForAgents} Let the agent call a workflow that has this step.` },
			);
		}
		return operation;
	}
	throw new NodeOperationError(context.getNode(), `The operation '${name}' of '${resource}' does not exist`, {
		description: 'Choose an operation from the list.',
	});
}

function sorts<Client>(context: IExecuteFunctions, { sortsIf }: Operation<Client>): boolean {
	return sortsIf === undefined || context.getNodeParameter(SORTING, 0, '') === sortsIf;
}

/**
 * What all items share. Made with the first item, so that a credential that does not fit is reported like any other
 * failure of an item.
 */
function connectedOnce<Client>(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	connect: Connect<Client>,
) {
	const make = async () => {
		const client = await connect(context, {
			timeoutMs: millisecondsOf(parameters.option('timeout'), LONGEST_TIMEOUT) || undefined,
			maxWaitMs: millisecondsOf(parameters.option('maxWait'), LONGEST_WAIT),
		});
		return { client, once: readingOnce(client) };
	};
	let made: ReturnType<typeof make> | undefined;
	return async () => {
		made ??= make();
		return await made;
	};
}

/** An AI agent that uses the node as a tool reads the first output only. */
function forReaders(context: IExecuteFunctions, lists: INodeExecutionData[][]): INodeExecutionData[][] {
	return isTool(context) ? [lists.flat()] : lists;
}

/**
 * Whether the node runs as the tool of an AI agent. Newer agents let n8n's engine run their tools like any other step, which then
 * only its type tells: n8n makes that type of the node's own, with "Tool" behind it.
 */
function isTool(context: IExecuteFunctions): boolean {
	if (typeof context.isToolExecution === 'function' && context.isToolExecution()) return true;
	return context.getNode().type.endsWith('Tool');
}

function concurrencyOf(option: unknown): number {
	const wanted = Number(option ?? DEFAULT_CONCURRENCY);
	return Number.isFinite(wanted) ? Math.min(Math.max(1, wanted), MAX_CONCURRENCY) : DEFAULT_CONCURRENCY;
}
