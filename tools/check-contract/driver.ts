/** Sends requests to the stand-in and holds the answers against the document. */
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import axios from 'axios';
import type { KustomerStandIn } from '../../sandbox/kustomer';
import { answerSchemas, sparse, type Json, type Operation, type Schema } from './document';

/** What the run has found so far. */
export class Findings {
	answersChecked = 0;
	bodiesChecked = 0;
	readonly differences: string[] = [];
	/** Where the stand-in refuses on purpose what the document allows. */
	readonly stricter: string[] = [];
}

const ajv = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }), [
	'date-time',
	'uri',
]);
ajv.addFormat('object-id', /^[0-9a-f]{24}$/i);
// Kustomer names these formats without describing them; anything that nobody would call one is refused.
ajv.addFormat('phone-number', /^\+?[\d ().-]{2,}$/);
ajv.addFormat('whatsapp-number', /^\+?[\d ().-]{2,}$/);
ajv.addFormat('email-relaxed', /^[^\s@]+@[^\s@]+$/);
ajv.addFormat('url', /^https?:\/\//);

const compiled = new Map<Schema, ValidateFunction>();
export function validator(schema: Schema): ValidateFunction {
	const known = compiled.get(schema);
	if (known !== undefined) return known;
	const made = ajv.compile(schema);
	compiled.set(schema, made);
	return made;
}

export class Driver {
	private readonly counters = { id: 0 };

	constructor(
		readonly standIn: KustomerStandIn,
		readonly operations: Map<string, Operation>,
		readonly findings: Findings,
	) {}

	/** A text that was not used before. */
	unique(prefix: string): string {
		this.counters.id += 1;
		return `${prefix}-${this.counters.id}`;
	}

	/** An object id that was not used before. */
	freshId(): string {
		this.counters.id += 1;
		return `7a${this.counters.id.toString(16).padStart(22, '0')}`;
	}

	/** A number from a range reserved for fiction that was not used before. */
	freshPhone(): string {
		this.counters.id += 1;
		return `+1212555${String(this.counters.id).padStart(4, '0')}`;
	}

	operation(id: string): Operation {
		const operation = this.operations.get(id);
		if (operation === undefined) throw new Error(`The document has no operation ${id}`);
		return operation;
	}

	async send(method: string, path: string, body?: unknown): Promise<{ status: number; data: Json }> {
		const { status, data } = await axios.request<Json>({
			method,
			url: this.standIn.url + path,
			data: body === undefined ? undefined : JSON.stringify(body),
			headers: {
				authorization: `Bearer ${this.standIn.apiKey}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			validateStatus: () => true,
		});
		return { status, data };
	}

	/** Sends a request and validates its answer. */
	async exchange(
		operationId: string,
		method: string,
		path: string,
		options: { body?: unknown; status?: number; sparse?: boolean } = {},
	): Promise<Json> {
		const operation = this.operation(operationId);
		const wanted = options.status ?? Number(Object.keys(operation.responses)[0]);
		const { status, data } = await this.send(method, path, options.body);
		this.findings.answersChecked += 1;
		const name = `${operationId} (${method} ${path})`;
		if (status !== wanted) {
			this.findings.differences.push(
				`${name}: answered ${status} instead of ${wanted}: ${JSON.stringify(data)}`,
			);
			return data;
		}
		const [schema] = answerSchemas(operation, String(wanted));
		if (schema === undefined) return data;
		const validate = validator(options.sparse === true ? sparse(schema) : schema);
		if (!validate(data)) {
			for (const error of validate.errors ?? []) {
				this.findings.differences.push(`${name}: ${error.instancePath || '/'} ${error.message}`);
			}
		}
		return data;
	}
}

/** Id of the object in an answer. */
export const idOf = (answer: Json): string => (answer.data as { id: string }).id;
