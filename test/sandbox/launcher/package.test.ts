import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import {
	installedPackages,
	installPackage,
	packageFingerprint,
	packPackage,
} from '../../../sandbox/launcher/package';
import { freePort } from '../../../sandbox/launcher/ports';

const NODE_FILE = 'dist/nodes/Tiny/Tiny.node.js';
const PROJECT = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
	dependencies?: object;
	peerDependencies: object;
};

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
				dependencies: PROJECT.dependencies,
				peerDependencies: PROJECT.peerDependencies,
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

	describe('on a machine that has never run npm and reaches no registry', () => {
		const before = { ...process.env };
		afterEach(() => {
			process.env = { ...before };
		});

		it('B6: packs and installs all the same', async () => {
			const home = join(folder, 'home');
			await mkdir(home);
			process.env = {
				PATH: before.PATH,
				HOME: home,
				npm_config_cache: join(folder, 'cache'),
				npm_config_registry: `http://127.0.0.1:${await freePort()}/`,
				npm_config_fetch_retries: '0',
			};
			const user = join(folder, 'user');
			await installPackage(await packPackage(source, join(folder, 'packages')), user);
			expect(await installedPackages(user)).toEqual([{ name: 'n8n-nodes-tiny', version: '1.2.3' }]);
		}, 60_000);
	});

	it('B6: n8n finds the package in its list, beside the ones that a person has installed', async () => {
		const nodes = join(folder, 'user/.n8n/nodes');
		await mkdir(nodes, { recursive: true });
		const list = join(nodes, 'package.json');
		const user = join(folder, 'user');
		const ledger = async () =>
			(JSON.parse(await readFile(list, 'utf8')) as { dependencies: object }).dependencies;

		await writeFile(list, JSON.stringify({ dependencies: { 'n8n-nodes-other': '1.0.0' } }));
		await installPackage(await packPackage(source, join(folder, 'packages')), user);
		expect(await ledger()).toEqual({ 'n8n-nodes-other': '1.0.0', 'n8n-nodes-tiny': '1.2.3' });

		await writeFile(list, 'not JSON');
		await writeFile(join(source, NODE_FILE), 'module.exports = 2;');
		await writeFile(join(nodes, 'node_modules/n8n-nodes-tiny/dist/old.js'), '');
		expect(await installPackage(await packPackage(source, join(folder, 'packages')), user)).toBe(true);
		expect(await ledger()).toEqual({ 'n8n-nodes-tiny': '1.2.3' });
		const dist = join(nodes, 'node_modules/n8n-nodes-tiny/dist');
		expect(await readdir(dist)).toEqual(['nodes']);
		expect((await readdir(nodes)).filter((name) => name.startsWith('unpacking'))).toEqual([]);
	}, 60_000);

	it('says what is wrong with a tarball that is none, and counts it as not installed', async () => {
		const tarball = join(folder, 'broken.tgz');
		await writeFile(tarball, 'not a tarball');
		const user = join(folder, 'user');
		await expect(installPackage(tarball, user)).rejects.toThrow(`"tar -xzf ${tarball}`);
		expect(await installedPackages(user)).toEqual([]);
		await expect(installPackage(tarball, user)).rejects.toThrow(`"tar -xzf ${tarball}`);
	});

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
