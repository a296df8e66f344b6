import { SORTING, type Resources } from '../run/operation';

type OutputsExpression = `={{ ${string} }}`;

/**
 * The outputs of a node, for its description: one, and more for the operations that sort items. n8n works the expression
 * out for every node of a workflow.
 */
export function outputsOf<Client>(resources: Resources<Client>): OutputsExpression {
	const several = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([name, { outputs: labels, sortsIf }]) =>
			labels === undefined
				? []
				: [[keyOf(resource, name, sortsIf), labels.map((displayName) => ({ type: 'main', displayName }))]],
		),
	);
	const isSorted = Object.values(resources).some(({ operations }) =>
		Object.values(operations).some(({ sortsIf }) => sortsIf !== undefined),
	);
	const table = `(${JSON.stringify(Object.fromEntries(several))})`;
	const key = `$parameter.resource + '.' + $parameter.operation`;
	const chosen = isSorted ? ` || ${table}[${key} + '.' + $parameter.${SORTING}]` : '';
	return `={{ ${table}[${key}]${chosen} || [{ type: 'main' }] }}`;
}

function keyOf(resource: string, operation: string, sortsIf: string | undefined): string {
	return [resource, operation, ...(sortsIf === undefined ? [] : [sortsIf])].join('.');
}
