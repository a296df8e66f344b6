/**
 * Holds requests and answers against an OpenAPI 3.0 document: path, query, body, and the body of the answer.
 * https://spec.openapis.org/oas/v3.0.3
 */
import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

type Schema = Record<string, unknown>;

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	/** Whether a list is sent as the same name several times; the default in a query. */
	explode?: boolean;
	schema?: Schema;
}

type Content = Record<string, { schema?: Schema }>;

interface Body {
	required?: boolean;
	content?: Content;
}

interface Operation {
	operationId?: string;
	parameters?: unknown[];
	requestBody?: unknown;
	responses?: Record<string, unknown>;
}

/** What is used of a document. */
export interface OpenApi {
	paths: Record<string, Record<string, Operation>>;
	components?: unknown;
}

/** A request as it was sent. */
export interface SentRequest {
	method: string;
	/** With the query. */
	url: string;
	/** Parsed JSON; undefined when nothing was sent. */
	body: unknown;
}

/** What the document says of a request. */
export interface Verdict {
	/** The operation's id in the document; undefined when it has none for this method and path. */
	operation?: string;
	/** One sentence each; empty when the document takes the request. */
	violations: string[];
}

const METHODS = new Set(['get', 'put', 'post', 'patch', 'delete']);
/** Under which the document's own references are resolved. */
const ROOT = 'document';

function validators(): Ajv {
	return addFormats(new Ajv({ strict: false, allErrors: true, validateSchema: false }));
}

/** With hyphens, as `format: uuid` says, or without: by the vendor's change log (0.46.0) ids have none on the wire. */
const UUID_IN_ANSWERS = /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

/** An OpenAPI document that requests and answers are held against. */
export class ContractDocument {
	private readonly ofRequests = validators();
	private readonly ofAnswers = validators().addFormat('uuid', UUID_IN_ANSWERS);
	private readonly routes: Array<{ pattern: RegExp; names: string[]; methods: Record<string, Operation> }>;

	constructor(private readonly document: OpenApi) {
		for (const ajv of [this.ofRequests, this.ofAnswers]) ajv.addSchema(document as unknown as Schema, ROOT);
		this.routes = Object.entries(document.paths)
			// A path that is written out goes before one with a variable.
			.sort(([one], [other]) => one.split('{').length - other.split('{').length)
			.map(([path, methods]) => ({
				pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '([^/]+)')}$`),
				names: [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
				methods,
			}));
	}

	/** What the document says of a request. */
	check({ method, url, body }: SentRequest): Verdict {
		const { pathname, searchParams } = new URL(url, 'http://contract.invalid');
		const found = this.find(method, pathname);
		if (found === undefined) return { violations: [`there is no ${method} ${pathname}`] };
		const { operation, variables } = found;
		const parameters = (operation.parameters ?? []).map((one) => this.resolved<Parameter>(one));
		return {
			operation: operation.operationId ?? `${method} ${pathname}`,
			violations: [
				...parameters.flatMap((parameter) => {
					if (parameter.in === 'path') return this.value(parameter, [variables.get(parameter.name) ?? '']);
					return parameter.in === 'query' ? this.value(parameter, searchParams.getAll(parameter.name)) : [];
				}),
				...[...new Set(searchParams.keys())]
					.filter((name) => !parameters.some((one) => one.in === 'query' && one.name === name))
					.map((name) => `query ${name}: is unknown`),
				...this.sentBody(operation, body),
			],
		};
	}

	/**
	 * What is wrong with an answer.
	 *
	 * @param body parsed JSON; undefined when there was none
	 */
	checkAnswer(request: SentRequest, status: number, body: unknown): string[] {
		const { pathname } = new URL(request.url, 'http://contract.invalid');
		const responses = this.find(request.method, pathname)?.operation.responses ?? {};
		const response = responses[String(status)] ?? responses.default;
		if (response === undefined) return [`answer: status ${status} is unknown`];
		const schema = jsonSchema(this.resolved<Body>(response).content);
		if (schema === undefined) return [];
		return problemsOf(this.ofAnswers, schema, body).map((problem) => `answer${problem}`);
	}

	private find(method: string, path: string) {
		const key = method.toLowerCase();
		for (const { pattern, names, methods } of this.routes) {
			const operation = METHODS.has(key) ? methods[key] : undefined;
			const match = pattern.exec(path);
			if (match === null || operation === undefined) continue;
			const values = match.slice(1).map((value) => decodeURIComponent(value));
			return { operation, variables: new Map(names.map((name, index) => [name, values[index]])) };
		}
		return undefined;
	}

	/** A parameter's value, which is text on the way and may stand for a number, a truth value or a list. */
	private value({ in: place, name, required, explode, schema }: Parameter, sent: string[]): string[] {
		const label = `${place} ${name}`;
		if (sent.length === 0) return required === true ? [`${label}: is missing`] : [];
		if (schema === undefined) return [];
		const list = explode === false ? sent.flatMap((one) => one.split(',')) : sent;
		const [only] = sent;
		const readings: unknown[] = [list];
		if (sent.length === 1 && only !== undefined) {
			readings.unshift(only);
			if (/^-?\d+(?:\.\d+)?$/.test(only)) readings.push(Number(only));
			if (only === 'true' || only === 'false') readings.push(only === 'true');
		}
		const problems = readings.map((reading) => problemsOf(this.ofRequests, schema, reading));
		if (problems.some((one) => one.length === 0)) return [];
		return [`${label}: ${JSON.stringify(sent)} does not fit (${(problems[0] ?? []).join('; ').trim()})`];
	}

	private sentBody({ requestBody }: Operation, body: unknown): string[] {
		if (requestBody === undefined) return body === undefined ? [] : ['body: none is taken'];
		const { content, required } = this.resolved<Body>(requestBody);
		if (body === undefined) return required === true ? ['body: is missing'] : [];
		const schema = jsonSchema(content);
		if (schema === undefined) return [];
		return problemsOf(this.ofRequests, schema, body).map((problem) => `body${problem}`);
	}

	/** The object itself, where the document only refers to it. */
	private resolved<Kind>(value: unknown): Kind {
		const { $ref: reference } = value as { $ref?: string };
		if (reference === undefined) return value as Kind;
		const target = reference
			.split('/')
			.slice(1)
			.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], this.document);
		return this.resolved<Kind>(target);
	}
}

/** What keeps a value from fitting a schema of the document; empty when it fits. */
function problemsOf(ajv: Ajv, schema: Schema, value: unknown): string[] {
	// The document's own references begin at the document, and the schema is compiled apart from it.
	const own = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${ROOT}#/`)) as Schema;
	const validate = ajv.compile(own);
	return validate(value) ? [] : (validate.errors ?? []).map(sentence);
}

function jsonSchema(content: Content | undefined): Schema | undefined {
	return content?.['application/json']?.schema;
}

function sentence({ instancePath, message = 'does not fit', params }: ErrorObject): string {
	const { additionalProperty } = params as { additionalProperty?: string };
	const which = additionalProperty === undefined ? '' : `: ${additionalProperty}`;
	return `${instancePath} ${message}${which}`;
}
