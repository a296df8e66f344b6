import type { WorkflowFile } from './workflows';

/** The step of a shipped workflow that holds what users change. */
const SETTINGS = 'Settings';

/** One field of an Edit Fields step. */
interface Assignment {
	name: string;
	value: unknown;
}

/** The values of a workflow's settings, by their names. Empty when it has none. */
export function settingsOf({ nodes }: WorkflowFile): Record<string, unknown> {
	return Object.fromEntries(
		nodes
			.filter(({ name }) => name === SETTINGS)
			.flatMap(({ parameters }) => assignmentsIn(parameters))
			.map(({ name, value }) => [name, value]),
	);
}

/** The workflow with other values in its settings. Names that it does not have are left out. */
export function withSettings(
	workflow: WorkflowFile,
	settings: Readonly<Record<string, unknown>>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		if (node.name !== SETTINGS) return node;
		const assignments = assignmentsIn(node.parameters).map((one) => ({
			...one,
			value: one.name in settings ? settings[one.name] : one.value,
		}));
		return { ...node, parameters: { ...node.parameters, assignments: { assignments } } };
	});
	return { ...workflow, nodes };
}

/**
 * The workflow with other values in the fields of one step. Of collections, such as Options, the values that are not named
 * stay.
 */
export function withFields(
	workflow: WorkflowFile,
	step: string,
	fields: Readonly<Record<string, unknown>>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		if (node.name !== step) return node;
		const { options = {}, ...more } = fields as { options?: object };
		const own = (node.parameters.options ?? {}) as object;
		return { ...node, parameters: { ...node.parameters, ...more, options: { ...own, ...options } } };
	});
	return { ...workflow, nodes };
}

function assignmentsIn(parameters: Record<string, unknown>): Assignment[] {
	const { assignments = [] } = (parameters.assignments ?? {}) as { assignments?: Assignment[] };
	return assignments;
}
