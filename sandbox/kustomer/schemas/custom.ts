/** Custom attributes: the suffix of a name decides what its value may be. */
import { badParameter } from '../errors';
import type { AttributeDefinition, Custom } from '../records';
import { hasFormat } from './validate';

/** assumes: attribute-types */
const TYPES: ReadonlyArray<readonly [suffix: string, type: string]> = [
	['Num', 'number'],
	['At', 'date'],
	['Str', 'string'],
	['Txt', 'text'],
	['Bool', 'boolean'],
	['Url', 'url'],
	['Id', 'id'],
	['Tree', 'tree'],
];

/** What kind of attribute a name is, or undefined when it has no known suffix. */
export function attributeType(name: string): string | undefined {
	return TYPES.find(([suffix]) => name.endsWith(suffix) && name.length > suffix.length)?.[1];
}

/** `totalOrdersNum` is shown as `Total Orders` until someone gives it another name. */
export function defaultDisplayName(name: string): string {
	const suffix = TYPES.find(([known]) => name.endsWith(known))?.[0] ?? '';
	const words = name
		.slice(0, name.length - suffix.length)
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.trim();
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Checks names and values of custom attributes, and throws the 400. */
export function checkCustom(
	values: Custom | undefined,
	defined: ReadonlyMap<string, AttributeDefinition>,
): void {
	if (values === undefined) return;
	for (const [name, value] of Object.entries(values)) {
		const definition = defined.get(name);
		if (definition === undefined) {
			throw badParameter(
				name,
				'Additional properties not allowed',
				'/properties/custom/additionalProperties',
			);
		}
		if (value === null) continue;
		const problem = problemOf(value, definition);
		if (problem !== undefined) {
			throw badParameter(name, problem.title, `/properties/custom/properties/${name}/${problem.rule}`);
		}
	}
}

function problemOf(
	value: unknown,
	definition: AttributeDefinition,
): { title: string; rule: string } | undefined {
	const wrongType = (expected: string) => ({ title: `Wrong type, expected ${expected}`, rule: 'type' });
	switch (definition.type) {
		case 'number':
			return typeof value === 'number' ? undefined : wrongType('number or null');
		case 'boolean':
			return typeof value === 'boolean' ? undefined : wrongType('boolean or null');
		case 'date':
			if (typeof value !== 'string') return wrongType('string or null');
			return hasFormat('date-time', value) ? undefined : { title: 'Not a valid date-time', rule: 'format' };
		case 'url':
			if (typeof value !== 'string') return wrongType('string or null');
			return hasFormat('uri', value) ? undefined : { title: 'Not a valid uri', rule: 'format' };
		case 'id':
			if (typeof value !== 'string') return wrongType('string or null');
			return hasFormat('object-id', value) ? undefined : { title: 'Not a valid object-id', rule: 'format' };
		default:
			if (typeof value !== 'string') return wrongType('string or null');
			if (value.length > 1024) return { title: 'Text too long', rule: 'maxLength' };
			// assumes: enumeration-enforced
			if (definition.enumeration !== undefined && !definition.enumeration.includes(value)) {
				return { title: `Not one of: ${definition.enumeration.join(', ')}`, rule: 'enum' };
			}
			return undefined;
	}
}
