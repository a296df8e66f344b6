/** The only way into n8n's log: what comes from outside cannot begin a line of its own there (rule X16). */
import type { FunctionsBase, INode } from 'n8n-workflow';

import { shownText } from '../../http/shown-text';

/** Characters of one entry. */
const LONGEST = 1000;

/** What writes: the context in which a node runs. */
type Writer = Pick<FunctionsBase, 'logger'> & { getNode(): INode };

/**
 * Notes something in n8n's log: one line, cut, and without phone numbers, email addresses and keys, whatever it holds.
 *
 * @param details go along; texts among them are treated alike
 */
export function note(
	context: Writer,
	level: 'info' | 'warn',
	text: string,
	details: Readonly<Record<string, string | number>> = {},
): void {
	const shown = Object.entries(details).map(
		([name, value]) => [name, typeof value === 'string' ? (shownText(value, LONGEST) ?? '') : value] as const,
	);
	context.logger[level](shownText(text, LONGEST) ?? '', {
		node: context.getNode().name,
		...Object.fromEntries(shown),
	});
}
