/** Holds docs/rules.md against the code: each id that is named somewhere is explained there, and each row has a test. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const ID = '[BCDGSUX]\\d{1,2}';

function textsBelow(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
		.map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
}

/** `first` to `last` of one letter, as in "D1 to D6". */
function range(first: string, last: string): string[] {
	const [from, to] = [first, last].map((id) => Number(id.slice(1)));
	if (from === undefined || to === undefined || first[0] !== last[0]) return [first, last];
	return Array.from({ length: to - from + 1 }, (_, index) => `${first[0] ?? ''}${from + index}`);
}

/** The ids in a list such as "C7, C23, D1 to D6 and X5". */
function idsIn(list: string): string[] {
	const ranges = [...list.matchAll(new RegExp(`(${ID}) to (${ID})`, 'g'))];
	return [
		...[...list.matchAll(new RegExp(ID, 'g'))].map(([id]) => id),
		...ranges.flatMap(([, first = '', last = '']) => range(first, last)),
	];
}

/** Ids that comments name: "rule C6", "Rules C6, D1". */
function idsOfComments(text: string): string[] {
	const list = new RegExp(`\\b[Rr]ules? (${ID}(?:(?:,| and| to) ${ID})*)`, 'g');
	return [...text.matchAll(list)].flatMap(([, ids = '']) => idsIn(ids));
}

/** Ids at the beginning of test names: `it('C3, C6: ...`. */
function idsOfTests(text: string): string[] {
	const name = new RegExp(`['"\`](${ID}(?:, ${ID})*): `, 'g');
	return [...text.matchAll(name)].flatMap(([, ids = '']) => idsIn(ids));
}

const sources = ['lib', 'nodes', 'credentials', 'sandbox'].flatMap(textsBelow);
const tests = textsBelow('test');
const page = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');
const rows = [...page.matchAll(new RegExp(`^\\| (${ID}) +\\|(.*)\\|$`, 'gm'))];
const explained = new Set(rows.map(([, id = '']) => id));
const tested = new Set(tests.flatMap(idsOfTests));

const missingIn = (known: ReadonlySet<string>, ids: Iterable<string>) =>
	[...new Set(ids)].filter((id) => !known.has(id)).sort();

describe('docs/rules.md', () => {
	it('X17: explains every rule that the code names', () => {
		const named = sources.flatMap(idsOfComments);
		expect(new Set(named).size).toBeGreaterThan(40);
		expect(missingIn(explained, named)).toEqual([]);
	});

	it('X17: explains every rule that a test holds', () => {
		expect(tested.size).toBeGreaterThan(40);
		expect(missingIn(explained, tested)).toEqual([]);
	});

	it('X17: lists no rule without a test, and each once', () => {
		expect(missingIn(tested, explained)).toEqual([]);
		expect(rows).toHaveLength(explained.size);
	});

	it('X17: names rooms that exist', () => {
		const rooms = rows.flatMap(([, , rest = '']) => [
			...rest.matchAll(/`((?:lib|sandbox|workflows)[^`]*)`/g),
		]);
		expect(rooms.length).toBeGreaterThanOrEqual(rows.length);
		for (const [, room = ''] of rooms) expect(readdirSync(join(ROOT, room)).length).toBeGreaterThan(0);
	});
});
