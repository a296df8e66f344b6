import type { INodeProperties, NodeParameterValue } from 'n8n-workflow';

import { resourceOptions } from './resource-options';

/**
 * A field whose value decides which credential the node asks for, shown at one resource only.
 *
 * n8n's editor takes every field that stands among the `show` conditions of such a field for a part of the sign-in, and
 * hides it: with conditions of the usual form nobody could choose a resource or an operation any more. So this field says
 * where it is hidden instead. Seen in n8n 2.41, `getNodeAuthFields` and `isAuthRelatedParameter` of its editor.
 *
 * @param hide further conditions under which the field is hidden, for example `{ source: ['binary'] }`
 */
export function credentialChoice(
	resource: string,
	property: INodeProperties,
	hide: Record<string, NodeParameterValue[]> = {},
): INodeProperties {
	const others = resourceOptions.map(({ value }) => value).filter((value) => value !== resource);
	return { ...property, displayOptions: { hide: { resource: others, ...hide } } };
}
