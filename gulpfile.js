/**
 * Builds the package into dist/, the only folder that is published:
 *
 *   type-check and compile -> bundle what n8n does not provide, with its notices
 *     -> copy icons, codex, output schemas, workflows -> check
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { builtinModules } = require('node:module');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const DIST = path.join(__dirname, 'dist');
/** Who made the libraries that are bundled, and under which license: their licenses ask for it. */
const NOTICES = path.join(DIST, 'THIRD_PARTY_NOTICES.txt');

/** Modules that every supported n8n offers to a community node; anything else is bundled. */
const PROVIDED_BY_N8N = ['n8n-workflow', 'luxon'];

/**
 * Where libraries look for what their surroundings offer. n8n's rules refuse the object itself, and no library needs more of it:
 * multipasta asks for Buffer; jose would ask for CompressionStream, for encrypted tokens, which are not read here.
 */
const OFFERED = JSON.stringify({ Buffer: true });

const CODE_OF_OWN_FILES = /require\("([^"]+)"\)/g;

async function clean() {
	await fs.promises.rm(DIST, { recursive: true, force: true });
}

async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	const { status } = spawnSync(process.execPath, [tsc, '-p', path.join(__dirname, 'tsconfig.json')], {
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error('The TypeScript compiler found mistakes; they are listed above.');
}

/** Every compiled file, with the modules that it requires. */
function compiledFiles() {
	return fs
		.readdirSync(DIST, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
		.map((entry) => {
			const file = path.join(entry.parentPath ?? entry.path, entry.name);
			const code = fs.readFileSync(file, 'utf8');
			return { file, requires: [...code.matchAll(CODE_OF_OWN_FILES)].map((match) => match[1]) };
		});
}

function isForeign(module) {
	if (module.startsWith('.') || module.startsWith('node:')) return false;
	return !PROVIDED_BY_N8N.includes(module) && !builtinModules.includes(module);
}

/** Other files of this package stay files of their own: they hold state that must exist once. */
const keepOwnFilesApart = {
	name: 'keep-own-files-apart',
	setup({ onResolve }) {
		onResolve({ filter: /^\.{1,2}\// }, ({ path: module, importer }) =>
			importer.includes('node_modules') ? undefined : { path: module, external: true },
		);
	},
};

/** The folder of the library that a bundled file belongs to: the innermost, with its scope. */
const LIBRARY_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

const NOTICES_INTRODUCTION =
	'This package holds parts of the libraries below, unchanged but for being shortened. They belong to their authors.';

/** Name, version, license and the words of the license of one library. */
function notice(folder) {
	const { name, version, license, homepage } = JSON.parse(
		fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
	);
	const files = fs.readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
	if (files.length === 0) {
		throw new Error(
			`${name} is bundled, but has no license file to pass on. Do without it, or ask its authors.`,
		);
	}
	const texts = files.sort().map((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim());
	const page = homepage === undefined ? [] : [`Home page: ${homepage}`];
	return [`${name} ${version}`, `License: ${license}`, ...page, '', ...texts].join('\n');
}

/**
 * Puts libraries that n8n does not provide into the file that uses them. Dependencies of a community package would be
 * installed next to n8n's own, which is the first reason why such packages fail to load.
 */
async function bundle() {
	const folders = new Set();
	for (const { file, requires } of compiledFiles()) {
		if (!requires.some(isForeign)) continue;
		const { metafile } = await esbuild.build({
			entryPoints: [file],
			outfile: file,
			allowOverwrite: true,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'es2022',
			minifyWhitespace: true,
			minifySyntax: true,
			legalComments: 'inline',
			// A community node writes to n8n's log or not at all; some libraries write warnings to the console.
			drop: ['console'],
			define: { globalThis: OFFERED },
			plugins: [keepOwnFilesApart],
			external: PROVIDED_BY_N8N,
			logLevel: 'warning',
			metafile: true,
			absWorkingDir: __dirname,
		});
		for (const [input, { bytesInOutput }] of Object.values(metafile.outputs).flatMap(({ inputs }) =>
			Object.entries(inputs),
		)) {
			const library = LIBRARY_FOLDER.exec(input);
			if (library !== null && bytesInOutput > 0) folders.add(library[0]);
		}
	}
	const notices = [...folders].sort().map((folder) => notice(path.join(__dirname, folder)));
	await fs.promises.writeFile(NOTICES, [NOTICES_INTRODUCTION, ...notices].join(`\n\n${'-'.repeat(80)}\n\n`));
}

const copyIconsAndDescriptions = () =>
	src(
		[
			'nodes/**/*.{svg,png}',
			'credentials/**/*.{svg,png}',
			'nodes/**/*.node.json',
			'nodes/**/__schema__/**/*.json',
		],
		{
			encoding: false,
			base: '.',
		},
	).pipe(dest('dist'));

const repeatSchemasOf = (node, version, newer) => () =>
	src(`nodes/${node}/__schema__/${version}/**/*.json`, { base: `nodes/${node}/__schema__/${version}` }).pipe(
		dest(`dist/nodes/${node}/__schema__/${newer}`),
	);

/** The page that agents open, as it is: any web server can hand it out. */
const copyDesktop = () => src('desktop/*', { base: '.' }).pipe(dest('dist'));

/** n8n looks for the schemas of a node's version in a folder of that version; those of these nodes are the same for all. */
const repeatSchemas = parallel(
	repeatSchemasOf('Kustomer', 'v1.0.0', 'v1.1.0'),
	repeatSchemasOf('ContactCenterTrigger', 'v2.0.0', 'v2.1.0'),
);

const copyWorkflows = () => src('workflows/*.json', { base: '.', allowEmpty: true }).pipe(dest('dist'));

/** What n8n would only complain about at start, found at build time. */
async function check() {
	const manifest = JSON.parse(fs.readFileSync(path.join(__dirname, 'package.json'), 'utf8'));
	const mistakes = [];
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		if (!fs.existsSync(path.join(__dirname, file)))
			mistakes.push(`package.json names ${file}, which was not built`);
	}
	for (const file of manifest.n8n.nodes) {
		const codexFile = path.join(__dirname, file.replace(/\.js$/, '.json'));
		if (!fs.existsSync(codexFile)) {
			mistakes.push(`${file} has no codex file (${path.basename(codexFile)})`);
			continue;
		}
		const codex = JSON.parse(fs.readFileSync(codexFile, 'utf8'));
		if (!codex.resources?.primaryDocumentation)
			mistakes.push(`${codexFile}: without "resources" n8n drops the codex`);
	}
	for (const { file, requires } of compiledFiles()) {
		for (const module of requires) {
			const own = module.startsWith('.');
			const inside = own && !path.relative(DIST, path.resolve(path.dirname(file), module)).startsWith('..');
			if (own ? !inside : isForeign(module)) {
				mistakes.push(`${path.relative(__dirname, file)} requires ${module}, which n8n does not provide`);
			}
		}
	}
	for (const { name, parentPath, path: folder } of fs.readdirSync(DIST, {
		recursive: true,
		withFileTypes: true,
	})) {
		if (name.endsWith('.json')) JSON.parse(fs.readFileSync(path.join(parentPath ?? folder, name), 'utf8'));
	}
	if (mistakes.length > 0) throw new Error(`The build is not complete:\n  ${mistakes.join('\n  ')}`);
}

const build = series(
	clean,
	compile,
	bundle,
	parallel(copyIconsAndDescriptions, repeatSchemas, copyWorkflows, copyDesktop),
	check,
);

module.exports = { clean, build, default: build };
