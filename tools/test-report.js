/**
 * The end of jest's report: the slowest files, what each project took, and as jest's last word how many tests passed and
 * failed, so that a run without a test cannot look like a good one. A file that could not be run at all counts as one
 * failed test.
 */
const { writeSync } = require('node:fs');
const { relative } = require('node:path');

const SLOWEST = 10;

const seconds = (milliseconds) => `${Math.round(milliseconds / 1000)} s`;

/** The files that took longest, one a line. */
function slowest(files, rootDir) {
	return [...files]
		.sort((one, other) => other.perfStats.runtime - one.perfStats.runtime)
		.slice(0, SLOWEST)
		.map(({ displayName, perfStats, testFilePath }) => {
			const file = relative(rootDir, testFilePath);
			return `Slow: ${seconds(perfStats.runtime).padStart(5)}  ${displayName?.name ?? 'tests'}  ${file}`;
		});
}

/** What the files of each project took together, one project a line. */
function times(files) {
	const projects = new Map();
	for (const { displayName, perfStats, testResults } of files) {
		const name = displayName?.name ?? 'tests';
		const known = projects.get(name) ?? { files: 0, tests: 0, milliseconds: 0 };
		projects.set(name, {
			files: known.files + 1,
			tests: known.tests + testResults.length,
			milliseconds: known.milliseconds + perfStats.runtime,
		});
	}
	return [...projects].map(
		([name, project]) =>
			`Time: ${name} took ${seconds(project.milliseconds)} of work for ${project.tests} tests in ${project.files} files`,
	);
}

class TestReport {
	constructor({ rootDir }) {
		this.rootDir = rootDir;
	}

	onRunComplete(_contexts, results) {
		const files = results.testResults;
		console.log(['', ...slowest(files, this.rootDir), ...times(files)].join('\n'));

		// Jest's own summary is still to come. console.log may not get through while the process ends.
		if (this.closing === undefined) process.once('exit', () => writeSync(1, `${this.closing}\n`));
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const skipped = results.numPendingTests + results.numTodoTests;
		const closing = `${results.numPassedTests} passed, ${failed} failed`;
		this.closing = skipped === 0 ? closing : `${closing}, ${skipped} skipped`;
	}
}

module.exports = TestReport;
