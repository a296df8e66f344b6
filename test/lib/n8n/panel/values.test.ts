import { InputError } from '../../../../lib/http/errors';
import { customAttributesOf } from '../../../../lib/n8n/panel/custom-attributes';
import {
	choiceOf,
	inZone,
	listOf,
	locatedOf,
	numberOf,
	objectOf,
	textOf,
	timeOf,
} from '../../../../lib/n8n/panel/values';

const BERLIN = 'Europe/Berlin';

describe('textOf', () => {
	it.each([
		['  a  ', 'a'],
		[12, '12'],
		[false, 'false'],
		['', undefined],
		['  ', undefined],
		[null, undefined],
		[undefined, undefined],
	])('reads %p as %p', (value, expected) => expect(textOf(value, 'Name')).toBe(expected));

	it.each([[{ a: 1 }], [[1]]])('refuses %j and names the field', (value) => {
		expect(() => textOf(value, 'Name')).toThrow(/'Name' must be text/);
	});
});

describe('listOf', () => {
	it.each([
		['a, b;c\nd', ['a', 'b', 'c', 'd']],
		[
			['a', ' b ', '', null, 'a', 3],
			['a', 'b', '3'],
		],
		['', undefined],
		[[], undefined],
		[', ,', undefined],
	])('reads %j as %j', (value, expected) => expect(listOf(value, 'Tags')).toEqual(expected));
});

describe('numberOf', () => {
	it.each([
		['12', 12],
		[1.5, 1.5],
		['', undefined],
		[null, undefined],
	])('reads %p as %p', (value, expected) => expect(numberOf(value, 'Hours')).toBe(expected));

	it('refuses what is no number', () =>
		expect(() => numberOf('x', 'Hours')).toThrow("'Hours' must be a number."));
});

describe('choiceOf', () => {
	it('does not mind capital letters and blanks', () => {
		expect(choiceOf(' Open ', 'Status', ['open', 'done'])).toBe('open');
		expect(choiceOf('CREATEwithoutphone', 'X', ['createWithoutPhone'])).toBe('createWithoutPhone');
		expect(choiceOf('', 'Status', ['open'])).toBeUndefined();
	});

	it('names the choices when there is no such one', () => {
		const act = () => choiceOf('closed', 'Status', ['open', 'done']);
		expect(act).toThrow(InputError);
		expect(act).toThrow(expect.objectContaining({ advice: 'Choose one of: open, done.' }));
	});
});

describe('objectOf', () => {
	it('reads JSON and objects, and treats empty ones as nothing', () => {
		expect(objectOf('{"a":1}', 'Details')).toEqual({ a: 1 });
		expect(objectOf({ a: 1 }, 'Details')).toEqual({ a: 1 });
		for (const nothing of ['', '{}', {}, null, undefined, 'null']) {
			expect(objectOf(nothing, 'Details')).toBeUndefined();
		}
	});

	it.each(['{', '[1]', '12', [1], 12])('refuses %j', (value) => {
		expect(() => objectOf(value, 'Details')).toThrow(/'Details'/);
	});
});

describe('locatedOf', () => {
	it.each([
		[
			{ __rl: true, mode: 'list', value: 'x' },
			{ mode: 'list', value: 'x' },
		],
		[
			{ mode: 'externalId', value: ' a:1 ' },
			{ mode: 'externalId', value: 'a:1' },
		],
		[{ mode: 'id', value: '' }, undefined],
		[{ mode: 'id', value: null }, undefined],
		['x', { mode: 'id', value: 'x' }],
		[undefined, undefined],
	])('reads %j as %j', (value, expected) => expect(locatedOf(value, 'Customer')).toEqual(expected));

	it('refuses an object as value', () => {
		expect(() => locatedOf({ mode: 'id', value: { id: 1 } }, 'Customer')).toThrow(/'Customer' must be text/);
	});
});

describe('times', () => {
	it.each([
		['2026-07-01T10:00:00', '2026-07-01T08:00:00.000Z'],
		['2026-01-01 10:00', '2026-01-01T09:00:00.000Z'],
		['2026-01-01', '2025-12-31T23:00:00.000Z'],
		['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z'],
		['2026-01-01T10:00:00+05:00', '2026-01-01T05:00:00.000Z'],
		[1767261600, '2026-01-01T10:00:00.000Z'],
		['', undefined],
	])('reads %p as %p in Berlin', (value, expected) =>
		expect(timeOf(value, 'Sent At', BERLIN)).toBe(expected),
	);

	it('refuses what is no time', () => expect(() => timeOf('soon', 'Sent At', BERLIN)).toThrow(/'Sent At'/));

	it('leaves times alone that name their zone, and what is no time', () => {
		for (const value of ['2026-01-01T10:00:00Z', 'soon', 5, null]) expect(inZone(value, BERLIN)).toBe(value);
	});
});

describe('customAttributesOf', () => {
	const mapped = { aStr: 'x', bNum: 0, cBool: false, dStr: '', eNum: null, fTxt: undefined };

	it('leaves out what is empty, and keeps zero and false', () => {
		expect(customAttributesOf(mapped, 'leave', BERLIN)).toEqual({ aStr: 'x', bNum: 0, cBool: false });
	});

	it('clears what is empty when told to, but not what an expression could not find', () => {
		expect(customAttributesOf(mapped, 'clear', BERLIN)).toEqual({
			aStr: 'x',
			bNum: 0,
			cBool: false,
			dStr: null,
			eNum: null,
		});
	});

	it('B4: reads times without a zone in the time zone of the workflow', () => {
		expect(customAttributesOf({ xAt: '2026-01-01T10:00:00', xStr: '2026-01-01' }, 'leave', BERLIN)).toEqual({
			xAt: '2026-01-01T09:00:00.000Z',
			xStr: '2026-01-01',
		});
	});

	it.each([[null], [undefined], ['x'], [[]], [{}], [{ aStr: null }]])(
		'has nothing to write for %j',
		(value) => {
			expect(customAttributesOf(value, 'leave', BERLIN)).toBeUndefined();
		},
	);
});
