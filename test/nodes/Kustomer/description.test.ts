import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { resourceOptions } from '../../../nodes/Kustomer/actions/descriptions/resource-options';
import { Kustomer } from '../../../nodes/Kustomer/Kustomer.node';
import { everyProperty, operationsByResource, testIconsAndCodex, testOperationPanel } from '../panel-rules';

const node = new Kustomer();
const { description } = node;
const properties = everyProperty(description.properties);

testOperationPanel(node);
testIconsAndCodex(node, 'Kustomer');

it('has the public names that saved workflows hold', () => {
	expect(description).toMatchObject({ name: 'kustomer', version: [1, 1.1], usableAsTool: true });
	expect(description.credentials?.map(({ name }) => name)).toEqual([
		'kustomerApi',
		'kustomerOAuth2Api',
		// For links that agents open.
		'agentLinkApi',
		// For the address of a file.
		'babelforceApi',
		'ccaiPlatformApi',
	]);
	expect(operationsByResource(node)).toEqual({
		agentLink: ['createCallLink', 'createToken', 'getPage', 'useCallLink'],
		agentStatus: ['compare', 'get', 'map', 'set'],
		conversation: ['create', 'findOpen', 'get', 'getMany', 'update'],
		customer: ['create', 'findOrCreate', 'get', 'getMany', 'update'],
		field: ['createSessionFields'],
		message: ['create', 'update'],
		note: ['create'],
		recording: ['upload'],
		session: ['log', 'readMail'],
		testCall: ['getEvents', 'remove'],
		crmRequest: ['answer'],
		user: ['find'],
	});
});

it('has the test of its credential', () => {
	expect(node.methods.credentialTest).toHaveProperty('testKustomerApi');
	expect(node.methods.credentialTest).toHaveProperty('testAgentLinkApi');
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
	for (const { allowArbitraryValues } of properties.filter(
		({ name, type }) => name === 'tags' && type === 'multiOptions',
	)) {
		expect(allowArbitraryValues).toBe(true);
	}
});

it('lists the countries that phone numbers can have', () => {
	const countries = properties.find(({ name }) => name === 'defaultCountry')
		?.options as INodePropertyOptions[];
	expect(countries).toContainEqual({ name: 'Germany (DE)', value: 'DE' });
	expect(countries.length).toBeGreaterThan(200);
});
