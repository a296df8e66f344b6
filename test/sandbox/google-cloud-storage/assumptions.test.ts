import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ASSUMPTIONS } from '../../../sandbox/google-cloud-storage';

const FOLDER = join(__dirname, '../../../sandbox/google-cloud-storage');

/** Files of the stand-in that name each assumption. */
function references(): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const file of readdirSync(FOLDER).filter((name) => name !== 'assumptions.ts')) {
		const source = readFileSync(join(FOLDER, file), 'utf8');
		const ids = new Set([...source.matchAll(/assumes: ([a-z0-9-]+)/g)].map(([, id = '']) => id));
		for (const id of ids) found.set(id, [...(found.get(id) ?? []), file]);
	}
	return found;
}

describe('assumptions', () => {
	const referenced = references();

	it('have distinct ids and full sentences, and are all that the code names', () => {
		expect(new Set(ASSUMPTIONS.map(({ id }) => id)).size).toBe(ASSUMPTIONS.length);
		for (const { assumes, because } of ASSUMPTIONS) {
			expect(assumes).toMatch(/^\S.*\.$/s);
			expect(because).toMatch(/^\S.*\.$/s);
		}
		expect([...referenced.keys()].sort()).toEqual(ASSUMPTIONS.map(({ id }) => id).sort());
	});

	it.each(ASSUMPTIONS.map((one) => [one.id, one] as const))(
		'%s is named by exactly the files it lists',
		(id, one) => {
			expect([...(referenced.get(id) ?? [])].sort()).toEqual([...one.usedIn].sort());
		},
	);
});
