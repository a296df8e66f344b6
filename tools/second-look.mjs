/**
 * A second look at test files that failed: each once more, with nothing beside it.
 *
 * Tests in real processes share the machine with three other files, and with whatever else it does. A file that fails beside
 * the others and passes by itself says more about the machine than about the code. It is named, so that whoever sees the same
 * name twice looks into it; a file that fails both times fails the run.
 */

/** More files than this do not fail because a machine is busy. */
export const MOST_FILES = 5;

/**
 * @typedef {object} Outcome see tools/test-report.js
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {Array<{ project: string, file: string, passed: number, failed: number }>} files those that failed
 */

/**
 * Runs the files that failed once more, one after the other.
 *
 * @param {Outcome} first what the run came to
 * @param {(args: string[]) => Promise<Outcome | undefined>} run jest; undefined where it did not get to its end
 * @returns {Promise<{ outcome: Outcome, unsteady: Array<{ project: string, file: string }> }>} the numbers of both looks
 *   together, and the files that passed by themselves. The first numbers where a second look makes no sense.
 */
export async function lookAgain(first, run) {
	const outcome = { ...first, files: [] };
	const unsteady = [];
	if (first.files.length > MOST_FILES) return { outcome: first, unsteady };
	for (const failed of first.files) {
		const again = await run(['--selectProjects', failed.project, '--runTestsByPath', failed.file]);
		if (again === undefined || again.failed > 0 || again.passed === 0) {
			outcome.files.push(failed);
			continue;
		}
		outcome.passed += again.passed - failed.passed;
		outcome.failed -= failed.failed;
		unsteady.push(failed);
	}
	return { outcome, unsteady };
}
