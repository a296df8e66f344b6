import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import {
	installedPackages,
	installPackage,
	packageFingerprint,
	packPackage,
} from '../../../sandbox/launcher/package';

const NODE_FILE = 'dist/nodes/Tiny/Tiny.node.js';

describe('packing and installing the package', () => {
	let folder: string;
	let source: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'package-'));
		source = join(folder, 'source');
		await mkdir(join(source, 'dist/nodes/Tiny'), { recursive: true });
		await writeFile(join(source, NODE_FILE), 'module.exports = 1;');
		await writeFile(join(source, 'secret.txt'), 'not for others');
		await writeFile(
			join(source, 'package.json'),
			JSON.stringify({
				name: 'n8n-nodes-tiny',
				version: '1.2.3',
				files: ['dist'],
				n8n: { nodes: [NODE_FILE], credentials: [] },
				peerDependencies: { 'n8n-workflow': '*' },
			}),
		);
	});
	afterEach(async () => {
		await rm(folder, { recursive: true });
	});

	it('B6: installs what users would get: the listed files, without the peer dependency', async () => {
		const tarball = await packPackage(source, join(folder, 'packages'));
		const user = join(folder, 'user');
		expect(await installPackage(tarball, user)).toBe(true);

		const modules = join(user, '.n8n/nodes/node_modules');
		expect(await readFile(join(modules, 'n8n-nodes-tiny', NODE_FILE), 'utf8')).toContain('1');
		await expect(readFile(join(modules, 'n8n-nodes-tiny/secret.txt'))).rejects.toThrow('ENOENT');
		await expect(readFile(join(modules, 'n8n-workflow/package.json'))).rejects.toThrow('ENOENT');
		expect(await installedPackages(user)).toEqual([{ name: 'n8n-nodes-tiny', version: '1.2.3' }]);

		expect(await installPackage(tarball, user)).toBe(false);
	}, 60_000);

	it('packs again only when the content has changed, under a name of its own', async () => {
		const packages = join(folder, 'packages');
		const first = await packPackage(source, packages);
		expect(basename(first)).toMatch(/^n8n-nodes-tiny-1\.2\.3-[0-9a-f]{16}\.tgz$/);
		expect(await packPackage(source, packages)).toBe(first);

		const before = await packageFingerprint(source);
		await writeFile(join(source, 'secret.txt'), 'changed, but not part of the package');
		expect(await packageFingerprint(source)).toBe(before);

		await writeFile(join(source, NODE_FILE), 'module.exports = 2;');
		expect(await packPackage(source, packages)).not.toBe(first);
	}, 60_000);

	it('names the node that is listed but not built', async () => {
		await rm(join(source, NODE_FILE));
		await expect(packPackage(source, folder)).rejects.toThrow(`${NODE_FILE} is listed in package.json`);
	});

	it('says so when there is no package', async () => {
		await expect(packPackage(join(folder, 'nothing'), folder)).rejects.toThrow('holds no package.json');
	});
});
