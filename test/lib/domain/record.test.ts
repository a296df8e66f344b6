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
