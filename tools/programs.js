/**
 * Programs of the machine that some tests need: where they are, and how a person gets them. npm cannot install them.
 * `tools/prepare.mjs` and the tests ask here, so that both mean the same program. Tests that need one say so by calling
 * `programPath`: that is how `tools/test-needs.js` knows which files cannot run on a machine without it.
 */
const { accessSync, constants } = require('node:fs');
const path = require('node:path');

/** Where programs are as well: folders of servers are not on the PATH of plain users. */
const SYSTEM_FOLDERS = [
	'/usr/bin',
	'/usr/sbin',
	'/usr/local/bin',
	'/usr/local/sbin',
	'/opt/homebrew/bin',
	'/opt/homebrew/sbin',
	'/opt/google/chrome',
	'/snap/bin',
];
/** Where Dovecot keeps the parts of itself. */
const DOVECOT_FOLDERS = [
	'/usr/lib/dovecot',
	'/usr/libexec/dovecot',
	'/usr/local/libexec/dovecot',
	'/opt/homebrew/libexec/dovecot',
];

/** By the name under which `tools/prepare.mjs` takes them. */
const PROGRAMS = {
	browser: {
		label: 'Chromium or Google Chrome',
		names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
		places: [
			'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
			'/Applications/Chromium.app/Contents/MacOS/Chromium',
		],
		variable: 'CHROMIUM_PATH',
		debianPackage: 'chromium',
	},
	imap: {
		label: 'Dovecot',
		names: ['dovecot'],
		parts: { imap: DOVECOT_FOLDERS },
		debianPackage: 'dovecot-imapd',
	},
	sftp: {
		label: "OpenSSH's server",
		names: ['sshd'],
		parts: { 'ssh-keygen': SYSTEM_FOLDERS },
		debianPackage: 'openssh-server',
	},
};

function isProgram(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function inFolders(name, folders) {
	return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

/**
 * Looks for a program on the PATH and in the folders where systems keep it.
 *
 * @param {'browser' | 'imap' | 'sftp'} need
 * @returns {string | undefined} its path; undefined when it, or a part that it needs, is not there
 */
function findProgram(need) {
	const { names, parts = {}, places = [], variable } = PROGRAMS[need];
	const chosen = variable === undefined ? undefined : process.env[variable];
	if (chosen !== undefined && chosen !== '') return isProgram(chosen) ? chosen : undefined;

	const onPath = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
	const folders = [...onPath, ...SYSTEM_FOLDERS];
	const partIsMissing = ([name, where]) => inFolders(name, [...onPath, ...where]) === undefined;
	if (Object.entries(parts).some(partIsMissing)) return undefined;
	return [...names.map((name) => inFolders(name, folders)), ...places.filter(isProgram)].find(
		(found) => found !== undefined,
	);
}

/**
 * Where a program is, for a test that starts it.
 *
 * @param {'browser' | 'imap' | 'sftp'} need
 * @returns {string}
 * @throws Error that says how to get it
 */
function programPath(need) {
	const found = findProgram(need);
	if (found !== undefined) return found;
	throw new Error(`${PROGRAMS[need].label} is missing. Run "node tools/prepare.mjs ${need}".`);
}

module.exports = { PROGRAMS, findProgram, programPath };
