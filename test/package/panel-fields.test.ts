/**
 * n8n's editor hides fields that it takes for a part of the sign-in: every field that stands among the `show` conditions of
 * a field which decides over a credential. Seen in n8n 2.41, `getNodeAuthFields` and `isAuthRelatedParameter` of its editor.
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import type { INodeType } from 'n8n-workflow';

const ROOT = resolve(__dirname, '..', '..');
const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };

/** Names of the fields that nobody sees in the panel, whatever is chosen. */
function hiddenFields({ description }: Pick<INodeType, 'description'>): string[] {
	const deciding = new Set(
		(description.credentials ?? []).flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {})),
	);
	const hidden = description.properties
		.filter(({ name }) => deciding.has(name))
		.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}));
	return [...new Set(hidden)].filter((name) => !name.startsWith('@'));
}

it.each(n8n.nodes)('B6: n8n shows every field of %s', (file) => {
	const source = join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, ''));
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is only known from package.json
	const exported = require(source) as Record<string, new () => INodeType>;
	const Class = exported[basename(file).split('.')[0] ?? ''];
	if (Class === undefined) throw new Error(`${source} does not export its class`);
	expect(hiddenFields(new Class())).toEqual([]);
});
