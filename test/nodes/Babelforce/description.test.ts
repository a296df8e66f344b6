import type { INodePropertyOptions } from 'n8n-workflow';

import { BabelforceApi } from '../../../credentials/BabelforceApi.credentials';
import {
	CALL_DOMAINS,
	CALL_SOURCES,
	CALL_STATES,
	CALL_TYPES,
	FINISH_REASONS,
	LINE_STATUSES,
} from '../../../lib/platforms/babelforce/api/documents';
import { Babelforce } from '../../../nodes/Babelforce/Babelforce.node';
import {
	ambiguousNames,
	everyProperty,
	namesOf,
	operationsByResource,
	testIconsAndCodex,
	testOperationPanel,
} from '../panel-rules';
import { words } from '../../setup/words';

const node = new Babelforce();
const { description } = node;
const properties = everyProperty(description.properties);

testOperationPanel(node);
testIconsAndCodex(node, 'Babelforce');

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
	expect(operationsByResource(node)).toEqual({
		agent: ['get', 'getMany'],
		agentStatus: ['disable', 'enable', 'get', 'getMany', 'getPresences', 'set'],
		call: ['get', 'getMany', 'start'],
		recording: ['download', 'get', 'getWhenReady'],
	});
	expect(namesOf(description.properties)).toEqual(
		words(`
		resource operation callId simplify options returnAll limit filters agent callTo conversationId recording
		binaryPropertyName session externalId firstMinutes longestMinutes giveUpHours
		agentFilters presence
	`),
	);
});

it('no name means something of another kind elsewhere: n8n keeps values when the operation changes', () => {
	expect(ambiguousNames(description.properties)).toEqual([]);
});

it('has labels that fit into the panel, and the test of its credential', () => {
	const explained = properties.filter(({ type }) => type !== 'collection' && type !== 'notice');
	for (const { name, displayName } of explained) {
		if (name !== 'resource' && name !== 'operation') expect(displayName.length).toBeLessThanOrEqual(26);
	}
	expect(node.methods.credentialTest).toHaveProperty('testBabelforceApi');
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
