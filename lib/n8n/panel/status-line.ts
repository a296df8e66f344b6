import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** How something stands: one line, and what to do about it. Plain text. */
export interface Standing {
	/** Short: a panel shows about fifty characters of it. */
	line: string;
	advice?: string;
}

/**
 * A line in a panel that says how something stands. It is read when the panel is opened, and again when the credential or
 * one of the named parameters changes.
 *
 * n8n has notices with a fixed text only. So this is a list with one entry: its value is the default, so it is shown as
 * chosen, and nothing of it is saved in the workflow.
 *
 * @param field `displayName`, `name`, `description`, and where it is shown
 * @param method name of the method in `loadOptions` that gives {@link standingOptions}
 */
export function statusLine(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'hint' | 'displayOptions'>,
	method: string,
	dependsOn: string[] = [],
): INodeProperties {
	return {
		...field,
		type: 'options',
		noDataExpression: true,
		typeOptions: {
			loadOptionsMethod: method,
			...(dependsOn.length === 0 ? {} : { loadOptionsDependsOn: dependsOn }),
		},
		default: '',
	};
}

/** What a {@link statusLine} shows. */
export function standingOptions({ line, advice }: Standing): INodePropertyOptions[] {
	return [{ name: line, value: '', ...(advice === undefined ? {} : { description: advice }) }];
}
