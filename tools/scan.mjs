/**
 * Runs the source rules of n8n's own package scanner on this package: on the sources, and on the tarball as npm would
 * publish it. The scanner's other half (provenance, fetching from npm) needs a published package.
 *
 * Usage: node tools/scan.mjs   Prints the findings and exits 1 when there are any.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const folder = mkdtempSync(path.join(tmpdir(), 'scan-'));

try {
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	execFileSync('tar', ['-xzf', tarball], { cwd: folder });

	const parts = [
		['sources', await analyzePackage(root, SOURCE_FILE_PATTERNS)],
		['tarball', await analyzePackage(path.join(folder, 'package'), ['**/*.js', 'package.json'])],
	];
	for (const [name, result] of parts) {
		console.log(`${name}: ${result.passed ? 'passed' : result.message}`);
		if (result.details) console.log(result.details);
	}
	process.exitCode = parts.every(([, result]) => result.passed) ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
