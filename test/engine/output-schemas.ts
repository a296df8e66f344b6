/** Holds the output schemas of a node against its panel, and against what its operations really give. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { IDataObject, INodePropertyOptions, INodeType, JsonObject } from 'n8n-workflow';

/** How the outputs of a node differ from fields that are all filled. */
export interface OutputFacts {
	/** Fields by resource that no run can fill, because nothing writes them. */
	neverFilled?: Record<string, string[]>;
	/** Nothing is known where a record could not be read; the editor has one type for a field. */
	mayBeNull?: boolean;
}

/** What each operation gave, by `resource.operation`. */
export type Outputs = Record<string, IDataObject[]>;

/** Every operation of the panel as `resource.operation`. */
function operationsOfPanel({ description }: INodeType): string[] {
	return description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${displayOptions?.show?.resource?.[0]}.${value}`,
			),
		)
		.sort();
}

/**
 * @param folder the node's folder
 * @param outputsOf runs every operation, so that its items fill all fields
 */
export function testOutputSchemas(
	node: INodeType,
	folder: string,
	outputsOf: () => Promise<Outputs>,
	known: OutputFacts = {},
): void {
	const schemas = join(__dirname, '../../nodes', folder, '__schema__/v1.0.0');
	const operations = operationsOfPanel(node);
	let outputs: Outputs;
	beforeAll(async () => {
		outputs = await outputsOf();
	});

	it('every operation has an output schema, and every schema an operation', () => {
		const files = readdirSync(schemas, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.json'))
			.map((file) => file.replace('.json', '').replace(/[/\\]/g, '.'))
			.sort();
		expect(files).toEqual(operations);
		expect(Object.keys(outputs).sort()).toEqual(operations);
	});

	it.each(operations)('%s: real output fits the schema, and fills its fields', (operation) => {
		const items = outputs[operation] ?? [];
		const file = join(schemas, `${operation.replace('.', '/')}.json`);
		const { version, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as JsonObject & {
			properties: JsonObject;
		};
		expect(version).toBe(1);
		const ajv = new Ajv({ strict: false, allErrors: true });
		const validate = ajv.compile({ ...schema, additionalProperties: false });
		for (const item of items) {
			const told = Object.entries(item).filter(([, value]) => value !== null || known.mayBeNull !== true);
			const fits = validate(Object.fromEntries(told));
			expect({ fits, errors: validate.errors }).toEqual({ fits: true, errors: null });
		}
		const filled = new Set(items.flatMap((item) => Object.keys(item)));
		const exempt = known.neverFilled?.[operation.split('.')[0] ?? ''] ?? [];
		const empty = Object.keys(schema.properties).filter((field) => !filled.has(field));
		expect(empty.filter((field) => !exempt.includes(field))).toEqual([]);
	});
}
