/**
 * `npm test`: makes the checkout ready, runs every test that this machine can run, and says on one line each what it
 * cannot run, why, and what to install. Arguments go to jest.
 *
 * Exit codes: 0 every test ran and passed; 1 a test failed, or the checkout could not be made ready; 3 every test that
 * can run here passed, but some could not run; 130 interrupted.
 */
import { spawn } from 'node:child_process';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Stop, prepare } from './prepare.mjs';
import { MISSING_VARIABLE, NEEDS, filesThatNeed } from './test-needs.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

const FAILED = 1;
const SOME_COULD_NOT_RUN = 3;
const INTERRUPTED = 130;
/** Shorter phases found everything in place. */
const WORTH_TELLING_MS = 1000;

/** Runs jest with its output on this terminal. */
async function jest(args, missing) {
	const child = spawn(process.execPath, [JEST, ...args], {
		cwd: ROOT,
		stdio: 'inherit',
		env: { ...process.env, [MISSING_VARIABLE]: missing.map(({ need }) => need).join(',') },
	});
	// Ctrl+C reaches jest by itself; a signal that is sent to this process alone does not.
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	return await new Promise((done, failed) => {
		child.once('error', failed);
		child.once('close', (code, signal) => done(signal === null ? code : INTERRUPTED));
	});
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
		const code = await jest(args, missing);
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
