import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Resource, Resources } from '../run/operation';
import { showFor } from './show-for';
import { byName } from './sorting';

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
			options,
			default: usual,
		},
		...Object.entries(resources).flatMap(([name, resource]) => propertiesOf(name, resource)),
	];
}

function propertiesOf<Client>(
	name: string,
	{ operations, usual, sharedFields = [] }: Resource<Client>,
): INodeProperties[] {
	const entries = Object.entries(operations);
	const options = entries.map(([value, { option }]) => {
		const { name: label, action, description } = option;
		return { name: label, value, action, description };
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
