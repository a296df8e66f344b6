/**
 * A reporter for jest: what each project took, and as the last word how many tests passed and failed, so that a run
 * without a test cannot look like a good one.
 */
class TestReport {
	onRunComplete(_contexts, results) {
		const projects = new Map();
		for (const { displayName, perfStats, testResults } of results.testResults) {
			const name = displayName?.name ?? 'tests';
			const { files, tests, milliseconds } = projects.get(name) ?? { files: 0, tests: 0, milliseconds: 0 };
			projects.set(name, {
				files: files + 1,
				tests: tests + testResults.length,
				milliseconds: milliseconds + (perfStats.end - perfStats.start),
			});
		}
		const lines = [...projects].map(
			([name, { files, tests, milliseconds }]) =>
				`Time: ${name} took ${Math.round(milliseconds / 1000)} s of work for ${tests} tests in ${files} files`,
		);
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const skipped = results.numPendingTests + results.numTodoTests;
		const closing = `${results.numPassedTests} passed, ${failed} failed`;
		console.log(['', ...lines, skipped === 0 ? closing : `${closing}, ${skipped} skipped`].join('\n'));
	}
}

module.exports = TestReport;
