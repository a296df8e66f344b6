import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ASSUMPTIONS } from '../../../sandbox/kustomer';

const FOLDER = join(__dirname, '../../../sandbox/kustomer');

/** Files of the stand-in that name each assumption. */
function references(): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
		(name) => name.endsWith('.ts') && name !== 'assumptions.ts',
	);
	for (const file of files) {
		const source = readFileSync(join(FOLDER, file), 'utf8');
		for (const [, id = ''] of source.matchAll(/assumes: ([a-z0-9-]+)/g)) {
			found.set(id, (found.get(id) ?? new Set()).add(relative('.', file).split(sep).join('/')));
		}
	}
	return found;
}

describe('assumptions', () => {
	const referenced = references();

	it('have distinct ids and full sentences', () => {
		expect(new Set(ASSUMPTIONS.map(({ id }) => id)).size).toBe(ASSUMPTIONS.length);
		for (const { assumes, because } of ASSUMPTIONS) {
			expect(assumes).toMatch(/^\S.*\.$/s);
			expect(because).toMatch(/^\S.*\.$/s);
		}
	});

	it('every id that the code names is in the list', () => {
		const known = ASSUMPTIONS.map(({ id }) => id);
		expect([...referenced.keys()].filter((id) => !known.includes(id))).toEqual([]);
	});

	it.each(ASSUMPTIONS.map((one) => [one.id, one] as const))(
		'%s is named by exactly the files it lists',
		(id, one) => {
			expect([...(referenced.get(id) ?? [])].sort()).toEqual([...one.usedIn].sort());
		},
	);
});
