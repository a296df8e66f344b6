/** What makes a published version something that strangers can trust: the workflows that test it and publish it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

const root = path.resolve(__dirname, '../..');
const WORKFLOWS = '.github/workflows';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	uses?: string;
	needs?: string | string[];
	environment?: string;
	permissions?: Record<string, string>;
	steps?: Step[];
	'timeout-minutes'?: number;
}

interface Workflow {
	on: Record<string, { tags?: string[]; branches?: string[] } | null>;
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const workflow = (name: string) => parse(read(`${WORKFLOWS}/${name}`)) as Workflow;
const manifest = JSON.parse(read('package.json')) as {
	scripts: Record<string, string>;
	publishConfig: object;
	repository: { url: string };
};

const all = readdirSync(path.join(root, WORKFLOWS)).map((name): [string, Workflow] => [name, workflow(name)]);
const stepsOf = (of: Workflow) => Object.values(of.jobs).flatMap(({ steps = [] }) => steps);
const commandsOf = (job?: Job) => (job?.steps ?? []).flatMap(({ run }) => run ?? []);

describe('the workflows of the repository', () => {
	it.each(all)('%s: runs actions of a fixed commit, with the release beside it', (name) => {
		const used = [...read(`${WORKFLOWS}/${name}`).matchAll(/uses: (\S+)(.*)$/gm)].map(([, action, note]) => ({
			action: action ?? '',
			note: note?.trim() ?? '',
		}));
		expect(used.length).toBeGreaterThan(0);
		for (const { action, note } of used) {
			if (action.startsWith('./')) expect(existsSync(path.join(root, action))).toBe(true);
			else expect(`${action} ${note}`).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	it.each(all)(
		'%s: may read the code and no more, and does not keep the key to it',
		(name, { permissions, jobs }) => {
			expect(Object.entries(permissions).filter(([, access]) => access !== 'read')).toEqual([]);
			const more = Object.values(jobs).flatMap((job) =>
				Object.entries(job.permissions ?? {}).filter(([, access]) => access !== 'read'),
			);
			expect(more).toEqual(name === 'publish.yml' ? [['id-token', 'write']] : []);
			for (const step of stepsOf(workflow(name)).filter(({ uses }) =>
				uses?.startsWith('actions/checkout@'),
			)) {
				expect(step.with).toEqual({ 'persist-credentials': false });
			}
		},
	);

	it.each(all)('%s: no command is made of what a stranger can write, and no secret is at hand', (name) => {
		const text = read(`${WORKFLOWS}/${name}`);
		expect(stepsOf(workflow(name)).filter(({ run }) => run?.includes('${{'))).toEqual([]);
		expect(text).not.toMatch(/pull_request_target|secrets\./);
	});

	it.each(all)('%s: every job ends by itself', (_, { jobs }) => {
		const endless = Object.values(jobs).filter((job) => job.uses === undefined && !job['timeout-minutes']);
		expect(endless).toEqual([]);
	});

	it('test every pull request with the same command as everybody', () => {
		const { on, jobs } = workflow('test.yml');
		expect(Object.keys(on)).toEqual(expect.arrayContaining(['pull_request', 'push', 'workflow_call']));
		expect(commandsOf(jobs.test)).toEqual(['bash .ci/run']);
		expect(read('.ci/run')).toMatch(/ npm test <\/dev\/null/);
		expect(commandsOf(jobs.style)).toEqual(['npm ci', 'npm run lint', 'npm run typecheck']);
		for (const command of commandsOf(jobs.style).slice(1)) {
			expect(Object.keys(manifest.scripts)).toContain(command.replace('npm run ', ''));
		}
	});

	it('publish a tagged version only, after every test, with an attestation', () => {
		const { on, jobs } = workflow('publish.yml');
		expect(Object.keys(on)).toEqual(['push']);
		expect(on.push?.tags).toEqual(['v[0-9]+.[0-9]+.[0-9]+']);
		expect(jobs.test?.uses).toBe('./.github/workflows/test.yml');
		expect(jobs.publish?.needs).toBe('test');
		expect(commandsOf(jobs.publish).at(-1)).toBe('npm run release');
		expect(manifest.scripts.release).toBe('n8n-node release');
		expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
	});

	it("n8n's tool publishes with provenance where it runs in a workflow", () => {
		const tool = read('node_modules/@n8n/node-cli/dist/commands/release.js');
		expect(tool).toMatch(/GITHUB_ACTIONS/);
		expect(tool).toMatch(/NPM_CONFIG_PROVENANCE: 'true'/);
	});
});

describe('the forms of the repository', () => {
	const FORMS = '.github/ISSUE_TEMPLATE';
	const forms = readdirSync(path.join(root, FORMS)).filter((name) => name !== 'config.yml');

	it.each(forms)('%s: has a name, a description and fields with labels', (name) => {
		const form = parse(read(`${FORMS}/${name}`)) as {
			name: string;
			description: string;
			body: Array<{ type: string; id?: string; attributes: { label?: string; value?: string } }>;
		};
		expect([form.name, form.description]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
		for (const { type, id, attributes } of form.body) {
			if (type === 'markdown') expect(attributes.value).toMatch(/\w/);
			else
				expect({ id, label: attributes.label }).toEqual({
					id: expect.any(String),
					label: expect.any(String),
				});
		}
	});

	it('send reports of weaknesses to the place that SECURITY.md names, in the repository that package.json names', () => {
		const { contact_links: links } = parse(read(`${FORMS}/config.yml`)) as {
			contact_links: Array<{ url: string }>;
		};
		const home = manifest.repository.url.replace(/^git\+|\.git$/g, '');
		expect(links.map(({ url }) => url)).toContain(`${home}/security/advisories/new`);
		expect(read('SECURITY.md')).toContain(`${home}/security/advisories/new`);
		for (const { url } of links) {
			const page = /\/blob\/main\/(.*)$/.exec(url)?.[1];
			expect([url, url.startsWith(home), page === undefined || existsSync(path.join(root, page))]).toEqual([
				url,
				true,
				true,
			]);
		}
	});
});
