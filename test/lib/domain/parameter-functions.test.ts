import * as fc from 'fast-check';

import { evaluate, TemplateError } from '../../../lib/domain/parameter-functions';

const valuesFrom =
	(values: Record<string, string>) =>
	(name: string): string | undefined =>
		Object.hasOwn(values, name) ? values[name] : undefined;

const QUERY = '=CONCAT_OR((Id:equals:{ACCOUNT_ID}), (Phone:equals:{PHONE_NUMBER}), (Email:equals:{EMAIL}))';

describe('parameter functions', () => {
	it.each([
		[{ ACCOUNT_ID: '1-2' }, '(Id:equals:1-2)'],
		[{ ACCOUNT_ID: '1-2', EMAIL: 'kim@example' }, '(Id:equals:1-2) or (Email:equals:kim@example)'],
		[
			{ PHONE_NUMBER: '+12223334444', EMAIL: 'kim@example' },
			'(Phone:equals:+12223334444) or (Email:equals:kim@example)',
		],
		[{}, undefined],
	])('G7: CONCAT_OR joins what has a value: %j', (values, expected) => {
		expect(evaluate(QUERY, valuesFrom(values as Record<string, string>))).toBe(expected);
	});

	it('G7: CONCAT_AND does the same with and', () => {
		expect(evaluate('=CONCAT_AND(val1, {B}, val3)', valuesFrom({ B: 'b' }))).toBe('val1 and b and val3');
	});

	it.each([
		['=DEFAULT_VALUE({AGENT_EMAIL}, support@example.com)', {}, 'support@example.com'],
		['=DEFAULT_VALUE({AGENT_EMAIL}, support@example.com)', { AGENT_EMAIL: '' }, 'support@example.com'],
		[
			'=DEFAULT_VALUE({AGENT_EMAIL}, support@example.com)',
			{ AGENT_EMAIL: 'ana@example.com' },
			'ana@example.com',
		],
		['=DEFAULT_VALUE({A}, {B})', {}, undefined],
		['= default_value( {A} , "a, b" )', {}, 'a, b'],
		['=CONCAT_OR((222) 333-4444, x)', {}, '(222) 333-4444 or x'],
		['https://www.example.com/record/{RECORD_ID}', { RECORD_ID: '7' }, 'https://www.example.com/record/7'],
		['https://www.example.com/record/{RECORD_ID}', {}, undefined],
		['CONCAT_OR({A}, b)', { A: 'a' }, 'a or b'],
		['Call (from {A})', { A: 'a' }, 'Call (from a)'],
		['plain text', {}, 'plain text'],
		['', {}, undefined],
	])('G7: %s with %j', (template, values, expected) => {
		expect(evaluate(template, valuesFrom(values as Record<string, string>))).toBe(expected);
	});

	it.each([
		['=SHOUT({A})', 2, 'There is no function SHOUT: known are DEFAULT_VALUE, CONCAT_OR, CONCAT_AND'],
		['=CONCAT_OR({A}, {B}', 20, 'A bracket is not closed'],
		['=CONCAT_OR("{A}, {B})', 22, 'A quotation mark is not closed'],
		['=CONCAT_OR({A}) and more', 17, 'Nothing may follow'],
	])('G7: %s is refused with the position', (template, position, message) => {
		const evaluating = () => evaluate(template, () => 'value');
		expect(evaluating).toThrow(TemplateError);
		expect(evaluating).toThrow(message);
		expect(evaluating).toThrow(`(character ${position})`);
	});

	it('G7: the result is a text or nothing, whatever stands in the template', () => {
		const pieces = fc.constantFrom(
			'=CONCAT_OR(',
			'=DEFAULT_VALUE(',
			'{A}',
			'{B}',
			',',
			'(',
			')',
			'"',
			'x',
			' ',
			'{',
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
				try {
					const value = evaluate(parts.join(''), valuesFrom({ A: 'a' }));
					expect(value === undefined || (typeof value === 'string' && value !== '')).toBe(true);
				} catch (error) {
					expect(error).toBeInstanceOf(TemplateError);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
