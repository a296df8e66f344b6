/** The only way into n8n's log: what comes from outside cannot begin a line of its own there (rule X16). */
import type { FunctionsBase, INode } from 'n8n-workflow';

import { shownText } from '../../http/shown-text';

/** Characters of one entry. */
const LONGEST = 1000;

/** What writes: the context in which a node runs. */
type Writer = Pick<FunctionsBase, 'logger' | 'getWorkflow'> & { getNode(): INode };

/**
 * Notes something in n8n's log: one line, cut, and without phone numbers, email addresses and keys, whatever it holds.
 *
 * Workflow, node and details stand behind the text as well as in the entry's data: as it comes, n8n prints the text only.
 * https://docs.n8n.io/hosting/logging-monitoring/logging/
 *
 * @param details go along; texts among them are treated alike
 */
export function note(
	context: Writer,
	level: 'info' | 'warn',
	text: string,
	details: Readonly<Record<string, string | number>> = {},
): void {
	const { id = '', name = '' } = context.getWorkflow();
	const data = Object.fromEntries(
		Object.entries({ workflow: name, workflowId: id, node: context.getNode().name, ...details }).map(
			([key, value]) => [key, typeof value === 'string' ? (shownText(value, LONGEST) ?? '') : value],
		),
	);
	const where = Object.entries(data).map(([key, value]) => `${key}: ${value}`);
	context.logger[level](`${shownText(text, LONGEST) ?? ''} [${where.join(', ')}]`, data);
}
