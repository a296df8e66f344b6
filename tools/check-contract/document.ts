/** The published document: its shape, and where it is wrong. */

export interface Schema {
	type?: string | string[];
	format?: string;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean | Schema;
	items?: Schema;
	anyOf?: Schema[];
	oneOf?: Schema[];
	enum?: unknown[];
	nullable?: boolean;
	pattern?: string;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	maxItems?: number;
	uniqueItems?: boolean;
	maxProperties?: number;
}
export interface Operation {
	operationId: string;
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}
export interface OpenApi {
	paths: Record<string, Record<string, Operation>>;
}
export type Json = Record<string, unknown>;

/** A place where the document is wrong. `fix` returns how often it found the error. */
export interface DocumentError {
	what: string;
	because: string;
	fix(operations: Map<string, Operation>): number;
}

export function bodySchemas(operation: Operation): Schema[] {
	return Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema);
}

export function answerSchemas(operation: Operation, status?: string): Schema[] {
	return Object.entries(operation.responses)
		.filter(([code]) => status === undefined || code === status)
		.flatMap(([, { content }]) => Object.values(content ?? {}).flatMap(({ schema }) => schema ?? []));
}

/** Calls `visit` for a schema and everything below it. */
export function walk(schema: Schema, visit: (schema: Schema, name: string) => void, name = ''): void {
	visit(schema, name);
	for (const [key, child] of Object.entries(schema.properties ?? {})) walk(child, visit, key);
	for (const child of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) walk(child, visit, name);
	if (schema.items !== undefined) walk(schema.items, visit, name);
	if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, visit, name);
}

/** The schema of `data.attributes`, in an answer with one object or with a list. */
export function attributesOf(schema: Schema): Schema | undefined {
	const data = schema.properties?.data;
	return (data?.items ?? data)?.properties?.attributes;
}

export const DOCUMENT_ERRORS: DocumentError[] = [
	{
		what: 'Custom attributes and metadata properties are closed objects without any property',
		because:
			'Their names are the organization’s own; the patterns that allowed them are missing from the document.',
		fix: (operations) => {
			let count = 0;
			for (const operation of operations.values()) {
				for (const body of bodySchemas(operation)) {
					walk(body, (schema, name) => {
						if (!['custom', 'properties', 'relationships'].includes(name)) return;
						if (schema.additionalProperties !== false || schema.properties !== undefined) return;
						delete schema.additionalProperties;
						count += 1;
					});
				}
			}
			return count;
		},
	},
	{
		what: 'The queue of a conversation update has two shapes that exclude each other and both fit',
		because: 'No queue with an id could ever be set; the second shape only adds that the id may be null.',
		fix: (operations) => {
			let count = 0;
			for (const id of ['UpdateConversation', 'UpdateConversationAttributes']) {
				for (const body of bodySchemas(operations.get(id)!)) {
					walk(body, (schema, name) => {
						if (name !== 'queue' || schema.oneOf === undefined) return;
						schema.anyOf = schema.oneOf;
						delete schema.oneOf;
						count += 1;
					});
				}
			}
			return count;
		},
	},
	{
		what: 'POST /notes cannot name its conversation',
		because: 'Every note belongs to one, and the answer has to carry it.',
		fix: (operations) => {
			let count = 0;
			for (const body of bodySchemas(operations.get('CreateNote')!)) {
				if (body.properties === undefined || 'conversation' in body.properties) continue;
				body.properties.conversation = { type: 'string', format: 'object-id' };
				body.required = [...(body.required ?? []), 'conversation'];
				count += 1;
			}
			return count;
		},
	},
	{
		what: 'Meta of a message must have the keys of one email',
		because: 'Meta is free-form in the request; the answer’s schema was made from an example.',
		fix: (operations) => {
			let count = 0;
			for (const operation of operations.values()) {
				for (const answer of answerSchemas(operation)) {
					const meta = attributesOf(answer)?.properties?.meta;
					if (meta?.required === undefined) continue;
					delete meta.required;
					delete meta.properties;
					count += 1;
				}
			}
			return count;
		},
	},
	{
		what: 'Every attribute of a created message is text, size and meta too',
		because: 'The same attributes are a number and an object in every other answer.',
		fix: (operations) => {
			let count = 0;
			for (const answer of answerSchemas(operations.get('CreateMessage')!)) {
				const attributes = attributesOf(answer)?.properties ?? {};
				for (const [name, type] of [
					['size', 'integer'],
					['meta', 'object'],
				] as const) {
					if (attributes[name]?.type !== 'string') continue;
					attributes[name] = { type };
					count += 1;
				}
			}
			return count;
		},
	},
	{
		what: 'Metadata must have the custom attributes of one example organization',
		because: 'Their names are the organization’s own.',
		fix: (operations) => {
			let count = 0;
			for (const id of ['GetCustomAttributeMetadata', 'UpdateCustomAttributeMetadata']) {
				for (const answer of answerSchemas(operations.get(id)!)) {
					const properties = attributesOf(answer)?.properties?.properties;
					if (properties?.required === undefined) continue;
					delete properties.required;
					delete properties.properties;
					properties.additionalProperties = {
						type: 'object',
						required: ['type', 'displayName'],
						properties: { type: { type: 'string' }, displayName: { type: 'string' } },
					};
					count += 1;
				}
			}
			return count;
		},
	},
	{
		what: 'Errors carry their status as text and source.parameters',
		because:
			'Recorded answers of the live service have a number and source.parameter, and no source when none is at fault.',
		fix: (operations) => {
			let count = 0;
			for (const operation of operations.values()) {
				for (const answer of answerSchemas(operation)) {
					const error = answer.properties?.errors?.items;
					if (error?.properties === undefined) continue;
					error.properties.status = { type: 'integer' };
					error.properties.source = {
						type: 'object',
						required: ['parameter'],
						properties: { parameter: { type: 'string' } },
					};
					error.required = ['status', 'code', 'title'];
					count += 1;
				}
			}
			return count;
		},
	},
	{
		what: 'The sentiment of a customer’s last message is text in some answers and an object in others',
		because: 'The examples differ from page to page.',
		fix: (operations) => {
			let count = 0;
			for (const operation of operations.values()) {
				for (const answer of answerSchemas(operation)) {
					const sentiment = attributesOf(answer)?.properties?.lastMessageIn?.properties?.sentiment;
					if (sentiment === undefined) continue;
					sentiment.type = ['object', 'null'];
					delete sentiment.nullable;
					count += 1;
				}
			}
			return count;
		},
	},
	{
		what: 'The confidence of a message’s sentiment is a whole number in answers',
		because: 'The same document lets it be any number from -1 to 1 when it is written.',
		fix: (operations) => {
			let count = 0;
			for (const operation of operations.values()) {
				for (const answer of answerSchemas(operation)) {
					const confidence = attributesOf(answer)?.properties?.sentiment?.properties?.confidence;
					if (confidence?.type !== 'integer') continue;
					confidence.type = 'number';
					count += 1;
				}
			}
			return count;
		},
	},
	{
		what: 'The last page of a search cannot be the last: links.next is never null',
		because: 'Every other list says null on its last page, and so does the documentation of paging.',
		fix: (operations) => {
			let count = 0;
			for (const answer of answerSchemas(operations.get('CustomerSearch')!)) {
				const next = answer.properties?.links?.properties?.next;
				if (next === undefined || next.nullable === true) continue;
				next.nullable = true;
				count += 1;
			}
			return count;
		},
	},
];

/**
 * What an answer leaves empty when it was never given. The document's answers were made from examples in which
 * everything had a value, so they allow neither null nor absence.
 */
export const EMPTY_WHEN_NEVER_GIVEN = [
	'name',
	'externalId',
	'preview',
	'subject',
	'gender',
	'locale',
	'lastMessageIn',
	'lastConversation',
	'sentiment',
	'progressiveStatus',
	'timeZone',
	'externalQueue',
];

/** OpenAPI's `nullable` as JSON schema. */
export function withNull(schema: Schema): Schema {
	walk(schema, (one) => {
		if (one.nullable !== true) return;
		if (typeof one.type === 'string') one.type = [one.type, 'null'];
		if (one.enum !== undefined) one.enum = [...one.enum, null];
	});
	return schema;
}

/** The same schema for an object of which little was given. */
export function sparse(schema: Schema): Schema {
	const copy = structuredClone(schema);
	const attributes = attributesOf(copy);
	if (attributes === undefined) return copy;
	attributes.required = attributes.required?.filter(
		(name) => ![...EMPTY_WHEN_NEVER_GIVEN, 'preview'].includes(name),
	);
	for (const name of EMPTY_WHEN_NEVER_GIVEN) {
		const property = attributes.properties?.[name];
		if (property === undefined) continue;
		const types = Array.isArray(property.type) ? property.type : [property.type ?? 'object'];
		property.type = [...new Set([...types, 'null'])];
		delete property.required;
	}
	return copy;
}

/** The same object without one property. */
export function omit(object: Json, name: string): Json {
	return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}
