import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { CRM_API_PAGE, withEndpoints } from '../../tools/write-crm-api';
import { ROLES_PAGE, withRolesTable } from '../../tools/write-roles';

const root = path.resolve(__dirname, '../..');

const pages = [
	...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'sandbox/README.md'].map((file) =>
		path.join(root, file),
	),
	...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => path.join(root, 'docs', file)),
];

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(markdown: string): string[] {
	return [...markdown.matchAll(/^#+\s+(.*)$/gm)].map((match) =>
		(match[1] ?? '')
			.toLowerCase()
			.replace(/[^\w\s-]/g, '')
			.trim()
			.replace(/\s/g, '-'),
	);
}

/** What the formatter may change: the width of table columns. */
function withoutPadding(markdown: string): string {
	return markdown.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
}

describe('the documentation', () => {
	it.each(pages.map((page) => [path.relative(root, page), page]))(
		'%s links only to what exists',
		(_, page) => {
			const markdown = readFileSync(page, 'utf8');
			const broken = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
				.map((match) => match[1] ?? '')
				.filter((link) => !/^[a-z]+:/.test(link))
				.filter((link) => {
					const [file = '', anchor] = link.split('#');
					const target = file === '' ? page : path.resolve(path.dirname(page), file);
					if (!existsSync(target)) return true;
					return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
				});
			expect(broken).toEqual([]);
		},
	);

	it('X8: lists the roles that the error messages name', () => {
		const page = readFileSync(ROLES_PAGE, 'utf8');
		expect(withoutPadding(withRolesTable(page))).toBe(withoutPadding(page));
	});

	it('G1: tells of the custom CRM API what its contracts say', () => {
		const page = readFileSync(CRM_API_PAGE, 'utf8');
		expect(withoutPadding(withEndpoints(page))).toBe(withoutPadding(page));
	});

	it('has a page for every workflow that is shipped', () => {
		const workflows = readdirSync(path.join(root, 'workflows')).filter((file) => file.endsWith('.json'));
		expect(workflows.length).toBeGreaterThan(0);
		const missing = workflows.filter(
			(file) => !existsSync(path.join(root, 'docs/workflows', file.replace(/\.json$/, '.md'))),
		);
		expect(missing).toEqual([]);
	});

	it('B6: every page of a workflow has the address to import it from, which leads to its file in the package', () => {
		const workflows = readdirSync(path.join(root, 'workflows')).filter((file) => file.endsWith('.json'));
		const { files } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
			files: string[];
		};
		expect(files).toEqual(['dist']);
		for (const file of workflows) {
			const page = readFileSync(path.join(root, 'docs/workflows', file.replace('.json', '.md')), 'utf8');
			const addresses = [...page.matchAll(/https:\/\/unpkg\.com\/\S+/g)].map(([address]) => address);
			expect(addresses).toEqual([`https://unpkg.com/n8n-nodes-kustomer/dist/workflows/${file}`]);
		}
	});

	it('has a table that says of every workflow what it is for', () => {
		const table = readFileSync(path.join(root, 'docs/workflows/README.md'), 'utf8');
		const missing = readdirSync(path.join(root, 'workflows'))
			.filter((file) => file.endsWith('.json'))
			.filter((file) => !table.includes(`(${file.replace('.json', '.md')})`));
		expect(missing).toEqual([]);
	});
});
