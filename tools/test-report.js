/**
 * The end of jest's report: the slowest files, what each project took, and as jest's last word how many tests passed and
 * failed, so that a run without a test cannot look like a good one. A file that could not be run at all counts as one
 * failed test. `tools/test.mjs` gets the same as JSON, where it asks for it.
 */
const { writeFileSync, writeSync } = require('node:fs');
const { relative } = require('node:path');

const SLOWEST = 10;

/** Names the file that gets the numbers and the files that failed, see {@link outcome}. */
const OUTCOME_VARIABLE = 'TEST_OUTCOME_FILE';

const seconds = (milliseconds) => `${Math.round(milliseconds / 1000)} s`;

/** The project of a file's results. Jest does not say it in those of a file that could not be run. */
const projects = new WeakMap();
const projectOf = (file) => file.displayName?.name ?? projects.get(file) ?? 'tests';

/** The files that took longest, one a line. */
function slowest(files, rootDir) {
	return [...files]
		.sort((one, other) => other.perfStats.runtime - one.perfStats.runtime)
		.slice(0, SLOWEST)
		.map((file) => {
			const took = seconds(file.perfStats.runtime).padStart(5);
			return `Slow: ${took}  ${projectOf(file)}  ${relative(rootDir, file.testFilePath)}`;
		});
}

/** What the files of each project took together, one project a line. */
function times(files) {
	const sums = new Map();
	for (const file of files) {
		const { perfStats, testResults } = file;
		const name = projectOf(file);
		const known = sums.get(name) ?? { files: 0, tests: 0, milliseconds: 0 };
		sums.set(name, {
			files: known.files + 1,
			tests: known.tests + testResults.length,
			milliseconds: known.milliseconds + perfStats.runtime,
		});
	}
	return [...sums].map(
		([name, project]) =>
			`Time: ${name} took ${seconds(project.milliseconds)} of work for ${project.tests} tests in ${project.files} files`,
	);
}

/**
 * What a run came to.
 *
 * @returns {{ passed: number, failed: number, skipped: number,
 *   files: Array<{ project: string, file: string, passed: number, failed: number }> }} `files` are those that failed
 */
function outcome(results) {
	return {
		passed: results.numPassedTests,
		failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
		skipped: results.numPendingTests + results.numTodoTests,
		files: results.testResults
			.filter(({ numFailingTests, testExecError }) => numFailingTests > 0 || testExecError != null)
			.map((file) => ({
				project: projectOf(file),
				file: file.testFilePath,
				passed: file.numPassingTests,
				failed: file.numFailingTests + (file.testExecError == null ? 0 : 1),
			})),
	};
}

/** The last word on a run. */
function closing({ passed, failed, skipped }) {
	const numbers = `${passed} passed, ${failed} failed`;
	return skipped === 0 ? numbers : `${numbers}, ${skipped} skipped`;
}

class TestReport {
	constructor({ rootDir }) {
		this.rootDir = rootDir;
	}

	onTestResult(test, file) {
		const name = test.context.config.displayName?.name;
		if (name !== undefined) projects.set(file, name);
	}

	onRunComplete(_contexts, results) {
		const files = results.testResults;
		console.log(['', ...slowest(files, this.rootDir), ...times(files)].join('\n'));

		// Jest's own summary is still to come. console.log may not get through while the process ends.
		if (this.closing === undefined) process.once('exit', () => writeSync(1, `${this.closing}\n`));
		const came = outcome(results);
		this.closing = closing(came);
		const wanted = process.env[OUTCOME_VARIABLE];
		if (wanted !== undefined) writeFileSync(wanted, JSON.stringify(came));
	}
}

module.exports = Object.assign(TestReport, { OUTCOME_VARIABLE, closing });
