import type { CustomAttributes } from '../../kustomer/inputs';
import { inZone } from './values';

/** What an empty value among custom attributes means: nothing, or "remove what Kustomer holds". */
export type EmptyAttributePolicy = 'leave' | 'clear';

/**
 * Custom attributes from what a resource mapper holds. Whether values fit their suffix is judged where they are
 * written (rule B4).
 *
 * @param mapped the mapper's `value`
 * @param timezone the workflow's, for times that name none
 * @returns undefined when there is nothing to write
 */
export function customAttributesOf(
	mapped: unknown,
	whenEmpty: EmptyAttributePolicy,
	timezone: string,
): CustomAttributes | undefined {
	if (typeof mapped !== 'object' || mapped === null || Array.isArray(mapped)) return undefined;
	const attributes: CustomAttributes = {};
	for (const [name, value] of Object.entries(mapped)) {
		if (!isEmpty(value)) attributes[name] = name.endsWith('At') ? inZone(value, timezone) : value;
		// An expression that yields nothing does not mean that the attribute should be removed.
		else if (whenEmpty === 'clear' && value !== undefined) attributes[name] = null;
	}
	return Object.keys(attributes).length === 0 ? undefined : attributes;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
