import { isKustomerId } from '../../../lib/domain/kustomer-id';
import { isRecord } from '../../../lib/domain/record';

it.each<[unknown, boolean]>([
	[{}, true],
	[Object.create(null), true],
	[{ a: 1 }, true],
	[[], false],
	[null, false],
	[undefined, false],
	['{}', false],
	[() => ({}), false],
])('X17: whether %p has named values: %s', (value, expected) => {
	expect(isRecord(value)).toBe(expected);
});

it.each<[unknown, boolean]>([
	['5f8a2b7c9d1e4f0012345678', true],
	['5F8A2B7C9D1E4F0012345678', true],
	['5f8a2b7c9d1e4f001234567', false],
	['5f8a2b7c9d1e4f0012345678 ', false],
	['5f8a2b7c9d1e4f00123456z8', false],
	['', false],
	[undefined, false],
	[5, false],
])('X17: whether %p has the form of an id in Kustomer: %s', (value, expected) => {
	expect(isKustomerId(value)).toBe(expected);
});
