/** The outputs of the node: one, and more for the operations that sort items. */
import { resources } from './actions/router';

const several = Object.entries(resources).flatMap(([resource, { operations }]) =>
	Object.entries(operations).flatMap(([name, { outputs: labels }]) =>
		labels === undefined
			? []
			: [[`${resource}.${name}`, labels.map((displayName) => ({ type: 'main', displayName }))]],
	),
);

/** For the node's description: n8n works it out for every node of a workflow. */
export const outputs =
	`={{ (${JSON.stringify(Object.fromEntries(several))})[$parameter.resource + '.' + $parameter.operation] || [{ type: 'main' }] }}` as const;
