import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import * as babelforce from '../../sandbox/babelforce';
import * as ccaiPlatform from '../../sandbox/ccai-platform';
import * as googleCloudStorage from '../../sandbox/google-cloud-storage';
import * as kustomer from '../../sandbox/kustomer';

/** Files of a stand-in that name each assumption. */
function referencesIn(folder: string): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (!file.endsWith('.ts') || file === 'assumptions.ts') continue;
		for (const [, id = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/assumes: ([a-z0-9-]+)/g)) {
			found.set(id, (found.get(id) ?? new Set()).add(file.split(sep).join('/')));
		}
	}
	return found;
}

describe.each([
	['babelforce', babelforce.ASSUMPTIONS],
	['ccai-platform', ccaiPlatform.ASSUMPTIONS],
	['google-cloud-storage', googleCloudStorage.ASSUMPTIONS],
	['kustomer', kustomer.ASSUMPTIONS],
])('assumptions of the stand-in %s', (name, assumptions) => {
	const referenced = referencesIn(join(__dirname, '../../sandbox', name));

	it('have distinct ids and full sentences', () => {
		expect(new Set(assumptions.map(({ id }) => id)).size).toBe(assumptions.length);
		for (const { assumes, because } of assumptions) {
			expect(assumes).toMatch(/^\S.*\.$/s);
			expect(because).toMatch(/^\S.*\.$/s);
		}
	});

	it('are all that the code names', () => {
		expect([...referenced.keys()].sort()).toEqual(assumptions.map(({ id }) => id).sort());
	});

	it.each(assumptions.map(({ id, usedIn }) => ({ id, usedIn })))(
		'$id is named by exactly the files it lists',
		({ id, usedIn }) => {
			expect([...(referenced.get(id) ?? [])].sort()).toEqual([...usedIn].sort());
		},
	);
});
