import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Resource, Resources } from '../run/operation';
import { showFor } from './show-for';
import { byName } from './sorting';

/** Leaves a choice out of the variant of the node that n8n makes for AI agents. */
const NOT_FOR_AGENTS = { displayOptions: { hide: { '@tool': [true] } } };

/**
 * The panel of a node: the choice of a resource, and for each of them the choice of an operation and its fields. The lists
 * of operations are in alphabetical order, the fields in the order of the operations.
 *
 * @param options the resources as the panel offers them
 * @param usual the resource that is chosen when somebody adds the node
 */
export function resourceProperties<Client>(
	options: INodePropertyOptions[],
	usual: string,
	resources: Resources<Client>,
): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: options.map((option) =>
				isForAgents(resources[String(option.value)]) ? option : { ...option, ...NOT_FOR_AGENTS },
			),
			default: usual,
		},
		...Object.entries(resources).flatMap(([name, resource]) => propertiesOf(name, resource)),
	];
}

/** Whether an AI agent may have any of the resource's operations as a tool. */
function isForAgents<Client>(resource: Resource<Client> | undefined): boolean {
	return Object.values(resource?.operations ?? {}).some(({ notForAgents }) => notForAgents === undefined);
}

function propertiesOf<Client>(
	name: string,
	{ operations, usual, sharedFields = [] }: Resource<Client>,
): INodeProperties[] {
	const entries = Object.entries(operations);
	const options = entries.map(([value, { option, notForAgents }]) => {
		const { name: label, action, description } = option;
		return { name: label, value, action, description, ...(notForAgents === undefined ? {} : NOT_FOR_AGENTS) };
	});
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [name] } },
			options: options.sort(byName),
			default: usual,
		},
		...sharedFields,
		...entries.flatMap(([operation, { description }]) => showFor(name, operation, description)),
	];
}
