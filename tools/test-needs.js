/**
 * Which test files need more than Node.js and npm, and leaving them out where a machine does not have it.
 *
 * Two kinds of need: a whole project of jest.config.js needs a package that is installed for it, and a file needs a
 * program when it, or a module that it imports, imports `programPath` from `tools/programs.js` and calls it. So there is
 * no list of files that could grow old.
 */
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');

const { PROGRAMS } = require('./programs');

const ROOT = path.resolve(__dirname, '..');

/** What `tools/prepare.mjs` takes as needs, with the words for the tests that need it. */
const NEEDS = {
	sandbox: { tests: 'tests in a real n8n', project: 'e2e' },
	n8n1: { tests: 'tests in the engine of n8n 1.x', project: 'engine-1x' },
	browser: { tests: 'tests in a browser' },
	imap: { tests: 'tests that read a mailbox' },
	sftp: { tests: 'tests that read files over SFTP' },
};

/** Names the needs that are missing, comma-separated: `tools/test.mjs` says it to jest.config.js. */
const MISSING_VARIABLE = 'TESTS_ARE_WITHOUT';

/** Imports that are there at run time; those of types alone are not. */
const IMPORTS = /^(?:import|export)\s(?!type\b)[^;]*?from\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm;
const ASKS_FOR_PROGRAMS = /^import\s[^;]*?\bprogramPath\b[^;]*?from\s+'\.[^']*\/tools\/programs'/m;
const CALLS = /\bprogramPath\('(\w+)'\)/g;

function moduleFile(from, name) {
	const base = path.resolve(path.dirname(from), name);
	return [`${base}.ts`, path.join(base, 'index.ts')].find((file) => existsSync(file));
}

/**
 * The programs that a test file needs, itself or through its imports.
 *
 * @param {string} file absolute path
 * @returns {Set<string>} keys of `PROGRAMS`
 */
function programsOf(file) {
	const needs = new Set();
	const seen = new Set();
	const visit = (module) => {
		if (seen.has(module)) return;
		seen.add(module);
		const code = readFileSync(module, 'utf8');
		if (ASKS_FOR_PROGRAMS.test(code)) {
			for (const [, need] of code.matchAll(CALLS)) if (need in PROGRAMS) needs.add(need);
		}
		for (const [, named, bare] of code.matchAll(IMPORTS)) {
			const imported = moduleFile(module, named ?? bare);
			if (imported !== undefined) visit(imported);
		}
	};
	visit(file);
	return needs;
}

/** Every test file of a folder, by absolute path. */
function testFiles(folder = path.join(ROOT, 'test')) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const file = path.join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(file);
		return entry.name.endsWith('.test.ts') ? [file] : [];
	});
}

/**
 * The test files that need one of some programs.
 *
 * @param {string[]} needs keys of `NEEDS`; those that are no programs are passed over
 * @param {string} [folder] the folder of the tests
 */
function filesThatNeed(needs, folder) {
	return testFiles(folder).filter((file) => {
		const programs = programsOf(file);
		return needs.some((need) => programs.has(need));
	});
}

/**
 * Leaves out of jest's projects what cannot run here.
 *
 * @param {object[]} projects the projects of jest.config.js
 * @param {string} [missing] the needs that are missing, comma-separated
 * @returns {object[]} the same projects when nothing is missing
 */
function withoutMissing(projects, missing = process.env[MISSING_VARIABLE] ?? '') {
	const needs = missing.split(',').filter((need) => need in NEEDS);
	if (needs.length === 0) return projects;
	const gone = needs.map((need) => NEEDS[need].project).filter((project) => project !== undefined);
	const ignored = filesThatNeed(needs).map((file) => `^${file.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
	return projects
		.filter(({ displayName }) => !gone.includes(displayName))
		.map((project) => ({ ...project, testPathIgnorePatterns: ['/node_modules/', ...ignored] }));
}

module.exports = { MISSING_VARIABLE, NEEDS, filesThatNeed, programsOf, withoutMissing };
