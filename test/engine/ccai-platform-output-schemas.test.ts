import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { IDataObject, INodeParameters, INodePropertyOptions, JsonObject } from 'n8n-workflow';

import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import {
	callRecord,
	chatRecord,
	startCcaiPlatformStandIn,
	type CcaiPlatformStandIn,
} from '../../sandbox/ccai-platform';
import { jsonOf, runOn } from './ccai-platform-setup';
import { locator } from './kustomer-setup';

const FOLDER = join(__dirname, '../../nodes/CcaiPlatform/__schema__/v1.0.0');

let standIn: CcaiPlatformStandIn;
beforeAll(async () => {
	standIn = await startCcaiPlatformStandIn();
});
afterAll(async () => await standIn.close());

/** Runs that fill every field, so that the schema is held against real output. */
async function outputsOf(): Promise<Record<string, IDataObject[]>> {
	const outputs: Record<string, IDataObject[]> = {};
	const keep = async (operation: string, parameters: INodeParameters) => {
		(outputs[operation] ??= []).push(...jsonOf(await runOn(standIn, operation, parameters)));
	};
	standIn.store.files.set('f', { size: 10 });
	const photos = [{ id: 9, url: standIn.storageFileUrl('f') }];
	standIn.store.add(
		'call',
		callRecord({ id: 1, recordingUrl: standIn.recordingUrl('f'), photos }),
		callRecord({ id: 2 }),
	);
	standIn.store.add('chat', chatRecord({ id: 1 }));
	standIn.agents.add({ id: 5, name: 'Eva Lund', status: 'Training', teams: [{ id: 1, name: 'Voice' }] });
	standIn.agents.callStarts(5);
	await keep('agent.get', { agent: locator('id', '5') });
	await keep('agent.getMany', {});
	await keep('agentStatus.getStatuses', {});
	await keep('agentStatus.set', { agent: locator('id', '5'), status: 'Email' });
	await keep('agentStatus.set', { agent: locator('id', '12'), status: 'Email' });
	await keep('session.getCall', { callId: '1' });
	await keep('session.getChat', { chatId: '1' });
	await keep('session.getMany', { updatedFrom: '' });
	await keep('recording.download', { callId: '1' });
	await keep('recording.download', { callId: '2', options: { whenMissing: 'goOn' } });
	await keep('media.download', { sessionId: 'call-1' });
	standIn.store.list('call')[0]!.id = 'x y';
	await keep('session.getMany', { updatedFrom: '', sessions: 'calls' });
	for (const [kind, operation, id] of [
		['call', 'session.getCall', 'callId'],
		['chat', 'session.getChat', 'chatId'],
	] as const) {
		standIn.store.get(kind, kind === 'call' ? '2' : '1')!.id = 'x y';
		await keep(operation, { [id]: kind === 'call' ? '2' : '1' });
	}
	return outputs;
}

function schemaOf(operation: string): JsonObject & { properties: JsonObject } {
	return JSON.parse(readFileSync(join(FOLDER, `${operation.replace('.', '/')}.json`), 'utf8'));
}

/** Every operation of the panel as `resource.operation`. */
function operationsOfPanel(): string[] {
	return new CcaiPlatform().description.properties
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
});

it('real output fits the schemas, and fills their fields', async () => {
	const outputs = await outputsOf();
	expect(Object.keys(outputs).sort()).toEqual(operationsOfPanel());
	const ajv = new Ajv({ strict: false, allErrors: true });
	for (const [operation, items] of Object.entries(outputs)) {
		const { version, ...schema } = schemaOf(operation);
		expect(version).toBe(1);
		const validate = ajv.compile({ ...schema, additionalProperties: false });
		for (const item of items) {
			// Nothing is known where a record could not be read; the editor has one type for a field.
			const known = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
			const fits = validate(known);
			expect({ operation, fits, errors: validate.errors }).toEqual({ operation, fits: true, errors: null });
		}
		const filled = new Set(items.flatMap((item) => Object.keys(item)));
		expect({
			operation,
			empty: Object.keys(schema.properties).filter((field) => !filled.has(field)),
		}).toEqual({
			operation,
			empty: [],
		});
	}
});
