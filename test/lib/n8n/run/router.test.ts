import type { IDataObject, IExecuteFunctions, INode, OnError } from 'n8n-workflow';

import { FailedPart, ResultForOutput } from '../../../../lib/n8n/run/items';
import type { ExecuteOperation, ExecuteTogether, Operation } from '../../../../lib/n8n/run/operation';
import { runOperation } from '../../../../lib/n8n/run/router';

interface Client {
	name: string;
}

const panel = { option: { name: 'Do', action: 'Do thing', description: 'Do a thing' }, description: [] };
const connect = async () => await Promise.resolve({ name: 'client' });

function contextOf(
	items: IDataObject[],
	{
		parameters = {},
		onError,
		isTool,
		type = 'x',
	}: { parameters?: IDataObject; onError?: OnError; isTool?: boolean; type?: string } = {},
): IExecuteFunctions {
	const values: IDataObject = { resource: 'thing', operation: 'do', ...parameters };
	const node = { id: '1', name: 'N', type, typeVersion: 1, position: [0, 0], parameters: {}, onError };
	return {
		getInputData: () => items.map((json) => ({ json })),
		continueOnFail: () => onError !== undefined && onError !== 'stopWorkflow',
		getNode: () => node as unknown as INode,
		getTimezone: () => 'UTC',
		getNodeParameter: (name: string, _item: number, fallback?: unknown) => values[name] ?? fallback,
		...(isTool === undefined ? {} : { isToolExecution: () => isTool }),
	} as unknown as IExecuteFunctions;
}

const run = async (
	context: IExecuteFunctions,
	operation: Operation<Client>,
	connecting: Parameters<typeof runOperation<Client>>[2] = connect,
) => await runOperation(context, { thing: { operations: { do: operation }, usual: 'do' } }, connecting);

const echo: ExecuteOperation<Client> = async ({ client, input }) =>
	await Promise.resolve({ ...input, by: client.name });

describe('runOperation', () => {
	it.each([
		['thing', 'undo'],
		['other', 'do'],
		['constructor', 'name'],
		['thing', 'toString'],
		['__proto__', 'do'],
	])('refuses %s.%s, which does not exist', async (resource, operation) => {
		const context = contextOf([{}], { parameters: { resource, operation } });
		await expect(run(context, { ...panel, execute: echo })).rejects.toMatchObject({
			message: `The operation '${operation}' of '${resource}' does not exist`,
			description: 'Choose an operation from the list.',
		});
	});

	it.each([
		['thingTool', {}],
		['x', { isTool: true }],
	])('X18: refuses an agent what is not for agents, and says why: %s', async (type, how) => {
		const connected = jest.fn(connect);
		const operation = { ...panel, execute: echo, notForAgents: 'It works with files.' };
		await expect(run(contextOf([{}], { type, ...how }), operation, connected)).rejects.toMatchObject({
			message: "'Do thing' is not there for AI agents",
			description: 'It works with files. Let the agent call a workflow that has this step.',
		});
		expect(connected).not.toHaveBeenCalled();
		await expect(run(contextOf([{}]), operation)).resolves.toHaveLength(1);
	});

	it('makes the client once, with the limits of the options', async () => {
		const connected = jest.fn(connect);
		const context = contextOf([{ a: 1 }, { a: 2 }], {
			parameters: { options: { timeout: '2', maxWait: 0 } },
		});
		await expect(run(context, { ...panel, execute: echo }, connected)).resolves.toEqual([
			[
				{ json: { a: 1, by: 'client' }, pairedItem: { item: 0 } },
				{ json: { a: 2, by: 'client' }, pairedItem: { item: 1 } },
			],
		]);
		expect(connected.mock.calls).toEqual([[context, { timeoutMs: 2000, maxWaitMs: 0 }]]);
	});

	it('X16: takes no more seconds than the panel would, whatever an expression gives', async () => {
		const connected = jest.fn(connect);
		const options = { timeout: 1e300, maxWait: 'Infinity' };
		await run(contextOf([{}], { parameters: { options } }), { ...panel, execute: echo }, connected);
		options.timeout = 1.00000049;
		await run(contextOf([{}], { parameters: { options } }), { ...panel, execute: echo }, connected);
		expect(connected.mock.calls.map((call) => call.at(1))).toEqual([
			{ timeoutMs: 300_000, maxWaitMs: 3_600_000 },
			{ timeoutMs: 1000, maxWaitMs: 3_600_000 },
		]);
	});

	it.each([[-1], ['soon'], ['']])('takes the usual limit for %j', async (timeout) => {
		const connected = jest.fn(connect);
		await run(
			contextOf([{}], { parameters: { options: { timeout } } }),
			{ ...panel, execute: echo },
			connected,
		);
		expect(connected.mock.calls[0]?.at(1)).toEqual({ timeoutMs: undefined, maxWaitMs: undefined });
	});

	it('reports a credential that does not fit for each item', async () => {
		const refuse = async () => await Promise.reject(new Error('no key'));
		const [items] = await run(
			contextOf([{ a: 1 }, { a: 2 }], { onError: 'continueRegularOutput' }),
			{ ...panel, execute: echo },
			refuse,
		);
		expect(items?.map(({ json }) => json)).toEqual([
			{ a: 1, error: { message: 'no key' } },
			{ a: 2, error: { message: 'no key' } },
		]);
	});

	it('reads what items share once, and again after a failure', async () => {
		const read = jest
			.fn<Promise<string>, [Client]>()
			.mockRejectedValueOnce(new Error('busy'))
			.mockResolvedValue('list');
		const execute: ExecuteOperation<Client> = async ({ once }) => ({ read: await once(read) });
		const context = contextOf([{}, {}, {}, {}], {
			onError: 'continueRegularOutput',
			parameters: { options: { concurrency: 1 } },
		});
		const [items] = await run(context, { ...panel, execute });
		expect(items?.map(({ json }) => json.read)).toEqual([undefined, 'list', 'list', 'list']);
		expect(read).toHaveBeenCalledTimes(2);
	});

	it('reads once for items that ask at the same time', async () => {
		const read = jest.fn(async ({ name }: Client) => await Promise.resolve(name));
		const execute: ExecuteOperation<Client> = async ({ once }) => ({ read: await once(read) });
		await run(contextOf([{}, {}, {}]), { ...panel, execute });
		expect(read).toHaveBeenCalledTimes(1);
	});

	it('X2: tries all items of an operation that is safe to repeat before it fails, and stops early at others', async () => {
		for (const repeatable of [true, false]) {
			const tried: unknown[] = [];
			const execute: ExecuteOperation<Client> = async ({ input }) => {
				tried.push(input.n);
				return input.n === 0 ? await Promise.reject(new Error('odd')) : {};
			};
			const context = contextOf([{ n: 0 }, { n: 1 }], { parameters: { options: { concurrency: 1 } } });
			await expect(run(context, { ...panel, execute, repeatable })).rejects.toThrow('odd');
			expect(tried).toEqual(repeatable ? [0, 1] : [0]);
		}
	});

	it('gives an AI agent one output, because it reads no other', async () => {
		const execute: ExecuteOperation<Client> = async ({ input }) =>
			await Promise.resolve(new ResultForOutput({ ...input }, Number(input.to)));
		const sorting = { ...panel, outputs: ['A', 'B'], execute };
		const items = [{ to: 1 }, { to: 0 }];
		const jsonOf = async (isTool: boolean) =>
			(await run(contextOf(items, { isTool }), sorting)).map((list) => list.map(({ json }) => json));
		await expect(jsonOf(false)).resolves.toEqual([[{ to: 0 }], [{ to: 1 }]]);
		await expect(jsonOf(true)).resolves.toEqual([[{ to: 0 }, { to: 1 }]]);
	});
});

describe('an operation that works on all items together', () => {
	const together: ExecuteTogether<Client> = async ({ inputs, client }) =>
		await Promise.resolve(
			inputs.map((input, item) => ({
				item,
				result: input.bad === true ? new FailedPart(new Error('bad')) : { ...input, by: client.name },
			})),
		);
	const broken: ExecuteTogether<Client> = async () => await Promise.reject(new Error('all lost'));
	const goesOn = { onError: 'continueRegularOutput' as const };

	it('lets one item fail alone', async () => {
		const context = contextOf([{ a: 1 }, { bad: true }], goesOn);
		await expect(run(context, { ...panel, executeTogether: together })).resolves.toEqual([
			[
				{ json: { a: 1, by: 'client' }, pairedItem: { item: 0 } },
				{ json: { bad: true, error: { message: 'bad' } }, pairedItem: { item: 1 } },
			],
		]);
	});

	it('fails for each item when it fails altogether', async () => {
		const [items] = await run(contextOf([{ a: 1 }, { a: 2 }], goesOn), { ...panel, executeTogether: broken });
		expect(items?.map(({ json }) => json)).toEqual([
			{ a: 1, error: { message: 'all lost' } },
			{ a: 2, error: { message: 'all lost' } },
		]);
	});

	it('fails once, on the last output, where items do not stand for themselves', async () => {
		const operation = { ...panel, outputs: ['A', 'B'], executeTogether: broken, failsAsOne: true };
		await expect(run(contextOf([{ a: 1 }, { a: 2 }], goesOn), operation)).resolves.toEqual([
			[],
			[{ json: { error: { message: 'all lost' } }, pairedItem: { item: 0 } }],
		]);
		await expect(run(contextOf([{ a: 1 }, { a: 2 }]), operation)).rejects.toThrow('all lost');
	});
});
