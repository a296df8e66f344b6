import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { CcaiPlatformApi } from '../../../credentials/CcaiPlatformApi.credentials';
import codex from '../../../nodes/CcaiPlatform/CcaiPlatform.node.json';
import { CcaiPlatform } from '../../../nodes/CcaiPlatform/CcaiPlatform.node';

const node = new CcaiPlatform();
const { description } = node;
const root = join(__dirname, '../../..');

/** Every property of the panel, those inside collections included. */
function everyProperty(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...everyProperty(
			(property.options ?? []).filter((option): option is INodeProperties => 'type' in option),
		),
	]);
}
const properties = everyProperty(description.properties);

it('has the public names that saved workflows hold', () => {
	expect(description).toMatchObject({
		name: 'ccaiPlatform',
		displayName: 'CCAI Platform',
		version: 1,
		usableAsTool: true,
		credentials: [{ name: 'ccaiPlatformApi', required: true, testedBy: 'testCcaiPlatformApi' }],
	});
	expect(node.methods.credentialTest).toHaveProperty('testCcaiPlatformApi');
	const operations = description.properties
		.filter(({ name }) => name === 'operation')
		.map(({ displayOptions, options }) => [
			displayOptions?.show?.resource?.[0],
			(options as INodePropertyOptions[]).map(({ value }) => value),
		]);
	expect(Object.fromEntries(operations)).toEqual({
		agent: ['get', 'getMany'],
		agentStatus: ['getStatuses', 'set'],
		media: ['download'],
		recording: ['download'],
		session: ['getCall', 'getChat', 'getMany'],
	});
	expect([...new Set(properties.map(({ name }) => name))].sort()).toEqual([
		'agent',
		'allowInternal',
		'binaryPropertyName',
		'callId',
		'chatId',
		'concurrency',
		'externalIdPrefix',
		'fileName',
		'limit',
		'maxPages',
		'maxWait',
		'media',
		'operation',
		'options',
		'order',
		'resource',
		'returnAll',
		'sessionId',
		'sessions',
		'simplify',
		'source',
		'status',
		'statusUpdatedFrom',
		'timeout',
		'updatedFrom',
		'updatedTo',
		'url',
		'whenMissing',
	]);
});

it('explains every property, without a dash that is hard to read', () => {
	for (const { name, displayName, description: text, type } of properties) {
		if (name === 'resource' || name === 'operation' || type === 'collection') continue;
		expect({ displayName, text }).toEqual({ displayName, text: expect.stringMatching(/^[^—–]{10,}$/) });
	}
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
});

it('gives every operation an action and one plain sentence', () => {
	for (const { options } of description.properties.filter(({ name }) => name === 'operation')) {
		for (const option of options as INodePropertyOptions[]) {
			expect(option.action).toMatch(/^[A-Z][a-z]/);
			expect(option.description).toMatch(/^[A-Z][^.]+$/);
		}
	}
});

it('has a codex, and documentation at the addresses that it names', () => {
	expect(codex.node).toBe('n8n-nodes-kustomer.ccaiPlatform');
	const urls = [
		codex.resources.primaryDocumentation[0]?.url,
		codex.resources.credentialDocumentation[0]?.url,
		new CcaiPlatformApi().documentationUrl,
	];
	for (const url of urls) {
		const [, file = '', anchor = ''] = /\/blob\/main\/([^#]+)#?(.*)$/.exec(url ?? '') ?? [];
		const page = readFileSync(join(root, file), 'utf8');
		expect(page.toLowerCase()).toContain(`# ${anchor}`);
	}
});

it('has an icon for light and one for dark backgrounds', () => {
	const { light, dark } = description.icon as { light: string; dark: string };
	expect(light).not.toBe(dark);
	for (const icon of [light, dark]) {
		const file = join(root, 'nodes/CcaiPlatform', icon.replace('file:', ''));
		expect(existsSync(file)).toBe(true);
		expect(readFileSync(file, 'utf8')).toMatch(/^<svg [^>]*viewBox="0 0 60 60"/);
	}
});
