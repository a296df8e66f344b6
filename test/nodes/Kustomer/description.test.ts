import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';

import codex from '../../../nodes/Kustomer/Kustomer.node.json';
import { resourceOptions } from '../../../nodes/Kustomer/actions/descriptions/resource-options';
import { Kustomer } from '../../../nodes/Kustomer/Kustomer.node';

const node = new Kustomer();
const { description } = node;
const folder = join(__dirname, '../../../nodes/Kustomer');

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
	expect(description).toMatchObject({ name: 'kustomer', version: 1, usableAsTool: true });
	expect(description.credentials?.map(({ name }) => name)).toEqual([
		'kustomerApi',
		'kustomerOAuth2Api',
		// For the address of a file.
		'babelforceApi',
		'ccaiPlatformApi',
	]);
	expect(
		Object.fromEntries(
			[
				'agentStatus',
				'conversation',
				'customer',
				'field',
				'message',
				'note',
				'recording',
				'session',
				'user',
			].map((name) => [name, operationsOf(name)]),
		),
	).toEqual({
		agentStatus: ['compare', 'get', 'map', 'set'],
		conversation: ['create', 'findOpen', 'get', 'getMany', 'update'],
		customer: ['create', 'findOrCreate', 'get', 'getMany', 'update'],
		field: ['createSessionFields'],
		message: ['create', 'update'],
		note: ['create'],
		recording: ['upload'],
		session: ['log'],
		user: ['find'],
	});
});

it('lets no credential hide fields of the panel', () => {
	// The editor hides each field that stands among the conditions of a field that decides on a credential.
	const deciding = (description.credentials ?? []).flatMap(({ displayOptions }) =>
		Object.keys(displayOptions?.show ?? {}),
	);
	expect(deciding).toEqual(expect.arrayContaining(['authentication', 'sourceAuthentication']));
	const hidden = description.properties
		.filter(({ name }) => deciding.includes(name))
		.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}));
	expect(hidden).toEqual([]);
});

it('shows the choice of the credential for a URL at uploads from a URL only', () => {
	const [field] = description.properties.filter(({ name }) => name === 'sourceAuthentication');
	const shown = { authentication: 'apiKey', resource: 'recording', operation: 'upload', source: 'url' };
	const shows = (parameters: INodeParameters) =>
		NodeHelpers.displayParameter(parameters, field as INodeProperties, null, description);
	expect(shows(shown)).toBe(true);
	expect(shows({ ...shown, source: 'binary' })).toBe(false);
	for (const { value } of resourceOptions.filter((resource) => resource.value !== 'recording')) {
		expect({ value, shown: shows({ ...shown, resource: value }) }).toEqual({ value, shown: false });
	}
});

it('explains every property, without a dash that is hard to read', () => {
	for (const { name, displayName, description: text, type } of properties) {
		if (name === 'resource' || name === 'operation') continue;
		if (type === 'collection' || type === 'notice') continue;
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

it('fills every list that the panel asks for', () => {
	const methods: Record<string, object> = node.methods;
	for (const { typeOptions, modes } of properties) {
		const { loadOptionsMethod, resourceMapper } = typeOptions ?? {};
		if (loadOptionsMethod !== undefined) expect(methods.loadOptions).toHaveProperty(loadOptionsMethod);
		if (resourceMapper?.resourceMapperMethod !== undefined) {
			expect(methods.resourceMapping).toHaveProperty(resourceMapper.resourceMapperMethod);
		}
		for (const mode of modes ?? []) {
			const search = mode.typeOptions?.searchListMethod;
			if (search !== undefined) expect(methods.listSearch).toHaveProperty(search);
		}
	}
	expect(methods.credentialTest).toHaveProperty('testKustomerApi');
});

it('has a searchable list and the ID for customer, conversation, user, team and queue', () => {
	for (const name of ['customer', 'conversation', 'user', 'team', 'queue']) {
		const locators = properties.filter(
			(property) => property.name === name && property.type === 'resourceLocator',
		);
		expect(locators.length).toBeGreaterThan(0);
		for (const { modes, default: value } of locators) {
			expect(modes?.map((mode) => mode.name)).toEqual(expect.arrayContaining(['list', 'id']));
			expect(value).toEqual({ mode: 'list', value: '' });
		}
	}
});

it('accepts values by expression that its lists of tags do not have', () => {
	for (const { allowArbitraryValues } of properties.filter(({ name }) => name === 'tags')) {
		expect(allowArbitraryValues).toBe(true);
	}
});

it('lists the countries that phone numbers can have', () => {
	const countries = properties.find(({ name }) => name === 'defaultCountry')
		?.options as INodePropertyOptions[];
	expect(countries).toContainEqual({ name: 'Germany (DE)', value: 'DE' });
	expect(countries.length).toBeGreaterThan(200);
});

it('has a codex with documentation, without which n8n drops it', () => {
	expect(codex.node).toBe('n8n-nodes-kustomer.kustomer');
	expect(codex.resources.primaryDocumentation[0]?.url).toMatch(/^https:/);
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
