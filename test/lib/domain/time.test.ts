import { DateTime } from 'luxon';
import fc from 'fast-check';

import { isoTime, millisecondsOf, toDateTime, unixTime } from '../../../lib/domain/time';
import { tooLong } from '../../cpu-time';

describe('a point in time', () => {
	it.each([
		['1782296102', '2026-06-24T10:15:02.000Z'],
		['1782296102.5', '2026-06-24T10:15:02.500Z'],
		['1782296102123', '2026-06-24T10:15:02.123Z'],
		['2026-06-24T10:15:02Z', '2026-06-24T10:15:02.000Z'],
		['2026-06-24T10:15:02.123456Z', '2026-06-24T10:15:02.123Z'],
		['2026-06-24T12:15:02+02:00', '2026-06-24T10:15:02.000Z'],
		['2026-06-24T12:15:02+0200', '2026-06-24T10:15:02.000Z'],
		['2026-06-24T12:15:02 02:00', '2026-06-24T10:15:02.000Z'],
		['2026-06-24T05:15:02-05:00', '2026-06-24T10:15:02.000Z'],
		['2026-06-24 10:15:02', '2026-06-24T10:15:02.000Z'],
		['2026-06-24T10:15', '2026-06-24T10:15:00.000Z'],
		['2026-06-24 10:15:02 UTC', '2026-06-24T10:15:02.000Z'],
		['2026-06-24', '2026-06-24T00:00:00.000Z'],
		['2026-06-24T12:15:02+02', '2026-06-24T10:15:02.000Z'],
		['2026-06-24 12:15:02 02', '2026-06-24T10:15:02.000Z'],
		['2026-06-24T10:15:02,5Z', '2026-06-24T10:15:02.500Z'],
		['2026-06-24t10:15:02z', '2026-06-24T10:15:02.000Z'],
		[' 2026-06-24T10:15:02Z ', '2026-06-24T10:15:02.000Z'],
		['2024-02-29', '2024-02-29T00:00:00.000Z'],
		['Wed, 24 Jun 2026 10:15:02 GMT', '2026-06-24T10:15:02.000Z'],
		['Wed, 24 Jun 2026 12:15:02 +0200', '2026-06-24T10:15:02.000Z'],
	])('B1, X17: reads %s', (written, expected) => {
		expect(isoTime(written)).toBe(expected);
		expect(toDateTime(written)).toBe(expected);
		expect(millisecondsOf(written)).toBe(Date.parse(expected));
	});

	it.each([
		undefined,
		'',
		'0',
		'2026',
		'99999999999999',
		'-1782296102',
		'24.06.2026',
		'2026-13-45',
		'yesterday',
		'9e99',
		'4930123456789012',
		'123456789',
		'17822961021',
		'2026-02-30',
		'2025-02-29T10:00:00Z',
		'2026-06-24T25:00:00Z',
		'2026-06-24T10:15:02+99:00',
		'10:15',
		'2026-W26-3',
		`2026-06-24T10:15:02Z${' '.repeat(100)}x`,
		'0001-01-01T00:00:00Z',
		'1969-12-31T23:59:59Z',
	])('X17: takes %j for no time', (written) => {
		expect(isoTime(written)).toBeUndefined();
	});
});

describe('times of other kinds', () => {
	it.each([
		[1782296102, '2026-06-24T10:15:02.000Z'],
		[1782296102.5, '2026-06-24T10:15:02.500Z'],
		[1782296102123, '2026-06-24T10:15:02.123Z'],
		[new Date('2026-06-24T10:15:02.123Z'), '2026-06-24T10:15:02.123Z'],
		[DateTime.fromISO('2026-06-24T12:15:02.123+02:00'), '2026-06-24T10:15:02.123Z'],
	])('X17: reads %p', (value, expected) => {
		expect(isoTime(value)).toBe(expected);
		expect(toDateTime(value)).toBe(expected);
	});

	it.each([
		5,
		-1782296102,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		true,
		null,
		{},
		[],
		['2026-06-24'],
		new Date(Number.NaN),
		DateTime.invalid('test'),
		{ toMillis: () => 'soon' },
	])('X17: takes %p for no time', (value) => {
		expect(millisecondsOf(value)).toBeUndefined();
	});

	it('X17: a Unix time has ten digits in seconds and thirteen in milliseconds', () => {
		expect([999_999_999, 1e9, 9_999_999_999, 1e10].map(unixTime)).toEqual([
			undefined,
			1e12,
			9_999_999_999_000,
			undefined,
		]);
		expect([999_999_999_999, 1e12, 9_999_999_999_999, 1e13].map(unixTime)).toEqual([
			undefined,
			1e12,
			9_999_999_999_999,
			undefined,
		]);
	});

	it('X17: dates of any year are dates, and nothing happened in a contact center before 1970', () => {
		for (const [written, expected] of [
			['1955-11-05', '1955-11-05T00:00:00.000Z'],
			['0001-01-01', '0001-01-01T00:00:00.000Z'],
			['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
		] as const) {
			expect(toDateTime(written)).toBe(expected);
		}
		expect(isoTime('1955-11-05')).toBeUndefined();
		expect(isoTime('1970-01-01')).toBe('1970-01-01T00:00:00.000Z');
		expect(toDateTime('0000-12-31')).toBeUndefined();
		expect(toDateTime('9999-12-31T23:59:59-05:00')).toBeUndefined();
	});

	it('X17: reads what it has written, and anything else without throwing', () => {
		fc.assert(
			fc.property(fc.date({ noInvalidDate: true }), (date) => {
				const written = toDateTime(date);
				if (written !== undefined) expect(toDateTime(written)).toBe(written);
			}),
		);
		fc.assert(
			fc.property(fc.anything({ withDate: true, withNullPrototype: true }), (value) => {
				const read = millisecondsOf(value);
				expect(read === undefined || Number.isFinite(read)).toBe(true);
			}),
		);
		const texts = ['2026-06-24 '.repeat(1_000_000), '1'.repeat(10_000_000)];
		expect(tooLong(() => texts.map(millisecondsOf), 100)).toBeUndefined();
	});
});
