import fc from 'fast-check';

import {
	readTable,
	toKustomer,
	toPlatform,
	type KnownStatus,
} from '../../../../lib/agent-status/rules/mapping';
import { mapStatus } from '../../../../lib/agent-status/rules/map-status';
import { means } from '../../../../lib/domain/status-text';

const KNOWN: KnownStatus[] = [
	{ id: 'a1', name: 'Available', settable: true },
	{ id: 'b2', name: 'Lunch Break', settable: true },
	{ id: 'c3', name: 'Same', settable: true },
	{ id: 'd4', name: 'same', settable: true },
	{ id: 'e5', name: 'Old', settable: false },
	{ id: 'f6', name: 'OLD', settable: true },
	{ id: 'g7', name: 'Offline', settable: false },
];
const row = (kustomer: string, platform: string) => ({ kustomer, platform });

describe('S1: the table', () => {
	it('names statuses by id or name, whatever capital letters and spaces', () => {
		const { mapping, problems } = readTable([row('a1', 'X'), row(' lunchBREAK', ' Y ')], '', KNOWN);
		expect(problems).toEqual([]);
		expect(toPlatform(mapping, { id: 'b2', name: 'Lunch Break' })).toEqual({ platform: 'Y', by: 'row' });
		expect(toPlatform(mapping, { id: 'a1', name: 'renamed' })).toEqual({ platform: 'X', by: 'row' });
		expect(toPlatform(mapping, { id: 'zz', name: 'Available' })).toBeUndefined();
		// Where one side has no id, the name counts.
		expect(toPlatform(mapping, { name: 'available' })).toEqual({ platform: 'X', by: 'row' });
	});

	it('reads many to one back to the first row, and never to a status that cannot be given', () => {
		const rows = [row('Offline', 'X'), row('Lunch Break', 'X'), row('Available', 'X')];
		const { mapping } = readTable(rows, 'X', KNOWN);
		expect(toKustomer(mapping, { id: 'p', name: 'x' })).toEqual({ id: 'b2', name: 'Lunch Break' });
		expect(toKustomer(mapping, { name: 'unknown' })).toBeUndefined();
	});

	it('leaves out rows that cannot be meant, and says which', () => {
		const rows = [
			row('', ''),
			row('Available', ''),
			row('', 'X'),
			row('Gone', 'X'),
			row('Same', 'X'),
			row('old', 'X'),
			row('f6', 'Y'),
		];
		const { mapping, problems } = readTable(rows, undefined, KNOWN);
		expect(problems).toEqual([
			{ row: 2, kind: 'incomplete', status: 'Available' },
			{ row: 3, kind: 'incomplete', status: '' },
			{ row: 4, kind: 'unknownStatus', status: 'Gone' },
			{ row: 5, kind: 'severalStatuses', status: 'Same' },
			{ row: 7, kind: 'repeated', status: 'f6', firstRow: 6 },
		]);
		expect(mapping.rows).toEqual([{ kustomer: { id: 'f6', name: 'OLD' }, settable: true, platform: 'X' }]);
	});

	it('S3: the way back always leads forth again', () => {
		const text = fc.constantFrom('a1', 'Available', 'Lunch Break', 'b2', 'f6', 'Offline', 'nope');
		const platform = fc.constantFrom('X', 'x ', 'Y', 'Z');
		fc.assert(
			fc.property(fc.array(fc.record({ kustomer: text, platform })), platform, (rows, shown) => {
				const { mapping } = readTable(rows, undefined, KNOWN);
				const back = toKustomer(mapping, { name: shown });
				if (back === undefined) return;
				expect(means(toPlatform(mapping, back)?.platform ?? '', { name: shown })).toBe(true);
			}),
		);
	});
});

describe('one status through the table', () => {
	const table = [row('Lunch', 'Break'), row('Training', 'Break'), row('Offline', 'Gone')];

	it('S9: without a row nothing is to be changed', () => {
		for (const direction of ['kustomerToPlatform', 'platformToKustomer'] as const) {
			const mapped = mapStatus({ direction, status: 'Else', current: 'Break', table });
			expect(mapped).toMatchObject({ mapped: false, change: false });
			expect(mapped.status).toBeUndefined();
		}
		expect(mapStatus({ direction: 'platformToKustomer', status: 'Gone', table }).mapped).toBe(false);
	});

	it('S3: a pair that fits is left alone', () => {
		const mapped = mapStatus({
			direction: 'platformToKustomer',
			status: 'break',
			current: 'training',
			table,
		});
		expect(mapped).toMatchObject({ mapped: true, status: 'training', change: false });
	});
});
