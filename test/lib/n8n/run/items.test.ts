import type { IExecuteFunctions, INode, INodeExecutionData, OnError } from 'n8n-workflow';

import { workOnItems } from '../../../../lib/n8n/run/items';

const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

function context(count: number, onError?: OnError): IExecuteFunctions {
	const node = {
		id: '1',
		name: 'N',
		type: 'x',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		onError,
	} as INode;
	const items: INodeExecutionData[] = Array.from({ length: count }, (_, n) => ({ json: { n } }));
	return {
		getInputData: () => items,
		continueOnFail: () => onError !== undefined && onError !== 'stopWorkflow',
		getNode: () => node,
	} as unknown as IExecuteFunctions;
}

it('keeps the order, whoever ends first', async () => {
	const results = await workOnItems(context(6), 3, async (index) => {
		await wait(index % 2 === 0 ? 12 : 1);
		return { index };
	});
	expect(results).toEqual(
		Array.from({ length: 6 }, (_, index) => ({ json: { index }, pairedItem: { item: index } })),
	);
});

it.each([
	[1, 1],
	[4, 4],
	[0, 1],
	[Number.NaN, 1],
	[2.9, 2],
])('with %p at the same time works on %p items at most', async (concurrency, most) => {
	let now = 0;
	let seen = 0;
	await workOnItems(context(10), concurrency, async () => {
		now += 1;
		seen = Math.max(seen, now);
		await wait(3);
		now -= 1;
		return {};
	});
	expect(seen).toBe(most);
});

it('makes several items of a list, and none of an empty one', async () => {
	const results = await workOnItems(context(2), 1, async (index) =>
		index === 0 ? [{ a: 1 }, { a: 2 }] : [],
	);
	expect(results).toEqual([
		{ json: { a: 1 }, pairedItem: { item: 0 } },
		{ json: { a: 2 }, pairedItem: { item: 0 } },
	]);
});

it('does nothing without items', async () => {
	await expect(workOnItems(context(0), 5, async () => ({}))).resolves.toEqual([]);
});

it('starts no further item after a failure, lets running ones end, and throws the first failure by position', async () => {
	const ended: number[] = [];
	const started: number[] = [];
	const running = workOnItems(context(20), 3, async (index) => {
		started.push(index);
		await wait(index === 2 ? 1 : 10);
		if (index === 0 || index === 2) throw new Error(`item ${index}`);
		ended.push(index);
		return {};
	});
	await expect(running).rejects.toMatchObject({ message: 'item 0', context: { itemIndex: 0 } });
	expect(started).toEqual([0, 1, 2]);
	expect(ended).toEqual([1]);
});

it('turns failures into items with the incoming fields when the node goes on', async () => {
	const results = await workOnItems(context(3, 'continueRegularOutput'), 2, async (index) => {
		if (index === 1) throw new Error('odd');
		return { index };
	});
	expect(results).toEqual([
		{ json: { index: 0 }, pairedItem: { item: 0 } },
		{ json: { n: 1, error: { message: 'odd' } }, pairedItem: { item: 1 } },
		{ json: { index: 2 }, pairedItem: { item: 2 } },
	]);
});

it('gives the error output items with nothing but the error, because n8n adds the rest', async () => {
	const results = await workOnItems(context(1, 'continueErrorOutput'), 1, async () => {
		throw new Error('odd');
	});
	expect(results).toEqual([{ json: { error: { message: 'odd' } }, pairedItem: { item: 0 } }]);
});

it('prepares items that come later while earlier ones wait, each at most once', async () => {
	const prepared: number[] = [];
	const started = new Set<number>();
	await workOnItems(
		context(8),
		2,
		async (index) => {
			started.add(index);
			await wait(5);
			return {};
		},
		(index) => {
			expect(started.has(index)).toBe(false);
			prepared.push(index);
		},
	);
	expect(prepared).toEqual([2, 3, 4, 5, 6, 7]);
});

it('X2: tries all items before it fails, where that is wanted, and says how many failed', async () => {
	const tried: number[] = [];
	const failing = workOnItems(
		context(5),
		1,
		async (index) => {
			tried.push(index);
			await wait(1);
			return index % 2 === 0 ? {} : await Promise.reject(new Error(`item ${index}`));
		},
		undefined,
		true,
	);
	await expect(failing).rejects.toMatchObject({
		messages: expect.arrayContaining(['2 of 5 items failed.']) as string[],
	});
	expect(tried).toEqual([0, 1, 2, 3, 4]);
});
