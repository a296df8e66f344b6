/** Makes values that a schema takes, and values that it refuses. */
import { SANDBOX } from '../../sandbox/kustomer';
import { omit, type Json, type Schema } from './document';

/** A value that the schema takes. */
export function goodValue(schema: Schema): unknown {
	const alternative = schema.anyOf?.[0] ?? schema.oneOf?.[0];
	if (schema.type === undefined && alternative !== undefined) return goodValue(alternative);
	if (schema.enum !== undefined) return schema.enum[0];
	switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
		case 'string':
			return goodText(schema);
		case 'integer':
		case 'number':
			return schema.minimum ?? 1;
		case 'boolean':
			return true;
		case 'array':
			return schema.items === undefined ? [] : [goodValue(schema.items)];
		default: {
			const value: Json = {};
			for (const [name, property] of Object.entries(schema.properties ?? {})) {
				if (schema.required?.includes(name) === true) value[name] = goodValue(property);
			}
			return value;
		}
	}
}

function goodText(schema: Schema): string {
	switch (schema.format) {
		case 'object-id':
			return SANDBOX.users.ana.id;
		case 'date-time':
			return '2026-01-02T03:04:05.678Z';
		case 'uri':
		case 'url':
			return 'https://example.com/a';
		case 'email-relaxed':
			return 'someone@example.com';
		case 'phone-number':
		case 'whatsapp-number':
			return '+12125550111';
		default:
			return 'a'.repeat(Math.max(1, schema.minLength ?? 1));
	}
}

/** Values that this schema should refuse, each with what is wrong about it. */
export function wrongValues(schema: Schema): Array<[string, unknown]> {
	const types = Array.isArray(schema.type) ? schema.type : [schema.type];
	const wrong: Array<[string, unknown]> = [];
	if (schema.type !== undefined) {
		if (!types.includes('string')) wrong.push(['a text', 'text']);
		if (!types.includes('number') && !types.includes('integer')) wrong.push(['a number', 7]);
		if (!types.includes('boolean')) wrong.push(['a boolean', true]);
		if (!types.includes('array')) wrong.push(['a list', []]);
		if (!types.includes('object')) wrong.push(['an object', {}]);
		if (!types.includes('null')) wrong.push(['null', null]);
	}
	if (schema.type === 'integer') wrong.push(['a fraction', 1.5]);
	if (schema.enum !== undefined)
		wrong.push(['not one of the choices', types.includes('string') ? 'no-such-choice' : 99]);
	if (schema.maxLength !== undefined) wrong.push(['too long', 'a'.repeat(schema.maxLength + 1)]);
	if (schema.minLength !== undefined && schema.minLength > 0) wrong.push(['too short', '']);
	if (schema.minimum !== undefined) wrong.push(['too small', schema.minimum - 1]);
	if (schema.maximum !== undefined) wrong.push(['too large', schema.maximum + 1]);
	if (schema.pattern !== undefined) wrong.push(['against the pattern', '(a)'], ['a leading blank', ' a']);
	if (schema.format !== undefined) wrong.push(['against the format', 'not so!']);
	if (schema.maxProperties !== undefined) {
		wrong.push([
			'too many properties',
			Object.fromEntries(
				Array.from({ length: schema.maxProperties + 1 }, (_, index) => [`k${index}Str`, 'a']),
			),
		]);
	}
	const { items } = schema;
	if (items !== undefined) {
		const distinct = (index: number): unknown => {
			const item = goodValue(items);
			if (typeof item === 'string')
				return items.format === 'object-id' ? index.toString(16).padStart(24, '0') : `a${index}`;
			return { ...(item as Json), name: String(index) };
		};
		if (schema.maxItems !== undefined) {
			wrong.push([
				'too many items',
				Array.from({ length: schema.maxItems + 1 }, (_, index) => distinct(index)),
			]);
		}
		if (schema.uniqueItems === true) wrong.push(['doubles', [goodValue(items), goodValue(items)]]);
	}
	return wrong;
}

/** Wrong values one level further in: in the items of a list, in the properties of an object. */
export function wrongInside(schema: Schema, good: unknown): Array<[string, unknown]> {
	const inner = schema.items ?? schema;
	const wrap = (value: unknown): unknown => (schema.items === undefined ? value : [value]);
	const wrong: Array<[string, unknown]> = [];
	if (schema.items !== undefined) {
		for (const [what, value] of wrongValues(schema.items)) wrong.push([`item: ${what}`, wrap(value)]);
	}
	if (inner.properties === undefined) return wrong;
	const sample = (Array.isArray(good) ? good[0] : good) as Json | undefined;
	const filled = sample ?? (goodValue(inner) as Json);
	if (inner.additionalProperties === false) {
		wrong.push(['an extra property inside', wrap({ ...filled, notAProperty: 1 })]);
	}
	for (const name of inner.required ?? []) {
		const without = omit(filled, name);
		wrong.push([`without ${name}`, wrap(without)]);
	}
	for (const [name, property] of Object.entries(inner.properties)) {
		for (const [what, value] of wrongValues(property)) {
			wrong.push([`${name}: ${what}`, wrap({ ...filled, [name]: value })]);
		}
	}
	return wrong;
}
