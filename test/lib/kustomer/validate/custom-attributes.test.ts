import fc from 'fast-check';
import { DateTime } from 'luxon';
import { checkCustomAttributes } from '../../../../lib/kustomer/validate/custom-attributes';
import { thrown } from '../scripted';

const one = (name: string, value: unknown) => checkCustomAttributes({ [name]: value })?.[name];
const refused = (name: string, value: unknown) => thrown(() => one(name, value));

describe('custom attributes', () => {
	it.each([
		['countNum', 42, 42],
		['countNum', ' 42 ', 42],
		['countNum', '-1.5', -1.5],
		['countNum', '1e3', 1000],
		['countNum', '', null],
		['countNum', 7n, 7],
		['countNum', -0, 0],
		['paidBool', true, true],
		['paidBool', 'TRUE', true],
		['paidBool', 'yes', true],
		['paidBool', 1, true],
		['paidBool', '0', false],
		['paidBool', 'off', false],
		['paidBool', ' ', null],
		['nameStr', 'Zoë 🎉', 'Zoë 🎉'],
		['nameStr', '', ''],
		['nameStr', 42, '42'],
		['nameStr', false, 'false'],
		['nameTxt', 'x'.repeat(1024), 'x'.repeat(1024)],
		['nameStr', 'half \ud83c', 'half \uFFFD'],
		['pageUrl', 'https://example.com', 'https://example.com'],
		['pageUrl', 'tel:+4930', 'tel:+4930'],
		['pageUrl', 'https://example.com/🎉 a', 'https://example.com/%F0%9F%8E%89%20a'],
		['pageUrl', '', null],
		['metAt', '2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
		['metAt', '2026-01-31T09:30:00+01:00', '2026-01-31T08:30:00.000Z'],
		['metAt', '2026-01-31T09:30:00.123456-0500', '2026-01-31T14:30:00.123Z'],
		['metAt', '2026-01-31 09:30', '2026-01-31T09:30:00.000Z'],
		['metAt', '2026-01-31', '2026-01-31T00:00:00.000Z'],
		['metAt', new Date(0), '1970-01-01T00:00:00.000Z'],
		['metAt', DateTime.fromISO('2026-01-31T09:30:00', { zone: 'Europe/Berlin' }), '2026-01-31T08:30:00.000Z'],
		['metAt', 1_769_851_800, '2026-01-31T09:30:00.000Z'],
		['metAt', '1769851800', '2026-01-31T09:30:00.000Z'],
		['metAt', 1_769_851_800_000, '2026-01-31T09:30:00.000Z'],
		['metAt', '', null],
		['nameStr', new Date(0), '1970-01-01T00:00:00.000Z'],
		['menuTree', ['a', 'b'], ['a', 'b']],
		['accountId', '5f3a0000000000000000aaaa', '5f3a0000000000000000aaaa'],
	])('B4: %s takes %j as %j', (name, value, expected) => {
		expect(one(name, value)).toEqual(expected);
	});

	it.each(['aNum', 'aAt', 'aStr', 'aTxt', 'aBool', 'aUrl', 'aTree'])('B4: %s takes null', (name) => {
		expect(checkCustomAttributes({ [name]: null })).toEqual({ [name]: null });
	});

	it.each([
		['countNum', 'many', 'has to be a number or empty, because its name ends in Num'],
		['countNum', '1,5', 'has to be a number or empty, because its name ends in Num'],
		['countNum', '0x10', 'has to be a number or empty, because its name ends in Num'],
		['countNum', Number.NaN, 'has to be a number or empty, because its name ends in Num'],
		['countNum', '1e999', 'has to be a number or empty, because its name ends in Num'],
		['countNum', true, 'has to be a number or empty, because its name ends in Num'],
		['metAt', 'yesterday', 'has to be a date with time or empty, because its name ends in At'],
		['metAt', '12:30', 'has to be a date with time or empty, because its name ends in At'],
		['metAt', '2026-02-30', 'has to be a date with time or empty, because its name ends in At'],
		['metAt', '31.01.2026', 'has to be a date with time or empty, because its name ends in At'],
		['metAt', 5, 'has to be a date with time or empty, because its name ends in At'],
		['metAt', new Date(Number.NaN), 'has to be a date with time or empty, because its name ends in At'],
		['nameStr', { a: 1 }, 'has to be a text, because its name ends in Str'],
		['nameTxt', ['a'], 'has to be a text, because its name ends in Txt'],
		['nameStr', 'x'.repeat(1025), 'has 1025 characters; names that end in Str take at most 1024'],
		['nameTxt', '🎉'.repeat(513), 'has 1026 characters; names that end in Txt take at most 1024'],
		['paidBool', 'maybe', 'has to be true, false or empty, because its name ends in Bool'],
		['paidBool', 2, 'has to be true, false or empty, because its name ends in Bool'],
		['pageUrl', 'www.example.com', 'has to be a web address or empty, because its name ends in Url'],
		['pageUrl', 5, 'has to be a web address or empty, because its name ends in Url'],
		['pageUrl', 'javascript:alert(1)', 'must not be a javascript: address'],
		['menuTree', () => 1, 'has a value that cannot be sent'],
	])('B4: %s refuses %p, naming attribute and rule', (name, value, problem) => {
		const error = refused(name, value);
		expect(error.parameter).toBe(`custom.${name}`);
		expect(error.message).toBe(`The custom attribute "${name}" ${problem}.`);
		expect(error.advice).toMatch(/\.$/);
	});

	it('B4: refuses what runs in circles', () => {
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		expect(refused('someTree', circle).message).toContain('cannot be sent');
	});

	it('B4: leaves undefined out, and gives nothing when nothing is left', () => {
		expect(checkCustomAttributes({ aStr: undefined, bStr: 'x' })).toEqual({ bStr: 'x' });
		expect(checkCustomAttributes({ aStr: undefined })).toBeUndefined();
		expect(checkCustomAttributes(undefined)).toBeUndefined();
	});

	it('B4: takes a hundred attributes and refuses one more', () => {
		const many = (count: number) =>
			Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}Num`, index]));
		expect(Object.keys(checkCustomAttributes(many(100)) ?? {})).toHaveLength(100);
		expect(thrown(() => checkCustomAttributes(many(101))).message).toContain('101 custom attributes');
	});

	it('B4: refuses a list and an attribute without a name', () => {
		expect(thrown(() => checkCustomAttributes(['x'] as never)).message).toContain('not an object');
		expect(thrown(() => checkCustomAttributes({ ' ': 1 })).message).toContain('no name');
	});

	it('B4: an attribute named __proto__ stays a plain name', () => {
		const custom = JSON.parse('{"__proto__": "x"}') as Record<string, unknown>;
		const checked = checkCustomAttributes(custom);
		expect(Object.keys(checked ?? {})).toEqual(['__proto__']);
		expect(Object.getPrototypeOf(checked)).toBe(Object.prototype);
	});

	it('B4: what passed once passes again unchanged, and survives JSON', () => {
		const value = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 40 }),
			fc.double(),
			fc.integer(),
			fc.boolean(),
			fc.date(),
			fc.webUrl(),
			// JSON has no -0.
			fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json)) as typeof json),
			fc.constant(undefined),
		);
		const suffix = fc.constantFrom('Num', 'At', 'Str', 'Txt', 'Bool', 'Url', 'Id', 'Tree', '');
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z]{1,8}$/), suffix, value, (stem, end, given) => {
				let checked: Record<string, unknown> | undefined;
				try {
					checked = checkCustomAttributes({ [stem + end]: given });
				} catch {
					return;
				}
				expect(checkCustomAttributes(checked)).toEqual(checked);
				expect(checked === undefined ? undefined : JSON.parse(JSON.stringify(checked))).toEqual(checked);
			}),
			{ numRuns: 1_000 },
		);
	});
});
