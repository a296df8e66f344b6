import { linesOf, shortenData } from '../../../lib/domain/custom-data';

const MORE = '…';
type Data = Record<string, unknown>;

/** True for data with at most so many values, the mark left out. */
const values = (most: number) => (data: Data) =>
	JSON.stringify({ ...data, [MORE]: undefined }).split(/[,:[]\d/).length - 1 <= most;
/** True for data of at most so many characters. */
const characters = (most: number) => (data: Data) => JSON.stringify(data).length <= most;
const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`v${index}`, index]));

describe('custom data for which there is not enough room', () => {
	it('C13: the longest text is cut as little as needed, and says how much is missing', () => {
		const data = { id: 7, essay: 'x'.repeat(5000), word: 'y'.repeat(1000) };
		for (const most of [2200, 3000, 5000]) {
			const short = shortenData(data, characters(most)) ?? {};
			const essay = String(short.essay);
			const [, kept = '', missing] = /^(x+)… \[(\d+) characters missing\]$/.exec(essay) ?? [];
			expect(kept.length + Number(missing)).toBe(5000);
			expect(short).toEqual({ ...data, essay });
			// One character more would be too much.
			expect(characters(most)({ ...short, essay: `x${essay}` })).toBe(false);
		}
		expect(shortenData(data, () => true)).toEqual(data);
	});

	it('C13: a text is not cut for less than the mark takes', () => {
		const fits = (length: number) =>
			shortenData({ text: 'x'.repeat(length), a: 'y'.repeat(3000) }, characters(2085));
		expect(String(fits(1040)?.text)).toBe('x'.repeat(1040));
		expect(String(fits(1041)?.text)).toBe(`${'x'.repeat(1000)}… [41 characters missing]`);
	});

	it('C13: then the last values are left out, and a mark counts them', () => {
		expect(shortenData(ten, values(3))).toEqual({ v0: 0, v1: 1, v2: 2, [MORE]: '7 more values' });
		expect(shortenData(ten, values(9))).toMatchObject({ v8: 8, [MORE]: '1 more value' });
		expect(shortenData({ list: [1, 2, 3], last: 4 }, values(2))).toEqual({
			list: [1, 2],
			[MORE]: '2 more values',
		});
		expect(shortenData(ten, values(0))).toBeUndefined();
	});

	it('X1, C13: cut again, both marks add up', () => {
		const once = shortenData(ten, values(5)) ?? {};
		expect(shortenData(once, values(2))).toEqual({ v0: 0, v1: 1, [MORE]: '8 more values' });
		const essay = shortenData({ essay: 'x'.repeat(9000) }, characters(4000)) ?? {};
		const twice = shortenData(essay, characters(2000)) ?? {};
		expect(String(twice.essay)).toMatch(/^x+… \[\d+ characters missing\]$/);
		const [, kept = '', missing] = /^(x+)… \[(\d+)/.exec(String(twice.essay)) ?? [];
		expect(kept.length + Number(missing)).toBe(9000);
	});

	it('G10: as lines, with what is missing', () => {
		const nested = { order: { id: 'A-1', open: true, lines: [5, null] }, note: ' ', empty: {} };
		expect(linesOf(nested, 1000)).toEqual({
			text: 'order.id: A-1\norder.open: yes\norder.lines.1: 5\norder.lines.2: (none)\nnote: (empty)\nempty: (none)',
			shortened: false,
		});
		expect(linesOf({ ...ten, [MORE]: '2 more values' }, 1000)).toMatchObject({
			text: expect.stringMatching(/v9: 9\n… 2 more values are missing\.$/) as string,
			shortened: true,
		});
		expect(linesOf({ a: 1, [MORE]: '1 more value' }, 1000).text).toBe('a: 1\n… 1 more value is missing.');
		const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`v${index}`, index]));
		expect(linesOf(hundred, 80).text).toBe('v0: 0\nv1: 1\nv2: 2\n… 97 more values are missing.');
		expect(linesOf({ ['n'.repeat(300)]: 1 }, 1000).text).toBe(`${'n'.repeat(256)}…: 1`);
	});
});
