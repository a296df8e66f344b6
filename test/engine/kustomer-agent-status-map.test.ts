import { type INodeParameters } from 'n8n-workflow';

import { itemsOf } from './execute-harness';
import { run, type KustomerRunOptions, useKustomer } from './kustomer-setup';

const standIn = useKustomer();

const TABLE = {
	rows: [
		{ kustomerStatus: 'Available', platformStatus: 'Available' },
		{ kustomerStatus: 'Lunch', platformStatus: 'Break' },
		{ kustomerStatus: 'Training', platformStatus: 'Break' },
	],
};

const map = async (items: object[], parameters: INodeParameters = {}, options: KustomerRunOptions = {}) =>
	await run(
		standIn,
		'agentStatus.map',
		{ statuses: TABLE, ...parameters },
		{ ...options, items: itemsOf(...(items as never[])) },
	);

describe('agent status: map', () => {
	it('S1, S9: items with a row leave by the first output, the others by the second, with their own fields', async () => {
		const result = await map([
			{ status: ' LUNCH ', agent: 'ana' },
			{ status: 'Email', agent: 'ben' },
			{ status: 'Training', agent: 'chloe' },
		]);
		const [mapped, unmapped] = result.outputOf('Node');
		expect(mapped).toMatchObject([
			{
				json: { agent: 'ana', status: ' LUNCH ', mapping: { status: 'Break', from: 'LUNCH', change: true } },
				pairedItem: { item: 0 },
			},
			{ json: { agent: 'chloe', mapping: { status: 'Break' } }, pairedItem: { item: 2 } },
		]);
		expect(unmapped).toMatchObject([
			{
				json: {
					agent: 'ben',
					mapping: {
						mapped: false,
						change: false,
						reason:
							'The table has no row for the Kustomer status "Email". Nothing is to be changed. Add a row.',
					},
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(unmapped?.[0]?.json.mapping).not.toHaveProperty('status');
		// The table says it all.
		expect(standIn.requests).toHaveLength(0);
	});

	it('S9: with a status for all others nothing is unmapped', async () => {
		const result = await map([{ status: 'Email' }], { otherStatuses: 'Unavailable' });
		expect(result.outputOf('Node')[0]?.[0]?.json.mapping).toMatchObject({
			status: 'Unavailable',
			mapped: true,
		});
	});

	it.each([
		['kustomerToPlatform', 'Lunch', 'break', { status: 'Break', change: false }],
		['kustomerToPlatform', 'Lunch', 'Available', { status: 'Break', change: true }],
		['platformToKustomer', 'Break', 'Training', { status: 'Training', change: false }],
		['platformToKustomer', 'Break', 'Available', { status: 'Lunch', change: true }],
		['platformToKustomer', 'Break', '', { status: 'Lunch', change: true }],
	])('S3: %s, %s against "%s"', async (mapDirection, status, currentStatus, expected) => {
		const result = await map([{ status }], { mapDirection, currentStatus });
		expect(result.items[0]?.json.mapping).toMatchObject(expected);
	});

	it('takes expressions in every cell', async () => {
		const cells = {
			rows: [{ kustomerStatus: '={{ $json.k }}', platformStatus: '={{ $json.p }}' }],
		};
		const items = [{ status: 'Lunch', k: 'Lunch', p: 'Meal' }];
		expect((await map(items, { statuses: cells })).items[0]?.json.mapping).toMatchObject({ status: 'Meal' });
	});

	it.each([
		['', "'Status' is empty."],
		[{ a: 1 }, "'Status' must be text, but the expression gave an object."],
	])('refuses the status %j', async (status, message) => {
		expect((await map([{ status }])).error?.message).toBe(message);
	});

	it('has the error output of n8n after its own two', async () => {
		const result = await map(
			[{ status: 'Lunch' }, { status: '', agent: 'ben' }, { status: 'Email' }],
			{},
			{
				onError: 'continueErrorOutput',
			},
		);
		const [mapped, unmapped, failed] = result.outputOf('Node');
		expect(mapped?.map(({ json }) => json.status)).toEqual(['Lunch']);
		expect(unmapped?.map(({ json }) => json.status)).toEqual(['Email']);
		expect(failed).toMatchObject([{ json: { agent: 'ben', error: { message: "'Status' is empty." } } }]);
	});
});

describe('other operations', () => {
	it('keep their one output', async () => {
		const result = await run(standIn, 'user.find', { email: 'nobody@example.com' });
		expect(result.outputOf('Node')).toHaveLength(1);
	});

	it('keep the error output as the second one', async () => {
		const result = await run(
			standIn,
			'user.find',
			{ email: '={{ "" }}' },
			{ onError: 'continueErrorOutput' },
		);
		const [items, failed] = result.outputOf('Node');
		expect(items).toEqual([]);
		expect(failed).toHaveLength(1);
	});
});
