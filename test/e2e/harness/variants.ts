import { readWorkflow, type WorkflowFile } from '../../../sandbox/launcher';
import { MAIN_WORKFLOW } from '../../../sandbox/launcher/stack';

/** Parameters by node; objects are merged, everything else is replaced. */
export type Changes = Record<string, Record<string, unknown>>;

const TRIGGER = 'Call Event';

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merged(value: unknown, change: unknown): unknown {
	if (!isPlainObject(value) || !isPlainObject(change)) return change;
	const names = Object.keys({ ...value, ...change });
	return Object.fromEntries(
		names.map((name) => [name, name in change ? merged(value[name], change[name]) : value[name]]),
	);
}

/**
 * The shipped workflow as a person may have changed it, with a webhook of its own.
 *
 * @param name also the webhook's path, so letters, digits and dashes only
 * @param kustomer name of the Kustomer credential to choose; absent: the sandbox's own
 * @throws Error when a node to be changed does not exist
 */
export async function variantOfMainWorkflow(
	name: string,
	changes: Changes = {},
	kustomer?: string,
): Promise<WorkflowFile> {
	const workflow = await readWorkflow(MAIN_WORKFLOW);
	const all: Changes = { ...changes, [TRIGGER]: { ...changes[TRIGGER], path: name } };
	const missing = Object.keys(all).filter((node) => !workflow.nodes.some((one) => one.name === node));
	if (missing.length > 0) throw new Error(`The shipped workflow has no step "${missing.join('", "')}".`);
	const nodes = workflow.nodes.map((node) => ({
		...node,
		parameters: merged(node.parameters, all[node.name] ?? {}) as Record<string, unknown>,
		...(kustomer !== undefined && node.type === 'n8n-nodes-kustomer.kustomer'
			? { credentials: { kustomerApi: { id: null, name: kustomer } } }
			: {}),
	}));
	return { ...workflow, name, nodes };
}
