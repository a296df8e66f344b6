import type { Resources } from '../run/operation';

type InputsExpression = `={{ ${string} }}`;

/**
 * The inputs of a node, for its description: one, and more for the operations that bring together what several steps have found.
 * n8n works the expression out for every node of a workflow.
 */
export function inputsOf<Client>(resources: Resources<Client>): InputsExpression {
	const several = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([name, { inputs: labels }]) =>
			labels === undefined
				? []
				: [[`${resource}.${name}`, labels.map((displayName) => ({ type: 'main', displayName }))]],
		),
	);
	const table = `(${JSON.stringify(Object.fromEntries(several))})`;
	return `={{ ${table}[$parameter.resource + '.' + $parameter.operation] || [{ type: 'main' }] }}`;
}
