import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { INodeExecutionData, INodePropertyOptions, JsonObject } from 'n8n-workflow';

import { Babelforce } from '../../nodes/Babelforce/Babelforce.node';
import { BABELFORCE, startBabelforceStandIn, type BabelforceStandIn } from '../../sandbox/babelforce';
import { run } from './babelforce-setup';
import { locator } from './kustomer-setup';

const FOLDER = join(__dirname, '../../nodes/Babelforce/__schema__/v1.0.0');
const { agents, calls, recordings } = BABELFORCE;

let standIn: BabelforceStandIn;
beforeAll(async () => {
	standIn = await startBabelforceStandIn();
	standIn.agentControls.callStarts(agents.dora.id);
	standIn.agentControls.callStarts(agents.ben.id);
	standIn.agents.get(agents.ben.id)!.enabled = false;
});
afterAll(async () => await standIn.close());

/** Runs that fill every field of an operation's output. */
const RUNS: Record<string, object[]> = {
	'agent.get': [{ agent: locator('id', agents.ana.id) }],
	'agent.getMany': [{ returnAll: true }],
	'agentStatus.disable': [{ agent: locator('id', agents.ana.id) }, { agent: locator('id', agents.ana.id) }],
	'agentStatus.enable': [{ agent: locator('id', agents.ben.id) }],
	'agentStatus.get': [{ agent: locator('id', agents.dora.id) }, { agent: locator('id', agents.ben.id) }],
	'agentStatus.getMany': [{ returnAll: true }],
	'agentStatus.getPresences': [{}],
	'agentStatus.set': [
		{ agent: locator('id', agents.ana.id), presence: 'lunch' },
		{ agent: locator('id', agents.dora.id), presence: 'lunch' },
	],
	'call.get': [{ callId: calls.answered }, { callId: calls.answeredLeg }],
	'call.getMany': [{ returnAll: true }],
	'recording.download': [{ recording: locator('id', recordings.answered) }],
	'recording.get': [{ recording: locator('call', calls.answered) }],
};

function operationsOfPanel(): string[] {
	return new Babelforce().description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${displayOptions?.show?.resource?.[0]}.${value}`,
			),
		)
		.sort();
}

it('every operation has an output schema, and every schema an operation', () => {
	const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace('.json', '').replace(/[/\\]/g, '.'))
		.sort();
	expect(files).toEqual(operationsOfPanel());
	expect(Object.keys(RUNS).sort()).toEqual(operationsOfPanel());
});

it.each(Object.entries(RUNS))(
	'%s: real output fits the schema, and fills its fields',
	async (operation, runs) => {
		const items: Array<INodeExecutionData['json']> = [];
		for (const parameters of runs) {
			const result = await run(standIn, operation, parameters as never);
			if (result.error !== undefined) throw result.error;
			items.push(...result.items.map(({ json }) => json));
		}
		const file = join(FOLDER, `${operation.replace('.', '/')}.json`);
		const { version, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as JsonObject & {
			properties: JsonObject;
		};
		expect(version).toBe(1);
		const validate = new Ajv({ strict: false, allErrors: true }).compile({
			...schema,
			additionalProperties: false,
		});
		for (const item of items) {
			const fits = validate(item);
			expect({ fits, errors: validate.errors }).toEqual({ fits: true, errors: null });
		}
		const filled = new Set(items.flatMap((item) => Object.keys(item)));
		expect(Object.keys(schema.properties).filter((field) => !filled.has(field))).toEqual([]);
	},
);
