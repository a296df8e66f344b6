import type { IExecuteFunctions, INode, INodeExecutionData, OnError } from 'n8n-workflow';

import { FailedPart, ResultForOutput, toOutputs, workOnItems } from '../../../../lib/n8n/run/items';

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
	const [results] = await workOnItems(
		context(6),
		async (index) => {
			await wait(index % 2 === 0 ? 12 : 1);
			return { index };
		},
		{ concurrency: 3 },
	);
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
	await workOnItems(
		context(10),
		async () => {
			now += 1;
			seen = Math.max(seen, now);
			await wait(3);
			now -= 1;
			return {};
		},
		{ concurrency },
	);
	expect(seen).toBe(most);
});

it('makes several items of a list, and none of an empty one', async () => {
	const [results] = await workOnItems(
		context(2),
		async (index) => (index === 0 ? [{ a: 1 }, { a: 2 }] : []),
		{ concurrency: 1 },
	);
	expect(results).toEqual([
		{ json: { a: 1 }, pairedItem: { item: 0 } },
		{ json: { a: 2 }, pairedItem: { item: 0 } },
	]);
});

it('does nothing without items', async () => {
	await expect(workOnItems(context(0), async () => ({}), { concurrency: 5 })).resolves.toEqual([[]]);
});

it('starts no further item after a failure, lets running ones end, and throws the first failure by position', async () => {
	const ended: number[] = [];
	const started: number[] = [];
	const running = workOnItems(
		context(20),
		async (index) => {
			started.push(index);
			await wait(index === 2 ? 1 : 10);
			if (index === 0 || index === 2) throw new Error(`item ${index}`);
			ended.push(index);
			return {};
		},
		{ concurrency: 3 },
	);
	await expect(running).rejects.toMatchObject({ message: 'item 0', context: { itemIndex: 0 } });
	expect(started).toEqual([0, 1, 2]);
	expect(ended).toEqual([1]);
});

it('turns failures into items with the incoming fields when the node goes on', async () => {
	const [results] = await workOnItems(
		context(3, 'continueRegularOutput'),
		async (index) => {
			if (index === 1) throw new Error('odd');
			return { index };
		},
		{ concurrency: 2 },
	);
	expect(results).toEqual([
		{ json: { index: 0 }, pairedItem: { item: 0 } },
		{ json: { n: 1, error: { message: 'odd' } }, pairedItem: { item: 1 } },
		{ json: { index: 2 }, pairedItem: { item: 2 } },
	]);
});

it('gives the error output items with nothing but the error, because n8n adds the rest', async () => {
	const [results] = await workOnItems(
		context(1, 'continueErrorOutput'),
		async () => {
			throw new Error('odd');
		},
		{ concurrency: 1 },
	);
	expect(results).toEqual([{ json: { error: { message: 'odd' } }, pairedItem: { item: 0 } }]);
});

it('prepares items that come later while earlier ones wait, each at most once', async () => {
	const prepared: number[] = [];
	const started = new Set<number>();
	await workOnItems(
		context(8),
		async (index) => {
			started.add(index);
			await wait(5);
			return {};
		},
		{
			concurrency: 2,
			prepare: (index) => {
				expect(started.has(index)).toBe(false);
				prepared.push(index);
			},
		},
	);
	expect(prepared).toEqual([2, 3, 4, 5, 6, 7]);
});

it('X2: tries all items before it fails, where that is wanted, and says how many failed', async () => {
	const tried: number[] = [];
	const failing = workOnItems(
		context(5),
		async (index) => {
			tried.push(index);
			await wait(1);
			return index % 2 === 0 ? {} : await Promise.reject(new Error(`item ${index}`));
		},
		{ concurrency: 1, tryAll: true },
	);
	await expect(failing).rejects.toMatchObject({
		messages: expect.arrayContaining(['2 of 5 items failed.']) as string[],
	});
	expect(tried).toEqual([0, 1, 2, 3, 4]);
});

describe('toOutputs', () => {
	const problem = new FailedPart(new Error('odd'));

	it('lets results leave by the output that they name, paired with their item where they have one', () => {
		expect(
			toOutputs(context(2), 2, [
				{ item: 1, result: new ResultForOutput({ a: 1 }, 1) },
				{ item: 0, result: { a: 2 } },
				{ result: new ResultForOutput({ a: 3 }, 1) },
			]),
		).toEqual([
			[{ json: { a: 2 }, pairedItem: { item: 0 } }],
			[{ json: { a: 1 }, pairedItem: { item: 1 } }, { json: { a: 3 } }],
		]);
	});

	it('puts a failure of one item on the first output with what the item brought, a failure of all on the last', () => {
		const outcomes = [{ item: 1, result: problem }, { result: problem }];
		const error = { message: 'odd' };
		expect(toOutputs(context(2, 'continueRegularOutput'), 2, outcomes)).toEqual([
			[{ json: { n: 1, error }, pairedItem: { item: 1 } }],
			[{ json: { error }, pairedItem: { item: 0 } }],
		]);
	});

	it('counts items that failed, not their parts, and names no item for a failure of all', () => {
		const twice = [
			{ item: 2, result: problem },
			{ item: 1, result: { done: true } },
			{ item: 1, result: problem },
			{ item: 1, result: problem },
		];
		const thrown = (outcomes: Parameters<typeof toOutputs>[2]) => {
			try {
				toOutputs(context(3), 1, outcomes);
				return undefined;
			} catch (error) {
				return error;
			}
		};
		expect(thrown(twice)).toMatchObject({ context: { itemIndex: 1 }, messages: ['2 of 3 items failed.'] });
		expect(thrown([{ result: problem }])).toMatchObject({
			message: 'odd',
			context: { itemIndex: undefined },
		});
	});
});
