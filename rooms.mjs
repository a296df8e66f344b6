/**
 * The rooms of the code and which of them each may import, from the ground up. ESLint holds it (eslint.config.mjs);
 * docs/design.md says what is in each room.
 */
import { readdirSync } from 'node:fs';

const GROUND = ['domain', 'http'];
const SHARED = [...GROUND, 'files', 'webhooks', 'process'];
const SERVICES = [...SHARED, 'kustomer', 'platforms'];
const USE_CASES = [...SERVICES, 'session-log', 'agent-status'];
const INTERFACES = [...USE_CASES, 'crm-api', 'agent-desktop'];

/** Folder in `lib/`: the other folders of `lib/` that its files may import. */
export const ROOMS = {
	domain: [],
	http: [],
	files: GROUND,
	webhooks: [...GROUND, 'process'],
	process: GROUND,
	kustomer: SHARED,
	platforms: SHARED,
	'session-log': SERVICES,
	'agent-status': SERVICES,
	'crm-api': [...SERVICES, 'session-log'],
	'agent-desktop': USE_CASES,
	n8n: INTERFACES,
};

/** The room that binds the others to n8n; those below it know nothing of n8n. */
const BINDING_ROOM = 'n8n';

const ROOT = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
/** Never part of the published package. */
const OUTSIDE = ['./sandbox', './test', './tools', './bench'];

const foldersIn = (path) =>
	readdirSync(`${ROOT}/${path}`, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name);

function zonesOf(room, allowed) {
	const rooms = allowed.map((name) => `lib/${name}`).join(', ');
	const sentence =
		allowed.length === 0
			? `lib/${room} is on the ground: it imports no other room.`
			: `lib/${room} may import ${rooms}, and no other room: imports never point upwards.`;
	const message = `${sentence} See "Rooms" in docs/design.md.`;
	return [
		{
			target: `./lib/${room}`,
			from: './lib',
			except: [room, ...allowed].map((name) => `./${name}`),
			message,
		},
		{ target: `./lib/${room}`, from: ['./nodes', './credentials', ...OUTSIDE], message },
	];
}

/** Zones of the rule `import-x/no-restricted-paths`: https://github.com/un-ts/eslint-plugin-import-x */
const ZONES = [
	...Object.entries(ROOMS).flatMap(([room, allowed]) => zonesOf(room, allowed)),
	...foldersIn('lib')
		.filter((name) => !(name in ROOMS))
		.map((name) => ({
			target: `./lib/${name}`,
			from: '.',
			message: `lib/${name} is no room yet: say in rooms.mjs what it may import.`,
		})),
	...foldersIn('nodes').map((name) => ({
		target: `./nodes/${name}`,
		from: './nodes',
		except: [`./${name}`],
		message:
			'A node never imports another node: what both need belongs into lib. See "Rooms" in docs/design.md.',
	})),
	{
		target: ['./nodes', './credentials'],
		from: OUTSIDE,
		message: 'What is published imports nothing of the sandbox, the tests, the tools or the benchmarks.',
	},
];

/** The part of ESLint's configuration that holds the rooms. */
export const roomRules = [
	{
		files: ['lib/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'import-x/no-restricted-paths': ['error', { basePath: ROOT, zones: ZONES }],
			'import-x/no-cycle': 'error',
		},
	},
	{
		files: ['lib/**/*.ts'],
		ignores: [`lib/${BINDING_ROOM}/**`],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: ['n8n-*', '@n8n/*'],
							message: 'Nothing below lib/n8n knows n8n. See "Rooms" in docs/design.md.',
						},
					],
				},
			],
		},
	},
];
