import {
	sleep,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { errorFields, toNodeError } from './errors';

/** A result that carries files. */
export class ResultWithFiles {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** A result that leaves the node by another output than the first. */
export class ResultForOutput {
	constructor(
		readonly json: IDataObject,
		/** From 0. */
		readonly output: number,
		readonly binary?: IBinaryKeyData,
	) {}
}

/**
 * A part of an item's work that failed while other parts of it were done. It counts like an item that fails: it ends the run
 * or, when the node is set to continue, becomes an item with `error` beside what was done.
 */
export class FailedPart {
	constructor(readonly error: unknown) {}
}

/** What becomes one item of the output. */
export type ItemResult = IDataObject | ResultWithFiles | ResultForOutput | FailedPart;

/** Works on one item. Gives back one result or a list of them. */
export type ItemWork = (itemIndex: number) => Promise<ItemResult | ItemResult[]>;

/** A result, and the item that it came from, counted from 0; without one it concerns all of them. */
export interface ItemOutcome {
	item?: number;
	result: ItemResult;
}

/** How the items of a node are worked on. */
export interface WorkSettings {
	/** How many items are worked on at the same time; at least 1. */
	concurrency: number;
	/** How many outputs the node has. */
	outputs?: number;
	/** Whether the other items are worked on before the run ends with the error of one. */
	tryAll?: boolean;
	/** Called for an item while others are under way, to do ahead what needs no answer. */
	prepare?: (itemIndex: number) => void;
}

/**
 * Works on all items of a node, several at the same time. Results keep the order of the items and are paired with them.
 *
 * An item that fails ends the run with its error, once those that are under way have ended; no further item is started,
 * unless `tryAll` says so: then n8n's retry, which gives the node all items again, finds what was done.
 * When the node is set to continue, the other items go on, and it becomes an item of its own: see {@link toOutputs}.
 *
 * @returns the items of each output
 * @throws {NodeApiError | NodeOperationError} the error of the first item, in the order of the items, that failed
 */
export async function workOnItems(
	context: IExecuteFunctions,
	work: ItemWork,
	{ concurrency, outputs = 1, tryAll = false, prepare = () => {} }: WorkSettings,
): Promise<INodeExecutionData[][]> {
	const { length } = context.getInputData();
	const startsAll = tryAll || context.continueOnFail();
	const results: ItemResult[][] = [];
	const workers = Math.min(Math.max(1, Math.floor(concurrency) || 1), length);
	let hasFailed = false;
	let next = 0;

	const worker = async () => {
		while (next < length && (startsAll || !hasFailed)) {
			const index = next;
			next += 1;
			const done = work(index)
				.catch((error: unknown) => new FailedPart(error))
				.then((result) => {
					const list = [result].flat();
					results[index] = list;
					hasFailed ||= list.some((one) => one instanceof FailedPart);
				});
			// By then the request is on its way, and there is time until it is answered.
			await Promise.race([done, sleep(1)]);
			const ahead = index + workers;
			if (ahead >= next && ahead < length) prepare(ahead);
			await done;
		}
	};
	await Promise.all(Array.from({ length: workers }, worker));
	return toOutputs(
		context,
		outputs,
		results.flatMap((list, item) => list.map((result) => ({ item, result }))),
	);
}

/**
 * The items of each output. Results leave by the first one, unless they name another.
 *
 * What failed ends the run or, when the node is set to continue, becomes an item of the first output that has the incoming
 * fields, its files and `error` (see {@link errorFields}), so that the workflow can go on with it. A failure that concerns
 * all items becomes one item of the last output with nothing but `error`: the other outputs lead to steps that change
 * something.
 *
 * @param outputs how many outputs the node has
 * @throws {NodeApiError | NodeOperationError} the error of the first item, in the order of the items, that failed
 */
export function toOutputs(
	context: IExecuteFunctions,
	outputs: number,
	outcomes: readonly ItemOutcome[],
): INodeExecutionData[][] {
	const items = context.getInputData();
	if (!context.continueOnFail()) throwFirstFailure(context, outcomes);

	const node = context.getNode();
	const hasErrorOutput = node.onError === 'continueErrorOutput';
	const lists: INodeExecutionData[][] = Array.from({ length: outputs }, () => []);
	for (const { item, result } of outcomes) {
		const pairing = item === undefined ? {} : { pairedItem: { item } };
		if (result instanceof FailedPart) {
			const error = errorFields(toNodeError(result.error, { node, itemIndex: item }));
			const incoming = item === undefined ? undefined : items[item];
			if (incoming === undefined) {
				lists.at(-1)?.push({ json: { error }, pairedItem: { item: 0 } });
				continue;
			}
			// On the error output n8n adds the incoming fields itself, but only to an item that has `error` and nothing else
			// (n8n 1.x). If the item carried the error object as well, n8n would drop everything but the message.
			const json: IDataObject = hasErrorOutput ? { error } : { ...incoming.json, error };
			// Its files stay with it, so that the workflow can try again.
			const { binary } = incoming;
			lists[0]?.push({ json, ...pairing, ...(binary === undefined ? {} : { binary }) });
		} else if (result instanceof ResultForOutput) {
			const { json, binary } = result;
			lists[result.output]?.push({ json, ...pairing, ...(binary === undefined ? {} : { binary }) });
		} else if (result instanceof ResultWithFiles) {
			lists[0]?.push({ json: result.json, binary: result.binary, ...pairing });
		} else {
			lists[0]?.push({ json: result, ...pairing });
		}
	}
	return lists;
}

function throwFirstFailure(context: IExecuteFunctions, outcomes: readonly ItemOutcome[]): void {
	const failures = new Map<number | undefined, unknown>();
	for (const { item, result } of outcomes) {
		if (result instanceof FailedPart && !failures.has(item)) failures.set(item, result.error);
	}
	const [first] = [...failures].sort(([a = 0], [b = 0]) => a - b);
	if (first === undefined) return;
	const [itemIndex, reason] = first;
	const error = toNodeError(reason, { node: context.getNode(), itemIndex });
	if (failures.size > 1) {
		error.messages.push(`${failures.size} of ${context.getInputData().length} items failed.`);
	}
	throw error;
}
