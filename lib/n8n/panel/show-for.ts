import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/**
 * Shows properties for one operation of a resource only. Conditions that a property already has are kept. A property that
 * names the resources where it is hidden is left as it is.
 *
 * @returns new properties; those given are not changed
 */
export function showFor(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => {
		if (saysWhereHidden(property)) return property;
		const displayOptions: IDisplayOptions = {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		};
		return { ...property, displayOptions };
	});
}

/** Whether a property names the resources where it is hidden. */
function saysWhereHidden({ displayOptions }: INodeProperties): boolean {
	return displayOptions?.hide?.resource !== undefined;
}
