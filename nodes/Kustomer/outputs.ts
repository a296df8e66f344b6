/** The outputs of the node: one, and more for the operations that sort items. */

/** Labels of the outputs of the operations that have several, as `resource.operation`. Their order is public. */
export const SORTING_OPERATIONS: Readonly<Record<string, readonly string[] | undefined>> = {
	'agentStatus.compare': ['Change on Platform', 'Change in Kustomer', 'Needs Attention'],
	'agentStatus.map': ['Mapped', 'Unmapped'],
};

/** How many outputs an operation has, n8n's own error output not counted. */
export function outputCount(resource: string, operation: string): number {
	return SORTING_OPERATIONS[`${resource}.${operation}`]?.length ?? 1;
}

const named = JSON.stringify(
	Object.fromEntries(
		Object.entries(SORTING_OPERATIONS).map(([name, labels = []]) => [
			name,
			labels.map((displayName) => ({ type: 'main', displayName })),
		]),
	),
);

/** For the node's description: n8n works it out for every node of a workflow. */
export const outputs =
	`={{ (${named})[$parameter.resource + '.' + $parameter.operation] || [{ type: 'main' }] }}` as const;
