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

/**
 * Works on all items of a node, several at the same time. Results keep the order of the items and are paired with them.
 *
 * An item that fails ends the run with its error, once those that are under way have ended; no further item is started,
 * unless `tryAll` says so: then n8n's retry, which gives the node all items again, finds what was done.
 * When the node is set to continue, it becomes an item of its own instead and the other items go on. That item has the
 * incoming fields, its files and `error` (see {@link errorFields}), so that the workflow can go on with it.
 *
 * @param concurrency how many items are worked on at the same time; at least 1
 * @param tryAll whether the other items are worked on before the run ends with the error of one
 * @param prepare called for an item while others are under way, to do ahead what needs no answer
 * @throws {NodeApiError | NodeOperationError} the error of the first item, in the order of the items, that failed
 */
export async function workOnItems(
	context: IExecuteFunctions,
	concurrency: number,
	work: ItemWork,
	prepare: (itemIndex: number) => void = () => {},
	tryAll = false,
): Promise<INodeExecutionData[]> {
	return (await workOnItemsForOutputs(context, 1, concurrency, work, prepare, tryAll)).flat();
}

/**
 * Works on all items of a node with several outputs: see {@link workOnItems}. Results without a wish, and items that
 * failed, leave by the first one.
 *
 * @param outputs how many outputs the node has
 * @throws {NodeApiError | NodeOperationError}
 */
export async function workOnItemsForOutputs(
	context: IExecuteFunctions,
	outputs: number,
	concurrency: number,
	work: ItemWork,
	prepare: (itemIndex: number) => void = () => {},
	tryAll = false,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const goesOn = context.continueOnFail();
	const results: Array<ItemResult | ItemResult[] | undefined> = [];
	const failures = new Map<number, unknown>();
	const workers = Math.min(Math.max(1, Math.floor(concurrency) || 1), items.length);
	let next = 0;

	const worker = async () => {
		while (next < items.length && (goesOn || tryAll || failures.size === 0)) {
			const index = next;
			next += 1;
			const done = work(index).then(
				(result) => {
					results[index] = result;
					const failed = [result].flat().find((one) => one instanceof FailedPart);
					if (failed !== undefined && !goesOn) failures.set(index, failed.error);
				},
				(error: unknown) => {
					failures.set(index, error);
				},
			);
			// By then the request is on its way, and there is time until it is answered.
			await Promise.race([done, sleep(1)]);
			const ahead = index + workers;
			if (ahead >= next && ahead < items.length) prepare(ahead);
			await done;
		}
	};
	await Promise.all(Array.from({ length: workers }, worker));

	const node = context.getNode();
	const hasErrorOutput = node.onError === 'continueErrorOutput';
	const firstFailed = Math.min(...failures.keys());
	if (failures.size > 0 && !goesOn) {
		const error = toNodeError(failures.get(firstFailed), { node, itemIndex: firstFailed });
		if (failures.size > 1) error.messages.push(`${failures.size} of ${items.length} items failed.`);
		throw error;
	}
	const lists: INodeExecutionData[][] = Array.from({ length: outputs }, () => []);
	for (const [index, item] of items.entries()) {
		const pairedItem = { item: index };
		const fail = (reason: unknown) => {
			const error = toNodeError(reason, { node, itemIndex: index });
			const json: IDataObject = { error: errorFields(error) };
			// On the error output n8n adds the incoming fields itself, but only to an item that has `error` and nothing else
			// (n8n 1.x). If the item carried the error object as well, n8n would drop everything but the message.
			const failed = { json: hasErrorOutput ? json : { ...item.json, ...json }, pairedItem };
			// Its files stay with it, so that the workflow can try again.
			lists[0]?.push(item.binary === undefined ? failed : { ...failed, binary: item.binary });
		};
		if (failures.has(index)) {
			fail(failures.get(index));
			continue;
		}
		const result = results[index] ?? [];
		for (const one of Array.isArray(result) ? result : [result]) {
			if (one instanceof FailedPart) fail(one.error);
			else if (one instanceof ResultForOutput) lists[one.output]?.push({ json: one.json, pairedItem });
			else if (one instanceof ResultWithFiles)
				lists[0]?.push({ json: one.json, binary: one.binary, pairedItem });
			else lists[0]?.push({ json: one, pairedItem });
		}
	}
	return lists;
}
