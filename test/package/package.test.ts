import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

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
