/**
 * Packs the node package and installs it into an n8n user folder by the steps of n8n's own installer, so that what runs
 * in the sandbox is what a user would have. Neither step needs a network, a registry or anything in npm's cache.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { runCommand } from './command';

/** Name of the file in n8n's nodes folder that remembers which tarball is installed. */
const STAMP = '.installed-package.json';

/**
 * How n8n calls npm inside the unpacked package, with two differences that leave no trace on the disk: npm must not ask
 * a registry for a newer version of itself, and says less. In n8n 2.41 this is `downloadPackage` of
 * `dist/modules/community-packages/community-packages.service.js`.
 */
const INSTALL_IN_PACKAGE = [
	'install',
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
	'--update-notifier=false',
	'--loglevel=error',
];

interface PackageManifest {
	name: string;
	version: string;
	files: string[];
	n8n: { nodes: string[]; credentials: string[] };
}

interface InstalledPackage {
	name: string;
	version: string;
}

async function readManifest(folder: string): Promise<PackageManifest> {
	const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
	if (text === undefined)
		throw new Error(`${folder} holds no package.json, so there is no package to install.`);
	const manifest = JSON.parse(text) as Partial<PackageManifest>;
	return {
		name: manifest.name ?? '',
		version: manifest.version ?? '0.0.0',
		files: manifest.files ?? [],
		n8n: { nodes: manifest.n8n?.nodes ?? [], credentials: manifest.n8n?.credentials ?? [] },
	};
}

async function filesBelow(path: string): Promise<string[]> {
	const entry = await stat(path).catch(() => undefined);
	if (entry === undefined) return [];
	if (entry.isFile()) return [path];
	const names = (await readdir(path)).sort();
	return (await Promise.all(names.map(async (name) => await filesBelow(join(path, name))))).flat();
}

/**
 * A short name for the content of everything that `npm pack` would put into the tarball.
 *
 * @param folder package folder
 */
export async function packageFingerprint(folder: string): Promise<string> {
	const manifest = await readManifest(folder);
	const paths = ['package.json', 'README.md', 'LICENSE.md', 'LICENSE', ...manifest.files];
	const files = (await Promise.all(paths.map(async (path) => await filesBelow(join(folder, path))))).flat();
	const hash = createHash('sha256');
	for (const file of files) {
		hash.update(file.slice(folder.length));
		hash.update(await readFile(file));
	}
	return hash.digest('hex').slice(0, 16);
}

/**
 * Runs `npm pack`, unless a tarball of the same content is there already.
 *
 * @param folder package folder, already built
 * @param into folder for the tarball
 * @returns path of the tarball
 * @throws Error when a node or credential that package.json lists is not built
 */
export async function packPackage(folder: string, into: string): Promise<string> {
	const source = resolve(folder);
	const manifest = await readManifest(source);
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		if (!existsSync(join(source, file))) {
			throw new Error(`${file} is listed in package.json but does not exist. Run "npm run build" first.`);
		}
	}
	const fingerprint = await packageFingerprint(source);
	const plainName = manifest.name.replace(/^@/, '').replace('/', '-');
	const tarball = join(resolve(into), `${plainName}-${manifest.version}-${fingerprint}.tgz`);
	if (existsSync(tarball)) return tarball;

	// Two test files may pack at the same time, so each packs in a folder of its own and the rename decides.
	const workshop = join(resolve(into), `packing-${process.pid}-${Date.now()}`);
	await mkdir(workshop, { recursive: true });
	try {
		await runCommand(
			'npm',
			['pack', source, '--pack-destination', workshop, '--ignore-scripts', '--silent'],
			{
				cwd: source,
			},
		);
		const [packed] = await readdir(workshop);
		if (packed === undefined) throw new Error(`"npm pack" in ${source} made no tarball.`);
		await rename(join(workshop, packed), tarball);
	} finally {
		await rm(workshop, { recursive: true, force: true });
	}
	return tarball;
}

/**
 * Installs a tarball into `<user folder>/.n8n/nodes`, where n8n looks for community packages.
 * Does nothing when that very tarball is installed.
 *
 * This is what **Settings > Community nodes > Install** does in n8n once it has the tarball: unpack it, take everything
 * but the runtime dependencies out of its package.json, and let npm install those. The `npm install --omit=peer` that
 * the README gives to people ends in the same files, but asks the registry for the description of the peer
 * `n8n-workflow`, only to leave it out. That would fail where npm can reach no registry, or would go well only because
 * an earlier run has left the answer in npm's cache.
 *
 * @returns false when it was installed already
 * @throws Error when the tarball cannot be unpacked, or when the package has runtime dependencies that npm cannot get
 */
export async function installPackage(tarball: string, userFolder: string): Promise<boolean> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const stampFile = join(nodesFolder, STAMP);
	const source = resolve(tarball);
	const digest = createHash('sha256')
		.update(await readFile(source))
		.digest('hex');
	const stamp = JSON.stringify({ tarball: basename(source), digest });
	if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return false;
	await rm(stampFile, { force: true });

	const unpacked = join(nodesFolder, `unpacking-${process.pid}`);
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	try {
		await runCommand('tar', ['-xzf', source, '-C', unpacked, '--strip-components=1'], { cwd: nodesFolder });
		const { name, version } = await keepRuntimeDependencies(join(unpacked, 'package.json'));
		await runCommand('npm', INSTALL_IN_PACKAGE, { cwd: unpacked });
		const place = join(nodesFolder, 'node_modules', name);
		await rm(place, { recursive: true, force: true });
		await mkdir(dirname(place), { recursive: true });
		await rename(unpacked, place);
		await addToLedger(join(nodesFolder, 'package.json'), name, version);
	} finally {
		await rm(unpacked, { recursive: true, force: true });
	}
	await writeFile(stampFile, stamp);
	return true;
}

/** Takes out of a package.json what an installed package does not need, as n8n does. */
async function keepRuntimeDependencies(file: string): Promise<InstalledPackage> {
	const manifest = JSON.parse(await readFile(file, 'utf8')) as InstalledPackage & Record<string, unknown>;
	for (const field of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete manifest[field];
	await writeFile(file, JSON.stringify(manifest, null, 2));
	return manifest;
}

/** The package.json of n8n's nodes folder names the packages that are installed there. */
async function addToLedger(file: string, name: string, version: string): Promise<void> {
	// n8n makes a new one too when there is none that can be read.
	const ledger = await readFile(file, 'utf8')
		.then((text) => JSON.parse(text) as { dependencies?: Record<string, string> })
		.catch(() => ({ dependencies: {} }));
	const dependencies = { ...ledger.dependencies, [name]: version };
	const written = { name: 'installed-nodes', private: true, ...ledger, dependencies };
	await writeFile(file, JSON.stringify(written, null, 2));
}

/** The community packages that are installed in a user folder. */
export async function installedPackages(userFolder: string): Promise<InstalledPackage[]> {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	const names = await readdir(modules).catch(() => []);
	const manifests = names
		.filter((name) => name.startsWith('n8n-nodes-'))
		.map(async (name) => await readManifest(join(modules, name)));
	return (await Promise.all(manifests)).map(({ name, version }) => ({ name, version }));
}
