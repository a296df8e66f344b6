/** What a run tells beside its items: a warning over the output. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** The fields of an item that an operation gives back. */
export type HintOf = (item: IDataObject) => string | undefined;

/** Warnings that stand over one output; whoever reads more reads none. */
const MOST_HINTS = 5;

/** Shows a warning over the output, each sentence once however many items it is true of. */
export function showHints(context: IExecuteFunctions, lists: INodeExecutionData[][], hintOf: HintOf): void {
	const sentences = new Set(lists.flat().flatMap(({ json }) => hintOf(json) ?? []));
	if (sentences.size === 0 || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints(
		...[...sentences]
			.slice(0, MOST_HINTS)
			.map((message) => ({ message, type: 'warning' as const, location: 'outputPane' as const })),
	);
}
