/**
 * `npm test`: makes the checkout ready, runs every test that this machine can run, and says on one line each what it
 * cannot run, why, and what to install. Arguments go to jest. Without arguments, files that failed get a second look
 * (second-look.mjs).
 *
 * Exit codes: 0 every test ran and passed; 1 a test failed, or the checkout could not be made ready; 3 every test that
 * can run here passed, but some could not run; 130 interrupted.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Stop, prepare } from './prepare.mjs';
import { lookAgain } from './second-look.mjs';
import { MISSING_VARIABLE, NEEDS, filesThatNeed } from './test-needs.js';
import testReport from './test-report.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

const FAILED = 1;
const SOME_COULD_NOT_RUN = 3;
const INTERRUPTED = 130;
/** Shorter phases found everything in place. */
const WORTH_TELLING_MS = 1000;

/** Runs jest with its output on this terminal. Its report goes to a file as well, where one is named. */
async function jest(args, missing, outcomeFile) {
	const child = spawn(process.execPath, [JEST, ...args], {
		cwd: ROOT,
		stdio: 'inherit',
		env: {
			...process.env,
			[MISSING_VARIABLE]: missing.map(({ need }) => need).join(','),
			...(outcomeFile !== undefined && { [testReport.OUTCOME_VARIABLE]: outcomeFile }),
		},
	});
	// Ctrl+C reaches jest by itself; a signal that is sent to this process alone does not.
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	return await new Promise((done, failed) => {
		child.once('error', failed);
		child.once('close', (code, signal) => done(signal === null ? code : INTERRUPTED));
	});
}

/** What a run of jest came to; undefined where it did not get to its end. */
function outcomeIn(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/**
 * Runs every test, and those files that failed once more.
 *
 * @returns {Promise<number>} jest's exit code; 0 where all files passed that got a second look
 */
async function everyTest(missing) {
	const folder = mkdtempSync(join(tmpdir(), 'test-outcome-'));
	try {
		const code = await jest([], missing, join(folder, 'first.json'));
		const first = outcomeIn(join(folder, 'first.json'));
		if (code === 0 || code === INTERRUPTED || first === undefined || first.files.length === 0) return code;
		let interrupted = false;
		let looks = 0;
		const { outcome, unsteady } = await lookAgain(first, async (args) => {
			if (interrupted) return undefined;
			looks += 1;
			const file = join(folder, `${looks}.json`);
			console.log(`\nSecond look, with nothing beside it: ${relative(ROOT, args.at(-1))}`);
			interrupted = (await jest(args, missing, file)) === INTERRUPTED;
			return outcomeIn(file);
		});
		for (const { project, file } of unsteady) {
			console.log(
				`Unsteady: ${relative(ROOT, file)} (${project}) failed beside other tests and passed by itself.`,
			);
		}
		console.log(testReport.closing(outcome));
		if (interrupted) return INTERRUPTED;
		return outcome.failed === 0 ? 0 : FAILED;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** One line per need that is missing. */
function leftOut(missing) {
	return missing.map(({ need, why }) => {
		const { tests, project } = NEEDS[need];
		const files = project === undefined ? filesThatNeed([need]).map((file) => relative(ROOT, file)) : [];
		const which = files.length === 0 ? '' : ` (${files.join(', ')})`;
		return `Not run: ${tests}${which}. ${why}`;
	});
}

function tellTimes(phases) {
	const told = phases.filter(({ milliseconds }) => milliseconds >= WORTH_TELLING_MS);
	for (const { name, milliseconds } of told) {
		console.log(`Time: ${name} took ${Math.round(milliseconds / 1000)} s`);
	}
}

async function main(args) {
	const phases = [];
	try {
		const missing = await prepare(Object.keys(NEEDS), { leaveOut: true, phases });
		for (const line of leftOut(missing)) console.log(line);
		const began = Date.now();
		const code = args.length === 0 ? await everyTest(missing) : await jest(args, missing);
		phases.push({ name: 'running the tests', milliseconds: Date.now() - began });
		for (const line of leftOut(missing)) console.log(line);
		if (code === INTERRUPTED) return INTERRUPTED;
		if (code !== 0) return FAILED;
		return missing.length === 0 ? 0 : SOME_COULD_NOT_RUN;
	} catch (error) {
		console.error(error instanceof Stop ? `prepare: ${error.message}` : error);
		return FAILED;
	} finally {
		tellTimes(phases);
	}
}

process.exitCode = await main(process.argv.slice(2));
