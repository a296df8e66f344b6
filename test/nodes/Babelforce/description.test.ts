import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { BabelforceApi } from '../../../credentials/BabelforceApi.credentials';
import {
	CALL_DOMAINS,
	CALL_SOURCES,
	CALL_STATES,
	CALL_TYPES,
	FINISH_REASONS,
	LINE_STATUSES,
} from '../../../lib/platforms/babelforce/api/documents';
import codex from '../../../nodes/Babelforce/Babelforce.node.json';
import { Babelforce } from '../../../nodes/Babelforce/Babelforce.node';

const node = new Babelforce();
const { description } = node;
const folder = join(__dirname, '../../../nodes/Babelforce');

/** Every property of the panel, those inside collections included. */
function everyProperty(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return (option as INodePropertyCollection).values;
			return 'type' in option ? [option as INodeProperties] : [];
		});
		return [property, ...everyProperty(inner)];
	});
}
const properties = everyProperty(description.properties);

function operationsOf(resource: string): string[] {
	const operation = description.properties.find(
		({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
	return (operation?.options as INodePropertyOptions[]).map(({ value }) => String(value));
}

it('has the public names that saved workflows hold', () => {
	expect(description).toMatchObject({
		displayName: 'Babelforce',
		name: 'babelforce',
		version: 1,
		usableAsTool: true,
	});
	expect(description.credentials).toEqual([
		{ name: new BabelforceApi().name, required: true, testedBy: 'testBabelforceApi' },
	]);
	expect(
		Object.fromEntries(
			['agent', 'agentStatus', 'call', 'recording'].map((name) => [name, operationsOf(name)]),
		),
	).toEqual({
		agent: ['get', 'getMany'],
		agentStatus: ['disable', 'enable', 'get', 'getMany', 'getPresences', 'set'],
		call: ['get', 'getMany'],
		recording: ['download', 'get'],
	});
	expect([...new Set(description.properties.map(({ name }) => name))]).toEqual([
		'resource',
		'operation',
		'callId',
		'simplify',
		'options',
		'returnAll',
		'limit',
		'filters',
		'recording',
		'binaryPropertyName',
		'agent',
		'agentFilters',
		'presence',
	]);
});

it('no name means something of another kind elsewhere: n8n keeps values when the operation changes', () => {
	const kinds = new Map<string, Set<string>>();
	for (const { name, type } of description.properties) {
		kinds.set(name, new Set([...(kinds.get(name) ?? []), type]));
	}
	expect([...kinds].filter(([, types]) => types.size > 1)).toEqual([]);
});

it('explains every property, without a dash that is hard to read', () => {
	for (const { name, displayName, description: text, type } of properties) {
		if (name === 'resource' || name === 'operation') continue;
		if (type === 'collection' || type === 'notice') continue;
		expect(displayName.length).toBeLessThanOrEqual(26);
		expect({ displayName, text }).toEqual({ displayName, text: expect.stringMatching(/^[^—–]{10,}$/) });
	}
});

it('gives every operation an action and one plain sentence', () => {
	for (const { options } of description.properties.filter(({ name }) => name === 'operation')) {
		for (const option of options as INodePropertyOptions[]) {
			expect(option.action).toMatch(/^[A-Z][a-z]/);
			expect(option.description).toMatch(/^[A-Z][^.]+$/);
		}
	}
});

it.each([
	['types', CALL_TYPES],
	['states', CALL_STATES],
	['domains', CALL_DOMAINS],
	['sources', CALL_SOURCES],
	['finishReasons', FINISH_REASONS],
	['state', LINE_STATUSES],
])('offers every value of %s that the contract has', (name, values) => {
	const options = properties.find((property) => property.name === name)?.options as INodePropertyOptions[];
	expect(options.map(({ value }) => value)).toEqual([...values]);
	for (const option of options) expect(option.name).toMatch(/^[A-Z]/);
});

it('fills every list that the panel asks for', () => {
	for (const { modes, typeOptions } of properties) {
		const load = typeOptions?.loadOptionsMethod;
		if (load !== undefined) expect(node.methods.loadOptions).toHaveProperty(load);
		for (const mode of modes ?? []) {
			const search = mode.typeOptions?.searchListMethod;
			if (search !== undefined) expect(node.methods.listSearch).toHaveProperty(search);
		}
	}
	expect(node.methods.credentialTest).toHaveProperty('testBabelforceApi');
});

it.each([
	['7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b', true],
	['7c3f9a2e-4b5d-6e8f-9a0b-1c2d3e4f5a6b', true],
	['', true],
	['7c3f9a2e', false],
	['7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b7', false],
])('says in the panel whether "%s" can be an ID: %s', (id, fits) => {
	const [byId] = properties
		.filter(({ name }) => name === 'recording')
		.flatMap(({ modes }) => modes?.filter((mode) => mode.name === 'id') ?? []);
	const [validation] = (byId?.validation ?? []) as unknown as Array<{ properties: { regex: string } }>;
	expect(new RegExp(validation?.properties.regex ?? 'x').test(id)).toBe(fits);
});

it('has a codex with documentation, without which n8n drops it', () => {
	expect(codex.node).toBe('n8n-nodes-kustomer.babelforce');
	expect(codex.resources.primaryDocumentation[0]?.url).toMatch(/docs\/babelforce-node\.md$/);
	expect(codex.resources.credentialDocumentation[0]?.url).toMatch(/^https:/);
});

it('has an icon for light and one for dark backgrounds', () => {
	const { light, dark } = description.icon as { light: string; dark: string };
	expect(light).not.toBe(dark);
	for (const icon of [light, dark]) {
		const file = join(folder, icon.replace('file:', ''));
		expect(existsSync(file)).toBe(true);
		expect(readFileSync(file, 'utf8')).toMatch(/^<svg [^>]*viewBox="0 0 60 60"/);
	}
});
