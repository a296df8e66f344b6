/** Small words to write JSON schemas with, so that a schema reads like the documentation's tables. */

export type Schema = Record<string, unknown>;

export const text = (maxLength?: number, minLength?: number): Schema => ({
	type: 'string',
	...(maxLength === undefined ? {} : { maxLength }),
	...(minLength === undefined ? {} : { minLength }),
});
export const number: Schema = { type: 'number' };
export const numberBetween = (minimum: number, maximum: number): Schema => ({
	type: 'number',
	minimum,
	maximum,
});
export const integer = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
export const boolean: Schema = { type: 'boolean' };
export const id: Schema = { type: 'string', format: 'object-id' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const web: Schema = { type: 'string', format: 'uri' };
export const formatted = (format: string): Schema => ({ type: 'string', format });
export const oneOf = (...values: Array<string | number>): Schema => ({
	type: typeof values[0],
	enum: values,
});
export const anything: Schema = { type: 'object' };

/** The same, or null. */
export function nullable(schema: Schema): Schema {
	return {
		...schema,
		type: [schema.type, 'null'],
		...(Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {}),
	};
}

/** A list without doubles. */
export function set(items: Schema, maxItems?: number): Schema {
	return { type: 'array', items, uniqueItems: true, ...(maxItems === undefined ? {} : { maxItems }) };
}

export function list(items: Schema, maxItems?: number): Schema {
	return { type: 'array', items, ...(maxItems === undefined ? {} : { maxItems }) };
}

/** An object that has these properties and no others. */
export function exactly(properties: Record<string, Schema>, required: string[] = []): Schema {
	return {
		type: 'object',
		properties,
		additionalProperties: false,
		...(required.length === 0 ? {} : { required }),
	};
}

/** The same properties without these. */
export function without(properties: Record<string, Schema>, ...names: string[]): Record<string, Schema> {
	return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

/** An object that has these properties and perhaps others. */
export function atLeast(properties: Record<string, Schema>, required: string[] = []): Schema {
	return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** Tag names: 1 to 64 characters, no parentheses, no leading space. */
export const tag: Schema = {
	type: 'string',
	minLength: 1,
	maxLength: 64,
	pattern: '^[0-9a-zA-ZÀ-ÿ_/<>.-][0-9a-zA-ZÀ-ÿ _/<>.-]*$',
};
export const tags = set(tag, 20);

/** Custom attributes: their names and values are checked against the organization's definitions afterwards. */
export const custom: Schema = { type: 'object', maxProperties: 100 };

export const sentiment = exactly({ polarity: oneOf(-1, 0, 1), confidence: numberBetween(-1, 1) }, [
	'polarity',
	'confidence',
]);
export const attachment = exactly(
	{ _id: id, name: text(), contentType: text(), contentLength: number, sourceId: id },
	['_id', 'name', 'contentType', 'contentLength'],
);
