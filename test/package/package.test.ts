import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';

const root = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	name: string;
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
};

let folder: string;
let packed: string;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	packed = path.join(folder, tarball ?? 'missing');
	execFileSync('tar', ['-xzf', packed], { cwd: folder });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesBelow(directory: string): string[] {
	return readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(directory, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** The libraries of which code is in the package, found from the sources and not from what the build has noted. */
async function bundledLibraries(): Promise<string[]> {
	const { metafile } = await build({
		entryPoints: [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) =>
			path.join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
		),
		absWorkingDir: root,
		outdir: folder,
		write: false,
		bundle: true,
		platform: 'node',
		external: ['n8n-workflow', 'luxon'],
		metafile: true,
		logLevel: 'silent',
	});
	const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
	const libraries = inputs
		.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
		.map(([input]) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
	return [...new Set(libraries)].filter((library): library is string => library !== undefined).sort();
}

function isOwnFile(dist: string, file: string, module: string): boolean {
	if (!module.startsWith('.')) return false;
	const target = path.resolve(path.dirname(path.join(dist, file)), module);
	return [target, `${target}.js`, path.join(target, 'index.js')].some(
		(candidate) => candidate.startsWith(`${dist}${path.sep}`) && existsSync(candidate),
	);
}

describe('the published package', () => {
	it('is smaller than one megabyte', () => {
		expect(statSync(packed).size).toBeLessThan(1_000_000);
	});

	it('has no runtime dependency and n8n-workflow as its only peer', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('holds every node and credential that package.json names, and every node has its codex', () => {
		for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
			expect([file, existsSync(path.join(folder, 'package', file))]).toEqual([file, true]);
		}
		for (const file of manifest.n8n.nodes) {
			const codex = JSON.parse(
				readFileSync(path.join(folder, 'package', file.replace(/\.js$/, '.json')), 'utf8'),
			) as { node: string; resources: { primaryDocumentation: unknown[] } };
			expect(codex.node).toMatch(new RegExp(`^${manifest.name}\\.`));
			expect(codex.resources.primaryDocumentation.length).toBeGreaterThan(0);
		}
	});

	it('requires nothing that n8n does not provide', () => {
		const dist = path.join(folder, 'package', 'dist');
		const foreign = filesBelow(dist)
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) =>
				[...readFileSync(path.join(dist, file), 'utf8').matchAll(/require\("([^"]+)"\)/g)]
					.map((match) => match[1] ?? '')
					.filter((name) => !name.startsWith('node:') && !isOwnFile(dist, file, name))
					.filter((name) => !['n8n-workflow', 'luxon', ...builtinModules].includes(name))
					.map((name) => `${file}: ${name}`),
			);
		expect(foreign).toEqual([]);
	});

	it('passes on the license of every library that is bundled, and of no other', async () => {
		const notices = readFileSync(path.join(folder, 'package/dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
		const libraries = await bundledLibraries();
		expect(libraries).toContain('libphonenumber-js');
		for (const library of libraries) {
			const place = path.join(root, 'node_modules', library);
			const { version } = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8')) as {
				version: string;
			};
			const licenses = readdirSync(place).filter((file) => /^licen[cs]e/i.test(file));
			expect([library, notices.includes(`${library} ${version}\nLicense: `)]).toEqual([library, true]);
			expect([library, licenses.length > 0]).toEqual([library, true]);
			for (const license of licenses) {
				const text = readFileSync(path.join(place, license), 'utf8').trim();
				expect([library, license, notices.includes(text)]).toEqual([library, license, true]);
			}
		}
		expect(notices.match(/^License: /gm)).toHaveLength(libraries.length);
	});

	it('ships neither tests nor the sandbox', () => {
		const unexpected = filesBelow(path.join(folder, 'package')).filter(
			(file) => !/^(dist\/|package\.json$|README\.md$|LICENSE\.md$|CHANGELOG\.md$)/.test(file),
		);
		expect(unexpected).toEqual([]);
	});

	it("passes the source rules of n8n's package scanner", () => {
		const output = execFileSync(process.execPath, [path.join(root, 'tools/scan.mjs')], {
			cwd: root,
			encoding: 'utf8',
			// The scanner's linter judges made-up file names when it believes that it is being tested itself.
			env: { ...process.env, NODE_ENV: 'development' },
		});
		expect(output).toMatch(/sources: passed/);
		expect(output).toMatch(/tarball: passed/);
	}, 120_000);
});
