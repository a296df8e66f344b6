import { encoded, queryOf } from '../../../lib/http/encoding';

it.each([
	['a b+c/d?e#f', 'a%20b%2Bc%2Fd%3Fe%23f'],
	['🎉', '%F0%9F%8E%89'],
	['a\ud83c', 'a%EF%BF%BD'],
])('encodes %j as %s', (text, expected) => expect(encoded(text)).toBe(expected));

it.each([
	[
		{ a: 1, b: true, c: undefined, d: 'é' },
		{ a: '1', b: 'true', d: 'é' },
	],
	[{ a: '' }, { a: '' }],
	[{ a: undefined }, undefined],
	[{}, undefined],
	[undefined, undefined],
])('makes of the query %j %j', (query, expected) => expect(queryOf(query)).toEqual(expected));
