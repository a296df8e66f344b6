import { BOUNDS, excessOf } from '../../../lib/domain/bounds';
import { tooLong } from '../../cpu-time';

/** `depth` lists inside each other. */
const nested = (depth: number): unknown => {
	let value: unknown = [];
	for (let level = 1; level < depth; level += 1) value = [value];
	return value;
};

describe('what an event may hold', () => {
	it.each<[string, unknown]>([
		['an event as platforms send it', { call: { id: '1', from: '+49301234567', menu: ['a', 'b'] } }],
		['nothing', undefined],
		['text', 'a'.repeat(BOUNDS.text)],
		['the deepest', nested(BOUNDS.depth)],
		['the most values', Array.from({ length: BOUNDS.values }, () => 1)],
		['the longest name', { ['a'.repeat(BOUNDS.name)]: 1 }],
		['JSON in a text', { custom_data: JSON.stringify({ text: 'a'.repeat(100_000) }) }],
		['a text that only begins like JSON', { note: `[12:05] ${'a'.repeat(1_000_000)}` }],
		['a text that is no JSON but looks like it', { note: `[12:05] ${'a'.repeat(1000)} [12:10]` }],
	])('X16: %s is within the limits', (_, value) => {
		expect(excessOf(value)).toBeUndefined();
	});

	it('X16: a list of eight million numbers takes no time', () => {
		const list = new Array(8_000_000).fill(1);
		expect(tooLong(() => excessOf(list), 10)).toBeUndefined();
		expect(excessOf({ a: list })).toBe("There are more than 10,000 values in 'a'.");
	});

	it.each<[string, unknown, string]>([
		[
			'20,000 lists inside each other',
			{ id: nested(20_000) },
			"The values in 'id' are nested more than 32 levels deep.",
		],
		[
			'130,000 numbers',
			{ custom_data: Array.from({ length: 130_000 }, () => 1) },
			"There are more than 10,000 values in 'custom_data'.",
		],
		[
			'50,000 names',
			{ data: Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, index])) },
			"There are more than 10,000 values in 'data'.",
		],
		['a name of 80,000 brackets', { ['['.repeat(80_000)]: 1 }, 'A name has more than 500 characters.'],
		[
			'a text of 3 MB',
			{ note: 'a'.repeat(3_000_000) },
			"A text in 'note' has more than 2,000,000 characters.",
		],
		[
			'JSON of 1 MB in a text',
			{ custom_data: `[${'1,'.repeat(500_000)}1]` },
			"The JSON in texts in 'custom_data' has more than 200,000 characters.",
		],
		[
			'JSON of 60,000 values in a text',
			{ files: ` [${'{},'.repeat(60_000)}{}]\n` },
			"There are more than 10,000 values in 'files'.",
		],
		[
			'JSON of 40 lists inside each other in a text',
			{ files: '['.repeat(40) + ']'.repeat(40) },
			"The values in 'files' are nested more than 32 levels deep.",
		],
		[
			'a name that could be data',
			{ '+49 30 1234567': nested(40) },
			'The values are nested more than 32 levels deep.',
		],
	])('X16: %s is refused at once, by the name of the limit', (_, value, expected) => {
		expect(excessOf(value)).toBe(expected);
	});
});
