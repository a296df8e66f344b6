/** What the panel of Session: Log says, and how the result comes out. The logging itself is tested elsewhere. */
import type { INodeExecutionData } from 'n8n-workflow';

import type { KustomerClient } from '../../lib/kustomer/client';
import type { LogSessionInput, LogSessionResult } from '../../lib/session-log/inputs';
import { DEFAULT_TITLE } from '../../lib/session-log/rules/conversation-title';
import { DEFAULT_RECORD_SETTINGS } from '../../lib/session-log/rules/record-settings';
import { SANDBOX } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { editorContext, locator, mapped, only, run, useKustomer } from './kustomer-setup';
import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';

const logSession = jest.fn<Promise<LogSessionResult>, [KustomerClient, LogSessionInput]>();
jest.mock('../../lib/session-log/log-session', () => ({
	logSession: (...call: [KustomerClient, LogSessionInput]) => logSession(...call),
}));

const SESSION = { source: 'ccaip', id: 'call-1', channel: 'voice', endUser: { phone: '+12125550187' } };
const ITEM = {
	event: 'assigned',
	externalId: 'ccaip:call-1',
	occurredAt: '2026-03-01T10:00:00.000Z',
	receivedAt: '2026-03-01T10:00:02.000Z',
	session: SESSION,
};
const DONE: LogSessionResult = {
	outcome: 'created',
	rule: 'C2',
	reason: 'An agent was assigned.',
	externalId: 'ccaip:call-1',
	conversationId: 'c',
	customerId: 'k',
	messageId: 'm',
	customer: 'created',
	agent: { userId: 'u', by: 'email', reason: 'Found by email.' },
	done: ['conversation'],
	alreadyDone: [],
	leftOut: [],
	shortened: [],
	requests: 5,
	session: SESSION as never,
};

const standIn = useKustomer();
beforeEach(() => {
	logSession.mockReset().mockResolvedValue(DONE);
});

/** What the panel makes of one item. */
async function inputFor(
	parameters: object,
	item: INodeExecutionData['json'] = ITEM,
): Promise<LogSessionInput> {
	only(await run(standIn, 'session.log', parameters as never, { items: itemsOf(item) }));
	const input = logSession.mock.calls[0]?.[1];
	if (input === undefined) throw new Error('Nothing was logged');
	return input;
}

/** What the person reads when the panel is wrong; nothing is sent then. */
async function messageFor(parameters: object, item: INodeExecutionData['json'] = ITEM): Promise<string> {
	const { error } = await run(standIn, 'session.log', parameters as never, { items: itemsOf(item) });
	expect(logSession).not.toHaveBeenCalled();
	expect(standIn.requests).toHaveLength(0);
	return `${error?.message} | ${error?.description}`;
}

describe('as it comes', () => {
	it('D1 to D9: an untouched panel logs the session of the trigger by the usual rules', async () => {
		expect(await inputFor({})).toEqual({
			session: SESSION,
			externalId: 'ccaip:call-1',
			event: 'assigned',
			byMail: false,
			observedAt: '2026-03-01T10:00:00.000Z',
			rules: DEFAULT_RECORD_SETTINGS,
			queues: [],
			customer: {
				phoneRules: {
					defaultCountry: undefined,
					ownNumbers: [],
					lookUp: 'automatic',
					whenUnusable: 'createWithoutPhone',
				},
				severalMatches: 'mostRecentlyActive',
				create: { name: undefined },
				createUnrecorded: false,
				custom: undefined,
				assigneeAttribute: undefined,
			},
			conversation: {
				title: DEFAULT_TITLE,
				timeZone: 'America/New_York',
				typeTag: true,
				platformTag: undefined,
				tags: undefined,
				custom: undefined,
				priority: undefined,
				assignedTeams: undefined,
				queueId: undefined,
			},
			agent: {
				assign: 'assigned',
				userId: undefined,
				email: undefined,
				fallbackUserId: undefined,
				unassignedTag: undefined,
			},
			comments: new Set(['phone', 'transfer', 'voicemail', 'rating', 'disposition', 'survey', 'smartAction']),
			sessionFields: true,
			unknownAttributes: 'leaveOut',
			chooseId: true,
			dryRun: false,
		});
	});

	it('gives a flat item with everything that a later step may use', async () => {
		const item = only(await run(standIn, 'session.log', {}, { items: itemsOf(ITEM) }));
		expect(item).toEqual({ ...DONE, event: 'assigned' });
	});

	it('X7: the writes of a dry run come along; what is absent is left out', async () => {
		const planned = [{ does: 'create a conversation', method: 'POST', path: '/v1/conversations' }];
		logSession.mockResolvedValue({
			outcome: 'waiting',
			rule: 'D3',
			reason: 'x',
			externalId: 'e',
			done: [],
			alreadyDone: [],
			leftOut: [],
			shortened: [],
			requests: 0,
			session: SESSION as never,
			conversationId: undefined,
			planned,
		});
		const item = only(await run(standIn, 'session.log', { dryRun: true }, { items: itemsOf(ITEM) }));
		expect(item).toMatchObject({ outcome: 'waiting', planned });
		expect(item).not.toHaveProperty('conversationId');
		expect(logSession.mock.calls[0]?.[1].dryRun).toBe(true);
	});

	it('works on every item with its own session', async () => {
		const items = itemsOf(ITEM, { session: { ...SESSION, id: 'call-2' }, externalId: 'ccaip:call-2' });
		await run(standIn, 'session.log', {}, { items });
		expect(logSession.mock.calls.map(([, input]) => [input.session.id, input.externalId])).toEqual([
			['call-1', 'ccaip:call-1'],
			['call-2', 'ccaip:call-2'],
		]);
	});
});

describe('Session and External ID', () => {
	it('takes the session as JSON text', async () => {
		expect((await inputFor({ session: JSON.stringify(SESSION) })).session).toEqual(SESSION);
	});

	it('takes an ID that is written as a number', async () => {
		const { session } = await inputFor({ session: '{"source": "ccaip", "id": 7, "channel": "chat"}' });
		expect(session).toEqual({ source: 'ccaip', id: '7', channel: 'chat' });
	});

	it('leaves the external ID to be made from the session when there is none', async () => {
		const { externalId } = await inputFor({}, { session: SESSION });
		expect(externalId).toBeUndefined();
	});

	it('X1: takes the prefix for it', async () => {
		const { externalIdPrefix } = await inputFor({ options: { externalIdPrefix: 'berlin-' } });
		expect(externalIdPrefix).toBe('berlin-');
	});

	it('U1: takes the content of a metadata file, and the time at which it was written', async () => {
		const metadata = {
			id: 7,
			call_type: 'Voice Inbound (IVR)',
			status: 'finished',
			ends_at: '2026-11-20T09:03:20Z',
			updated_at: '2026-11-20T09:18:20Z',
		};
		const { session, observedAt } = await inputFor({ session: JSON.stringify(metadata) }, {});
		expect(session).toMatchObject({ source: 'ccaip', id: 'call-7', type: 'Voice Inbound (IVR)' });
		expect(observedAt).toBe('2026-11-20T09:18:20.000Z');
	});

	it('U1: says what is wrong with something that is neither a session nor metadata', async () => {
		expect(await messageFor({ session: '{"hello": "world"}' })).toMatch(
			/neither a session nor session metadata/,
		);
	});

	it.each([
		['null, as an event of the kind other has it', { ...ITEM, session: null }],
		['missing', { event: 'other' }],
		['empty', { session: {} }],
		['blank text', { session: ' ' }],
	])('a session that is %s is refused with what to do', async (_, item) => {
		const text = await messageFor({}, item as never);
		expect(text).toMatch(/'Session' is empty.*Contact Center Trigger.*'other'/);
	});

	it('names the parameter in the error item, so that a workflow can tell it apart', async () => {
		const { items } = await run(
			standIn,
			'session.log',
			{},
			{
				items: itemsOf({ session: null }),
				onError: 'continueRegularOutput',
			},
		);
		expect(items[0]?.json.error).toMatchObject({ kind: 'invalidInput', parameter: 'session' });
	});

	it.each([['{"source": '], ['[1, 2]'], ['call-1']])('%s is refused as no JSON object', async (session) => {
		expect(await messageFor({ session })).toMatch(/'Session' (is not valid JSON|holds no JSON object)/);
	});

	it('U4: takes metadata out of the body of a mail, from the first of its forms that has them', async () => {
		const metadata = '{"id": 7, "chat_type": "Messaging (Web)", "status": "finished"}';
		const texts = [`<p>${metadata.replaceAll('"', '&quot;')}</p>`, 'Please read the HTML form.'];
		for (const session of [texts, [false, ...texts.reverse()], `Hello,\n${metadata}\n-- \nSupport`]) {
			logSession.mockClear();
			const input = await inputFor({ session: `={{ ${JSON.stringify(session)} }}` }, {});
			expect(input.session).toMatchObject({ source: 'ccaip', id: 'chat-7' });
		}
	});

	it('U4, X1: refuses a text about several sessions, because one would be lost', async () => {
		const session = '{"id": 7, "chat_type": "Messaging (Web)"}\n{"id": 8, "chat_type": "Messaging (Web)"}';
		expect(await messageFor({ session })).toMatch(/holds 2 different calls or chats/);
	});

	it('U4: takes the same session told twice', async () => {
		const session = '{"id": 7, "chat_type": "Messaging (Web)"}\n> {"id": 7, "chat_type": "Messaging (Web)"}';
		expect((await inputFor({ session }, {})).session).toMatchObject({ id: 'chat-7' });
	});

	describe('with Unreadable Session: Report', () => {
		const report = { options: { unreadableSession: 'report' } };
		const outcomeOf = async (session: unknown) => {
			const { items } = await run(standIn, 'session.log', report, { items: itemsOf({ session } as never) });
			return items[0]?.json;
		};

		it.each([
			['I am away until Monday.', 'none', /holds no JSON object/],
			['', 'none', /is empty/],
			['{"id": 7, "chat_type": ', 'unreadable', /breaks off/],
			['{"hello": "world"}', 'unreadable', /neither a session nor session metadata/],
		])('U4: %j comes out with the outcome %s', async (session, outcome, reason) => {
			expect(await outcomeOf(session)).toEqual({ outcome, reason: expect.stringMatching(reason) as string });
			expect(logSession).not.toHaveBeenCalled();
		});

		it('stops all the same when something else goes wrong', async () => {
			const { error } = await run(
				standIn,
				'session.log',
				{ title: '={{ {} }}', ...report },
				{ items: itemsOf(ITEM) },
			);
			expect(error?.message).toMatch(/'Title' must be text/);
		});
	});

	it('C23: passes the files of the item on, for a step that stores them', async () => {
		const binary = { attachment_0: { data: 'aGVsbG8=', mimeType: 'text/plain', fileName: 'chat-7.txt' } };
		const { items } = await run(standIn, 'session.log', {}, { items: [{ json: ITEM, binary }] });
		expect(items[0]?.binary).toEqual(binary);
	});
});

describe('record rules', () => {
	it('D1 to D6, C3: every rule of the panel arrives', async () => {
		const { rules } = await inputFor({
			appendToOpen: false,
			appendOutbound: false,
			callbackMinutes: 9,
			delayUntilConnected: true,
			chatMinMessages: 2,
			recordAbandonedCalls: false,
			recordAbandonedChats: 'minMessages',
			abandonedChatMinMessages: 3,
		});
		expect(rules).toEqual({
			append: false,
			reopenDays: 0,
			appendOutbound: false,
			callbackMinutes: 9,
			delayUntilConnected: true,
			chatMinMessages: 2,
			abandonedCalls: false,
			abandonedChats: 'minMessages',
			abandonedChatMinMessages: 3,
		});
	});

	it('D2: the days, also as text from an expression', async () => {
		expect((await inputFor({ reopenDays: '={{ "7" }}' })).rules.reopenDays).toBe(7);
	});

	it.each([
		['={{ "false" }}', false],
		['={{ 0 }}', false],
		['={{ "yes" }}', true],
		['={{ undefined }}', true],
	])('a switch that is %s is %s', async (appendToOpen, append) => {
		expect((await inputFor({ appendToOpen })).rules.append).toBe(append);
	});

	it.each([
		[{ delayUntilConnected: '={{ "perhaps" }}' }, /'Delay Until Connected' must be on or off/],
		[{ reopenDays: -1 }, /'Reopen Closed \(Days\)' must not be less than 0/],
		[{ chatMinMessages: '={{ "many" }}' }, /'Minimum Chat Messages' must be a number/],
		[{ recordAbandonedChats: '={{ "some" }}' }, /'Record Abandoned Chats'.*none, all, minMessages/],
	])('%j is refused', async (parameters, message) => {
		expect(await messageFor(parameters)).toMatch(message);
	});

	it('U8: a queue has what was added to it, and nothing else', async () => {
		const { queues } = await inputFor({
			queueSettings: {
				entries: [
					{ queue: ' Orders / Delivery ', settings: { appendToOpen: false, reopenDays: 3 } },
					{ queue: '42', settings: { recordAbandonedChats: 'all', recordAbandonedCalls: false } },
					{ queue: 'inherits' },
					{ queue: '', settings: { appendToOpen: false } },
					{ queue: '={{ $json.queueOfToday }}', settings: { chatMinMessages: 5 } },
				],
			},
		});
		expect(queues).toEqual([
			{ queue: 'Orders / Delivery', settings: { append: false, reopenDays: 3 } },
			{ queue: '42', settings: { abandonedChats: 'all', abandonedCalls: false } },
			{ queue: 'inherits', settings: {} },
		]);
	});

	it('U8: title, tags, comments, assignment and mails of a queue; what is added and empty is none', async () => {
		const { queues } = await inputFor({
			queueSettings: {
				entries: [
					{
						queue: 'Orders',
						settings: {
							logSessions: false,
							title: '{CALL_ID}',
							sessionTypeTag: false,
							platformTag: ' UJET ',
							tags: ['VIP'],
							otherTags: 'voicemail, VIP',
							comments: ['end'],
							assignAgent: 'connected',
							fallbackAgent: locator('list', SANDBOX.users.duty.id),
							unassignedTag: ' nobody ',
							assignedTeams: { entries: [{ team: locator('list', SANDBOX.teams.voice.id) }] },
							logMails: false,
						},
					},
					{
						queue: 'Returns',
						settings: {
							platformTag: '',
							otherTags: '',
							comments: [],
							fallbackAgent: locator('list', ''),
							unassignedTag: '',
							assignedTeams: {},
							logMails: '={{ "on" }}',
						},
					},
				],
			},
		});
		expect(queues).toEqual([
			{
				queue: 'Orders',
				settings: {},
				logged: false,
				title: '{CALL_ID}',
				typeTag: false,
				platformTag: 'UJET',
				tags: ['VIP', 'voicemail'],
				comments: new Set(['end']),
				assign: 'connected',
				fallbackUserId: SANDBOX.users.duty.id,
				unassignedTag: 'nobody',
				assignedTeams: [SANDBOX.teams.voice.id],
				mails: false,
			},
			{
				queue: 'Returns',
				settings: {},
				platformTag: '',
				tags: [],
				comments: new Set(),
				fallbackUserId: '',
				unassignedTag: '',
				assignedTeams: [],
				mails: true,
			},
		]);
	});

	it('U4, U8: an item of Session: Read Mail is a mail, and mails are logged unless that is switched off', async () => {
		expect(await inputFor({})).toMatchObject({ byMail: false, mails: undefined });
		logSession.mockClear();
		const input = await inputFor({ options: { logMails: false } }, { ...ITEM, mail: '"Session", no date' });
		expect(input).toMatchObject({ byMail: true, mails: false });
	});

	it('U8: a wrong setting of a queue is refused', async () => {
		const queueSettings = { entries: [{ queue: 'Orders', settings: { reopenDays: '={{ "x" }}' } }] };
		expect(await messageFor({ queueSettings })).toMatch(/'Reopen Closed \(Days\)'/);
	});
});

describe('conversation', () => {
	it('D7, D8, D9: title, tags, priority, teams and queue', async () => {
		const { conversation } = await inputFor({
			title: '{CALL_ID}',
			sessionTypeTag: false,
			platformTag: ' UJET ',
			conversationFields: {
				priority: 5,
				tags: ['VIP', 'Voice'],
				otherTags: 'voicemail, VIP',
				assignedTeams: { entries: [{ team: locator('list', SANDBOX.teams.voice.id) }] },
				queue: locator('list', SANDBOX.queues.voice.id),
			},
			options: { timeZone: 'Europe/Berlin' },
		});
		expect(conversation).toEqual({
			title: '{CALL_ID}',
			timeZone: 'Europe/Berlin',
			typeTag: false,
			platformTag: 'UJET',
			tags: ['VIP', 'Voice', 'voicemail'],
			custom: undefined,
			priority: 5,
			assignedTeams: [SANDBOX.teams.voice.id],
			queueId: SANDBOX.queues.voice.id,
		});
	});

	it('D7: an empty title is the usual one', async () => {
		expect((await inputFor({ title: ' ' })).conversation.title).toBe(DEFAULT_TITLE);
	});

	it('C8, C16: who gets it, from when on, and who else', async () => {
		const { agent } = await inputFor(
			{
				assignAgent: 'connected',
				fallbackAgent: locator('list', SANDBOX.users.duty.id),
				unassignedTag: 'nobody assigned',
				options: { agent: locator('id', '={{ $json.user }}'), agentEmail: '={{ $json.email }}' },
			},
			{ ...ITEM, user: SANDBOX.users.ana.id, email: 'ana@example.com' },
		);
		expect(agent).toEqual({
			assign: 'connected',
			userId: SANDBOX.users.ana.id,
			email: 'ana@example.com',
			fallbackUserId: SANDBOX.users.duty.id,
			unassignedTag: 'nobody assigned',
		});
	});

	it.each([
		[
			['rating', 'end'],
			['rating', 'end'],
		],
		[[], []],
		['={{ "customData, start" }}', ['customData', 'start']],
	])('comments %j', async (comments, kinds) => {
		expect((await inputFor({ comments })).comments).toEqual(new Set(kinds));
	});

	it('a kind of comment that does not exist is refused', async () => {
		expect(await messageFor({ comments: ['rating', 'weather'] })).toMatch(/'Comments'.*phone, start/);
	});
});

describe('customer', () => {
	it('C17, C19, X4: how it is found and what a new one gets', async () => {
		const { customer } = await inputFor({
			customerSettings: {
				defaultCountry: 'DE',
				ownNumbers: '+49 30 901820\n+49 30 901821',
				lookUp: 'everyForm',
				whenUnusable: 'skip',
				severalMatches: 'stop',
				name: 'Unknown caller',
				assigneeAttribute: 'assignedAgentStr',
			},
		});
		expect(customer).toEqual({
			phoneRules: {
				defaultCountry: 'DE',
				ownNumbers: ['+49 30 901820', '+49 30 901821'],
				lookUp: 'everyForm',
				whenUnusable: 'skip',
			},
			severalMatches: 'stop',
			create: { name: 'Unknown caller' },
			createUnrecorded: false,
			custom: undefined,
			assigneeAttribute: 'assignedAgentStr',
		});
	});
});

describe('C13: custom data', () => {
	const customData = { orderNumber: 'A-17', vip: true };
	const item = { ...ITEM, session: { ...SESSION, customData } };

	it('C13: goes to the attributes of the conversation and of the customer that the mapping names', async () => {
		const { conversation, customer } = await inputFor(
			{
				conversationAttributes: mapped({
					orderNumberStr: '={{ $json.session.customData?.orderNumber }}',
					shippedAt: '2026-03-01T10:00:00',
					reasonStr: '={{ $json.session.customData?.reason }}',
				}),
				customerAttributes: mapped({ vipBool: '={{ $json.session.customData?.vip }}' }),
			},
			item,
		);
		// Times without a zone are meant in the workflow's, and what is empty changes nothing.
		expect(conversation.custom).toEqual({
			orderNumberStr: 'A-17',
			shippedAt: '2026-03-01T15:00:00.000Z',
		});
		expect(customer.custom).toEqual({ vipBool: true });
	});

	it('C13: the mapping offers the attributes of each kind, and asks for nothing else', async () => {
		const { resourceMapping } = new Kustomer().methods;
		const context = editorContext(standIn, { resource: 'session', operation: 'log' });
		const ofConversations = await resourceMapping.getConversationAttributes.call(context);
		const ofCustomers = await resourceMapping.getCustomerAttributes.call(context);
		const names = (kind: 'conversation' | 'customer') => [...standIn.store.definitions[kind].keys()].sort();
		expect(ofConversations.fields.map(({ id }) => id).sort()).toEqual(names('conversation'));
		expect(ofCustomers.fields.map(({ id }) => id).sort()).toEqual(names('customer'));
		expect(standIn.requests.map(({ path }) => path)).toEqual([
			'/v1/metadata/conversation',
			'/v1/metadata/customer',
		]);
	});

	it('X8: a mapping that exists stays when the attributes cannot be loaded', async () => {
		standIn.faults.add({
			fault: { kind: 'status', status: 403, body: { errors: [{ title: 'Forbidden' }] } },
		});
		const schema = [{ id: 'vipBool', displayName: 'VIP', type: 'boolean' }];
		const context = editorContext(standIn, { resource: 'session', customerAttributes: { schema } });
		await expect(
			new Kustomer().methods.resourceMapping.getCustomerAttributes.call(context),
		).rejects.toMatchObject({ message: expect.stringContaining('org.permission.metadata.read') });
	});
});

describe('options', () => {
	it('X1: the time of the item is that of its event, else that of its arrival', async () => {
		expect((await inputFor({}, { ...ITEM, occurredAt: null })).observedAt).toBe(ITEM.receivedAt);
		logSession.mockClear();
		expect((await inputFor({}, { ...ITEM, occurredAt: 'soon', receivedAt: {} })).observedAt).toBeUndefined();
		logSession.mockClear();
		const options = { observedAt: '2026-03-01T09:00:00' };
		expect((await inputFor({ options })).observedAt).toBe('2026-03-01T14:00:00.000Z');
	});

	it('a time that is none is refused', async () => {
		expect(await messageFor({ options: { observedAt: '={{ "yesterday" }}' } })).toMatch(
			/'Time of the Event'/,
		);
	});

	it('unknown attributes may stop it, and IDs may be left to Kustomer', async () => {
		const input = await inputFor({
			sessionFields: false,
			options: { unknownAttributes: 'stop', chooseId: false },
		});
		expect(input).toMatchObject({ unknownAttributes: 'stop', chooseId: false, sessionFields: false });
	});
});
