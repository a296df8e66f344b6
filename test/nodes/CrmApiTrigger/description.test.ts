import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ENDPOINTS } from '../../../lib/crm-api/endpoints';
import { routeOf } from '../../../lib/crm-api/receive/route';
import { CrmApiTrigger } from '../../../nodes/CrmApiTrigger/CrmApiTrigger.node';
import { outputOf, ownEndpointsOf } from '../../../nodes/CrmApiTrigger/outputs';
import { segmentsOf } from '../../../nodes/CrmApiTrigger/webhook-description';
import { Kustomer } from '../../../nodes/Kustomer/Kustomer.node';
import { words } from '../../setup/words';
import { everyProperty, namesOf, testIconsAndCodex, valuesOf } from '../panel-rules';

const node = new CrmApiTrigger();
const { description } = node;
const named = (name: string) => description.properties.find((property) => property.name === name);

describe('the description of crmApiTrigger', () => {
	testIconsAndCodex(node, 'CrmApiTrigger');

	it('has the names on which workflows rely', () => {
		expect(description).toMatchObject({ name: 'crmApiTrigger', version: 1, group: ['trigger'], inputs: [] });
		expect(namesOf(description.properties)).toEqual(
			words(`
			setupNotice authentication path timeout
			firstQuestionsHeader appendToOpen recordAbandonedCalls abandonedCallsNotice recordAbandonedChats
			abandonedChatMinMessages abandonedChatsNotice title assignAgent fallbackAgent unassignedTag
			recordRulesHeader reopenDays appendOutbound callbackMinutes delayUntilConnected chatMinMessages queueSettings
			conversationHeader sessionTypeTag platformTag comments sessionFields sessionFieldsStanding conversationFields
			customerHeader customerSettings ownAnswersHeader ownEndpoints settings options
		`),
		);
		expect(valuesOf(named('ownEndpoints'))).toEqual(ENDPOINTS.map(({ name }) => name));
		expect(valuesOf(named('timeout'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});

	it('X12: asks the same questions as Session: Log, in the same words', () => {
		const ofLog = new Kustomer().description.properties.filter(
			({ displayOptions }) => displayOptions?.show?.operation?.includes('log') === true,
		);
		const shared = description.properties.filter(({ name }) => ofLog.some((one) => one.name === name));
		expect(shared.length).toBeGreaterThan(25);
		for (const { name, displayName, description: text, hint, default: value } of shared) {
			if (name === 'options') continue;
			const same = ofLog
				.filter((one) => one.name === name)
				.map((one) => [one.displayName, one.description, one.hint, one.default]);
			expect(same).toContainEqual([displayName, text, hint, value]);
		}
	});

	it('X12: has no field that is for an earlier version of another node', () => {
		expect(JSON.stringify(description.properties)).not.toContain('@version');
		const names = everyProperty(description.properties).map(({ name }) => name);
		expect(names).not.toContain('otherTags');
		expect(names).toContain('tags');
	});

	it('G1: listens to every method on every length of a path, of which the panel shows one', () => {
		const webhooks = description.webhooks ?? [];
		for (const { httpMethod, ndvHideMethod } of webhooks) {
			expect([httpMethod, ndvHideMethod]).toEqual(['GET,POST,PUT,PATCH', true]);
		}
		expect(webhooks.filter(({ ndvHideUrl }) => ndvHideUrl !== true)).toHaveLength(1);
		const longest = Math.max(
			...ENDPOINTS.map(({ path, idInPath }) => path.split('/').length + Number(idInPath)),
		);
		expect(webhooks).toHaveLength(longest);
		expect(segmentsOf({ part1: 'update-record', part2: '7' })).toEqual(['update-record', '7']);
	});

	it('G1: every endpoint is reached by its path, and by an id behind it where there may be one', () => {
		for (const { name, path, idInPath } of ENDPOINTS) {
			expect(routeOf(path.split('/'))).toMatchObject({ endpoint: { name }, id: undefined });
			const withId = routeOf([...path.split('/'), '5f00000000000000000000ff']);
			expect(withId?.id).toBe(idInPath ? '5f00000000000000000000ff' : undefined);
			if (idInPath) expect(withId?.endpoint.name).toBe(name);
		}
		expect(routeOf(['nothing'])).toBeUndefined();
		expect(routeOf([])).toBeUndefined();
		expect(routeOf(['constructor'])).toBeUndefined();
	});

	it('G1: says in the panel and on the page where each endpoint is', () => {
		const page = readFileSync(join(__dirname, '../../../docs/custom-crm.md'), 'utf8');
		for (const { label, path } of ENDPOINTS) {
			expect(named('setupNotice')?.displayName).toContain(`${label}: /${path}`);
			expect(page).toContain(`| ${label} `);
			expect(page).toContain(`\`/${path}`);
		}
	});

	it('G9: has n8n leave the body unread', () => {
		expect(description.version).toBe(1);
		expect(named('options')).toMatchObject({ type: 'hidden', default: { binaryData: true } });
	});

	it('G2: requires a Kustomer credential and one for who asks, and has the tests that they name', () => {
		expect((description.credentials ?? []).map(({ name }) => name)).toEqual(
			words('kustomerApi kustomerOAuth2Api contactCenterWebhookApi'),
		);
		const tests = (description.credentials ?? []).flatMap(({ testedBy }) => testedBy ?? []);
		expect(Object.keys(node.methods.credentialTest).sort()).toEqual([...tests].sort());
	});

	it('has every method that its fields name', () => {
		const methods = { ...node.methods.listSearch, ...node.methods.loadOptions };
		const text = JSON.stringify(description.properties);
		for (const [, name = ''] of text.matchAll(/"(?:searchListMethod|loadOptionsMethod)":"(\w+)"/g)) {
			expect(Object.keys(methods)).toContain(name);
		}
		expect(text).not.toContain('resourceMapperMethod');
	});
});

describe('the endpoints that the steps answer', () => {
	it('G1: have outputs that do not depend on the order in which they were ticked', () => {
		const own = ownEndpointsOf(['addComment', 'nonsense', 'findRecord']);
		expect(own).toEqual(['findRecord', 'addComment']);
		expect(outputOf('addComment', own)).toBe(2);
		expect(ownEndpointsOf('addComment')).toEqual([]);
	});
});
