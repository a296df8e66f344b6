import * as fc from 'fast-check';

import { MOST_CONDITIONS, parseQuery, QueryError, type Key } from '../../../lib/crm-api/query';
import { evaluate } from '../../../lib/domain/parameter-functions';

/** What went wrong, and where. */
function problemOf(text: string): { message: string; position: number } | undefined {
	try {
		parseQuery(text);
		return undefined;
	} catch (error) {
		if (!(error instanceof QueryError)) throw error;
		return { message: error.message, position: error.position };
	}
}

describe('queries', () => {
	it.each([
		['(Id:equals:5f0c1a2b3d4e5f6071829304)', [[{ key: 'contactId', value: '5f0c1a2b3d4e5f6071829304' }]]],
		[
			'(Id:equals:5f0c1a2b3d4e5f6071829304) or (Email:equals:kim@example.com)',
			[
				[{ key: 'contactId', value: '5f0c1a2b3d4e5f6071829304' }],
				[{ key: 'email', value: 'kim@example.com' }],
			],
		],
		[
			'(Phone:equals:+12223334444) and (Email:equals:kim@example.com)',
			[
				[
					{ key: 'phone', value: '+12223334444' },
					{ key: 'email', value: 'kim@example.com' },
				],
			],
		],
		[
			'((Phone:equals:(222) 333-4444) or (Mobile_Phone:equals:*222*333*4444)) and (EMAIL:equals:kim@example.com)',
			[
				[
					{ key: 'phone', value: '(222) 333-4444' },
					{ key: 'email', value: 'kim@example.com' },
				],
				[
					{ key: 'phone', value: '*222*333*4444' },
					{ key: 'email', value: 'kim@example.com' },
				],
			],
		],
		[
			'(222) 333-4444 OR kim@example.com or user-8812',
			[
				[{ key: 'phone', value: '(222) 333-4444' }],
				[{ key: 'email', value: 'kim@example.com' }],
				[{ key: 'identifier', value: 'user-8812' }],
			],
		],
		[
			'(Phone:equals:{PHONE_NUMBER}) or (Email:equals:kim@example.com)',
			[[{ key: 'email', value: 'kim@example.com' }]],
		],
		['', []],
		['(Phone:equals:)', []],
		['orlando@example.com', [[{ key: 'email', value: 'orlando@example.com' }]]],
	])('G7: %s', (text, expected) => {
		expect(parseQuery(text)).toEqual(expected);
	});

	it.each([
		['(Phone:equals:+1222', 1, 'A bracket is not closed'],
		['(Phone:equals:+1222)) or x', 21, 'A bracket is closed that was not opened'],
		['a or (Shoe size:equals:44)', 7, 'No account can be found by this field'],
		['(Phone:starts_with:+1222)', 8, "The only comparison that is understood is 'equals'"],
		['((((((((a or b))))))))', 6, 'nested too deep'],
		[
			Array.from({ length: MOST_CONDITIONS + 1 }, (_, index) => `a${index}`).join(' or '),
			undefined,
			'more than 10 conditions',
		],
	])('G7: %s is refused with the position', (text, position, message) => {
		const problem = problemOf(text);
		expect(problem?.message).toContain(message);
		if (position !== undefined) expect(problem?.position).toBe(position);
		expect(problem?.position).toBeGreaterThan(0);
		expect(problem?.position).toBeLessThanOrEqual(text.length + 1);
	});

	const value: fc.Arbitrary<{ field: string; key: Key; value: string }> = fc.oneof(
		fc
			.integer({ min: 1_000_000, max: 9_999_999 })
			.map((digits) => ({ field: 'Phone', key: 'phone' as const, value: `+1222${digits}` })),
		fc
			.integer({ min: 0, max: 999 })
			.map((count) => ({ field: 'Email', key: 'email' as const, value: `kim${count}@example.com` })),
	);

	it('G7: what CONCAT_OR and CONCAT_AND write is read as what was put in', () => {
		fc.assert(
			fc.property(
				fc.array(value, { minLength: 1, maxLength: MOST_CONDITIONS }),
				fc.boolean(),
				(values, any) => {
					const call = `=${any ? 'CONCAT_OR' : 'CONCAT_AND'}(${values.map(({ field }, index) => `(${field}:equals:{V${index}})`).join(', ')})`;
					const written = evaluate(call, (name) => values[Number(name.slice(1))]?.value);
					const conditions = values.map(({ key, value: wanted }) => ({ key, value: wanted }));
					expect(parseQuery(written ?? '')).toEqual(any ? conditions.map((one) => [one]) : [conditions]);
				},
			),
		);
	});

	it('G7: any text is read or refused with a position inside of it', () => {
		const pieces = fc.constantFrom(
			'(',
			')',
			' or ',
			' and ',
			'Phone:equals:',
			'+1222',
			'x',
			':',
			'{A}',
			' ',
			'\n',
			'and(',
			'or',
		);
		fc.assert(
			fc.property(
				fc.oneof(
					fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
					fc.string(),
				),
				(text) => {
					const problem = problemOf(text);
					if (problem === undefined) return;
					expect(problem.position).toBeGreaterThan(0);
					expect(problem.position).toBeLessThanOrEqual(text.length + 1);
				},
			),
			{ numRuns: 500 },
		);
	});
});
