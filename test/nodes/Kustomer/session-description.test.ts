import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { COMMENT_KINDS } from '../../../lib/session-log/rules/session-comments';
import {
	DEFAULT_TITLE,
	TITLE_VARIABLES,
	previewTitle,
} from '../../../lib/session-log/rules/conversation-title';
import { DEFAULT_RECORD_SETTINGS } from '../../../lib/session-log/rules/record-settings';
import { SESSION_FIELDS } from '../../../lib/session-log/rules/session-fields';
import { Kustomer } from '../../../nodes/Kustomer/Kustomer.node';
import { recordRules, recordRulesOf } from '../../../lib/n8n/session-log/record-rules.fields';
import { ambiguousNames } from '../panel-rules';
import { words } from '../../setup/words';

const { properties } = new Kustomer().description;

function panelOf(resource: string): INodeProperties[] {
	return properties.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource));
}
function named(list: INodeProperties[], name: string): INodeProperties {
	const found = list.find((property) => property.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
}
const panel = panelOf('session');

it('has the public names that saved workflows hold, in the order in which people meet them', () => {
	expect(panel.map(({ name }) => name)).toEqual(
		words(`
		operation dryRun session externalId
		firstQuestionsHeader appendToOpen recordAbandonedCalls abandonedCallsNotice recordAbandonedChats
		abandonedChatMinMessages abandonedChatsNotice title assignAgent fallbackAgent unassignedTag
		recordRulesHeader reopenDays appendOutbound callbackMinutes delayUntilConnected chatMinMessages queueSettings
		conversationHeader sessionTypeTag platformTag comments sessionFields sessionFieldsStanding conversationFields conversationAttributes
		customerHeader customerSettings customerAttributes
		options mailNotice allowedSenders mailServer options
	`),
	);
	expect(panelOf('field').map(({ name }) => name)).toEqual([
		'operation',
		'sessionFieldsNotice',
		'sessionFieldsStanding',
		'dryRun',
		'options',
	]);
});

it('no name means something of another kind elsewhere: n8n keeps values when the operation changes', () => {
	expect(
		ambiguousNames(properties).filter((name) => panel.some((property) => property.name === name)),
	).toEqual([]);
});

it('takes the session and its external ID from the Contact Center Trigger', () => {
	expect(named(panel, 'session')).toMatchObject({
		type: 'json',
		required: true,
		default: '={{ $json.session }}',
	});
	expect(named(panel, 'externalId').default).toBe('={{ $json.externalId }}');
});

it('D1 to D6, C3: the defaults of the panel are those of the rules', () => {
	const defaults = Object.fromEntries(recordRules.map(({ name, default: value }) => [name, value]));
	expect(recordRulesOf(defaults)).toEqual(DEFAULT_RECORD_SETTINGS);
});

it('the reasons that a person reads call the rules as the panel does', () => {
	const source = readFileSync(join(__dirname, '../../../lib/session-log/rules/record-rules.ts'), 'utf8');
	const quoted = new Set([...source.matchAll(/"([A-Z][A-Za-z ()]+)"/g)].map(([, label]) => label));
	expect([...quoted].sort()).toEqual(recordRules.map(({ displayName }) => displayName).sort());
});

it('U8: a queue can have every record rule, and title, tags, comments, assignment and mails; none is set at first', () => {
	const [entries] = named(panel, 'queueSettings').options as Array<{ values: INodeProperties[] }>;
	const settings = named(entries?.values ?? [], 'settings');
	const options = settings.options as INodeProperties[];
	expect(settings).toMatchObject({ type: 'collection', default: {} });
	const own =
		words(`assignAgent assignedTeams comments fallbackAgent logMails logSessions otherTags platformTag
		sessionTypeTag tags title unassignedTag`);
	expect([...new Set(options.map(({ name }) => name))].sort()).toEqual(
		[...recordRules.map(({ name }) => name), ...own].sort(),
	);
	// What a setting depends on may be inherited, so nothing hides it but the version of the node.
	const conditions = options.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}));
	expect(new Set(conditions)).toEqual(new Set(['@version']));
});

describe('the panel shows', () => {
	const isShown = (name: string, parameters: object) =>
		NodeHelpers.displayParameter(
			{ resource: 'session', operation: 'log', ...parameters },
			named(panel, name),
			null,
			new Kustomer().description,
		);

	it.each([
		['reopenDays', { appendToOpen: true }, true],
		['reopenDays', { appendToOpen: false }, false],
		['abandonedChatMinMessages', { recordAbandonedChats: 'minMessages' }, true],
		['abandonedChatMinMessages', { recordAbandonedChats: 'all' }, false],
		['abandonedChatsNotice', { recordAbandonedChats: 'none' }, true],
		['abandonedChatsNotice', { recordAbandonedChats: 'all' }, false],
		['abandonedCallsNotice', { recordAbandonedCalls: false }, true],
		['abandonedCallsNotice', { recordAbandonedCalls: true }, false],
		['fallbackAgent', { assignAgent: 'connected' }, true],
		['fallbackAgent', { assignAgent: 'never' }, false],
		['unassignedTag', { assignAgent: 'connected' }, true],
		['unassignedTag', { assignAgent: 'never' }, false],
	])('%s with %j: %s', (name, parameters, shown) => {
		expect(isShown(name, parameters)).toBe(shown);
	});
});

it('D1 to D6: has every record rule once, and says at sight what its name does not', () => {
	const shown = panel.map(({ name }) => name);
	for (const { name } of recordRules) expect(shown.filter((one) => one === name)).toEqual([name]);
	expect(recordRules.filter(({ hint }) => hint === undefined)).toEqual([]);
});

it('D7: names every variable of the title and shows an example', () => {
	const { hint, default: value } = named(panel, 'title');
	expect(value).toBe(DEFAULT_TITLE);
	for (const { name } of TITLE_VARIABLES) expect(hint).toContain(`{${name}}`);
	expect(hint).toContain(previewTitle(DEFAULT_TITLE));
});

it('offers every kind of comment, and what an agent who takes over has to know is on', () => {
	const { options, default: value } = named(panel, 'comments');
	expect((options as INodePropertyOptions[]).map((option) => option.value).sort()).toEqual(
		[...COMMENT_KINDS].sort(),
	);
	expect(value).toEqual(['phone', 'transfer', 'voicemail', 'rating', 'disposition', 'survey', 'smartAction']);
});

it('C13: maps custom data to conversation and customer, each with its own list', () => {
	const methodOf = (name: string) => named(panel, name).typeOptions?.resourceMapper?.resourceMapperMethod;
	expect(methodOf('conversationAttributes')).toBe('getConversationAttributes');
	expect(methodOf('customerAttributes')).toBe('getCustomerAttributes');
	for (const name of ['conversationAttributes', 'customerAttributes']) {
		expect(named(panel, name).description).toContain('{{ $json.session.customData?.orderNumber }}');
	}
});

it('leaves unknown attributes out unless told otherwise: a call is not lost for a field', () => {
	const options = named(panel, 'options').options as INodeProperties[];
	expect(named(options, 'unknownAttributes').default).toBe('leaveOut');
});

it('C22: says which fields will be created', () => {
	const { displayName } = named(panelOf('field'), 'sessionFieldsNotice');
	for (const field of SESSION_FIELDS) expect(displayName).toContain(field.displayName);
});
