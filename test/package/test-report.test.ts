/** The end of what `npm test` prints, which people and scripts read. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const REPORTER = path.resolve(__dirname, '../../tools/test-report.js');

interface File {
	project?: string;
	name: string;
	milliseconds: number;
	tests: number;
}

/** The lines that jest would print, with a line in place of its own summary. */
function report(files: File[], numbers: Record<string, number>): string[] {
	const results = {
		numFailedTests: 0,
		numRuntimeErrorTestSuites: 0,
		numPendingTests: 0,
		numTodoTests: 0,
		...numbers,
		testResults: files.map(({ project, name, milliseconds, tests }) => ({
			displayName: project === undefined ? undefined : { name: project },
			perfStats: { runtime: milliseconds },
			testFilePath: `/root/test/${name}`,
			testResults: Array(tests).fill({}),
		})),
	};
	const script = `
		const Report = require(${JSON.stringify(REPORTER)});
		new Report({ rootDir: '/root' }).onRunComplete(new Set(), ${JSON.stringify(results)});
		console.log('SUMMARY');
	`;
	return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trimEnd().split('\n');
}

describe('the report of a test run', () => {
	it('names the ten slowest files and what each project took, and ends with the numbers after the summary', () => {
		const files = Array.from({ length: 12 }, (_, index) => ({
			project: index % 2 === 0 ? 'unit' : 'e2e',
			name: `${index}.test.ts`,
			milliseconds: (index + 1) * 1000,
			tests: 2,
		}));
		const lines = report(files, { numPassedTests: 24 });
		const slow = lines.filter((line) => line.startsWith('Slow:'));
		expect(slow).toHaveLength(10);
		expect(slow[0]).toBe('Slow:  12 s  e2e  test/11.test.ts');
		expect(slow[9]).toBe('Slow:   3 s  unit  test/2.test.ts');
		expect(lines).toContain('Time: unit took 36 s of work for 12 tests in 6 files');
		expect(lines).toContain('Time: e2e took 42 s of work for 12 tests in 6 files');
		expect(lines.slice(-2)).toEqual(['SUMMARY', '24 passed, 0 failed']);
	});

	it('counts a file that could not be run as a failure, and tells what was skipped', () => {
		const numbers = {
			numPassedTests: 5,
			numFailedTests: 1,
			numRuntimeErrorTestSuites: 2,
			numPendingTests: 3,
		};
		const broken = { name: 'broken.test.ts', milliseconds: 10, tests: 0 };
		expect(report([broken], numbers).at(-1)).toBe('5 passed, 3 failed, 3 skipped');
	});

	it('is a file of JSON as well, with the files that failed, also those that could not be run', () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'n8n-report-'));
		try {
			const outcome = path.join(folder, 'outcome.json');
			const script = `
				const Report = require(${JSON.stringify(REPORTER)});
				process.env[Report.OUTCOME_VARIABLE] = ${JSON.stringify(outcome)};
				const file = (name, rest) => ({
					testFilePath: name, perfStats: { runtime: 0 }, testResults: [], numPassingTests: 0, numFailingTests: 0, ...rest,
				});
				const good = file('good', { displayName: { name: 'unit' }, numPassingTests: 4 });
				const bad = file('bad', { displayName: { name: 'e2e' }, numPassingTests: 3, numFailingTests: 2 });
				const broken = file('broken', { testExecError: new Error('Cannot find module') });
				const report = new Report({ rootDir: '/' });
				report.onTestResult({ context: { config: { displayName: { name: 'engine' } } } }, broken);
				report.onRunComplete(new Set(), {
					numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 1, numPendingTests: 0, numTodoTests: 1,
					testResults: [good, bad, broken],
				});
			`;
			execFileSync(process.execPath, ['-e', script]);
			expect(JSON.parse(readFileSync(outcome, 'utf8'))).toEqual({
				passed: 7,
				failed: 3,
				skipped: 1,
				files: [
					{ project: 'e2e', file: 'bad', passed: 3, failed: 2 },
					{ project: 'engine', file: 'broken', passed: 0, failed: 1 },
				],
			});
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
