import { SANDBOX } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { locator, mapped, only, run, useKustomer } from './kustomer-setup';

const { jonas, maria } = SANDBOX.customers;
const { ana, ben, duty } = SANDBOX.users;
const EXTERNAL_ID = 'babelforce:7c3f00aa';

const standIn = useKustomer();

const create = async (parameters = {}) =>
	only(
		await run(standIn, 'conversation.create', {
			customer: locator('id', jonas.id),
			externalId: EXTERNAL_ID,
			...parameters,
		}),
	);
const update = async (parameters: object, options = {}) =>
	await run(
		standIn,
		'conversation.update',
		{ conversation: locator('externalId', EXTERNAL_ID), ...parameters } as never,
		options,
	);
const stored = () => {
	const conversation = standIn.store.conversationByExternalId(EXTERNAL_ID);
	if (conversation === undefined) throw new Error('The conversation is not in the stand-in');
	return conversation;
};
const notes = () => standIn.store.notesOf(stored().id).map((note) => note.body);
const tags = () => standIn.store.tagNames(stored().tags);

describe('conversation: create', () => {
	it('B1: creates with every field of the rule', async () => {
		const result = await create({
			additionalFields: {
				name: 'Call from Jonas',
				status: 'done',
				priority: 5,
				direction: 'in',
				tags: ['Voice'],
				otherTags: 'Voice Inbound - IVR',
				assignedUsers: { entries: [{ user: locator('id', ana.id) }, { user: locator('id', '') }] },
				assignedTeams: { entries: [{ team: locator('list', SANDBOX.teams.voice.id) }] },
				queue: locator('list', SANDBOX.queues.voice.id),
				defaultLang: 'de_de',
			},
			customAttributes: mapped({ callIdStr: 'c-1', callDurationNum: 12, vipBool: true }),
			note: 'Phone number: +493023125456',
			noteKey: 'phone-number',
		});
		expect(result).toMatchObject({
			created: true,
			note: 'added',
			leftOut: [],
			name: 'Call from Jonas',
			externalId: EXTERNAL_ID,
			customerId: jonas.id,
			status: 'done',
			priority: 5,
			direction: 'in',
			assignedUsers: [ana.id],
			assignedTeams: [SANDBOX.teams.voice.id],
			queueId: SANDBOX.queues.voice.id,
			custom: { callIdStr: 'c-1', callDurationNum: 12, vipBool: true },
		});
		expect(notes()).toEqual(['Phone number: +493023125456']);
	});

	it('B5: tags given on creation end up on the conversation', async () => {
		await create({ additionalFields: { tags: '={{ ["Voice", "Fresh tag"] }}' } });
		expect(tags()).toEqual(['Voice', 'Fresh tag']);
	});

	it('takes tags from an expression that gives text with commas', async () => {
		await create({ additionalFields: { tags: '={{ "Voice, VIP" }}' } });
		expect(tags()).toEqual(['Voice', 'VIP']);
	});

	it('X1: creating again gives the same conversation and adds no second note', async () => {
		const first = await create({ note: 'Hello', noteKey: 'hello' });
		const second = await create({ note: 'Hello', noteKey: 'hello', additionalFields: { name: 'Other' } });
		expect(second).toMatchObject({ id: first.id, created: false, note: 'alreadyThere' });
		expect(notes()).toEqual(['Hello']);
	});

	it('X1: two runs at the same moment create one conversation', async () => {
		const results = await Promise.all([create(), create(), create()]);
		expect(new Set(results.map((result) => result.id)).size).toBe(1);
		expect(results.filter((result) => result.created)).toHaveLength(1);
	});

	it('works without an external id and with chosen ids off', async () => {
		const result = await create({ externalId: '', options: { chooseId: false } });
		expect(result.created).toBe(true);
		expect(result.externalId).toBeUndefined();
		expect(standIn.requests.at(-1)?.body).not.toHaveProperty('id');
	});
});

describe('conversation: update', () => {
	beforeEach(async () => {
		await create({ additionalFields: { name: 'Before', tags: ['Voice', 'VIP'] } });
		standIn.requests.length = 0;
	});

	it('B2: finds the conversation by external id and by Kustomer id', async () => {
		const byExternalId = only(await update({ updateFields: { priority: 4 } }));
		const byId = only(
			await update({ conversation: locator('id', stored().id), updateFields: { priority: 5 } }),
		);
		expect(byExternalId).toMatchObject({ id: stored().id, priority: 4 });
		expect(byId).toMatchObject({ id: stored().id, priority: 5 });
	});

	it('B3: an empty name leaves the name as it is', async () => {
		expect(only(await update({ updateFields: { name: '', priority: 2 } }))).toMatchObject({ name: 'Before' });
	});

	it('B3: assigns the agent, adds, removes and overwrites tags, sets attributes and adds a note in one operation', async () => {
		const result = only(
			await update({
				agentChange: 'replace',
				agent: locator('id', ana.id),
				tagChanges: {
					changes: [
						{ mode: 'add', tags: ['Billing'], otherTags: 'Bridged' },
						{ mode: 'remove', tags: ['VIP'] },
					],
				},
				updateFields: {
					name: 'After',
					status: 'done',
					teams: { entries: [{ team: locator('id', SANDBOX.teams.support.id) }] },
				},
				customAttributes: mapped({ callDurationNum: '31' }),
				note: 'Bridged to Ana',
				noteKey: 'bridged',
			}),
		);
		expect(result).toMatchObject({
			note: 'added',
			agent: { userId: ana.id, by: 'userId' },
			name: 'After',
			status: 'done',
			assignedUsers: [ana.id],
			assignedTeams: [SANDBOX.teams.support.id],
			custom: { callDurationNum: 31 },
		});
		expect(tags().sort()).toEqual(['Billing', 'Bridged', 'Voice']);
		expect(notes()).toEqual(['Bridged to Ana']);
		expect(standIn.requests).toHaveLength(4);

		only(await update({ tagChanges: { changes: [{ mode: 'replace', tags: ['VIP'] }] } }));
		expect(tags()).toEqual(['VIP']);
	});

	it('B3: assigns by email when the id is empty, and the fallback user when nobody is found', async () => {
		const agentChange = { agentChange: 'replace', agent: locator('id', '={{ $json.agent?.sourceId }}') };
		const byEmail = only(await update({ ...agentChange, agentEmail: ben.email }));
		expect(byEmail).toMatchObject({ agent: { by: 'email' }, assignedUsers: [ben.id] });
		const fallback = only(
			await update({ ...agentChange, agentEmail: 'gone@example.com', fallbackAgent: locator('id', duty.id) }),
		);
		expect(fallback).toMatchObject({ agent: { by: 'fallback' }, assignedUsers: [duty.id] });
		const nobody = only(await update({ ...agentChange, agentEmail: 'gone@example.com' }));
		expect(nobody).toMatchObject({ agent: { by: 'nobody' }, assignedUsers: [duty.id] });
	});

	it('C16: a conversation for which nobody is found gets the tag that marks it, one with an agent does not', async () => {
		const unassignedTag = 'nobody assigned';
		const agentChange = { agentChange: 'replace', agent: locator('id', '') };
		only(await update({ ...agentChange, agentEmail: ben.email, unassignedTag }));
		expect(tags()).not.toContain(unassignedTag);
		only(await update({ ...agentChange, agentEmail: 'gone@example.com', unassignedTag }));
		expect(tags()).toContain(unassignedTag);
		const tagChanges = { changes: [{ mode: 'replace', tags: ['VIP'] }] };
		only(await update({ ...agentChange, agentEmail: 'gone@example.com', unassignedTag, tagChanges }));
		expect(tags().sort()).toEqual(['VIP', unassignedTag]);
	});

	it('adds, removes and unassigns agents and teams', async () => {
		const agent = (mode: string, id: string) => update({ agentChange: mode, agent: locator('id', id) });
		only(await agent('add', ana.id));
		expect(only(await agent('add', ben.id)).assignedUsers).toEqual([ana.id, ben.id]);
		expect(only(await agent('remove', ana.id)).assignedUsers).toEqual([ben.id]);
		expect(only(await update({ agentChange: 'unassign' })).assignedUsers).toEqual([]);

		const team = (mode: string, id: string) =>
			update({ updateFields: { teamChange: mode, teams: { entries: [{ team: locator('id', id) }] } } });
		only(await team('add', SANDBOX.teams.voice.id));
		expect(only(await team('add', SANDBOX.teams.support.id)).assignedTeams).toHaveLength(2);
		expect(only(await team('remove', SANDBOX.teams.voice.id)).assignedTeams).toEqual([
			SANDBOX.teams.support.id,
		]);
		expect(only(await team('replace', '')).assignedTeams).toEqual([SANDBOX.teams.support.id]);
		expect(only(await update({ updateFields: { teamChange: 'unassign' } })).assignedTeams).toEqual([]);
	});

	it('snoozes until a time in the time zone of the workflow', async () => {
		const result = only(
			await update({ updateFields: { status: 'snoozed', snoozeUntil: '2099-01-02T10:00:00' } }),
		);
		expect(result.status).toBe('snoozed');
		expect(stored().snooze?.time).toMatch(/^2099-01-0\dT\d\d:00:00\.000Z$/);
	});

	it('X1: running it again changes nothing', async () => {
		const parameters = { agentChange: 'add', agent: locator('id', ana.id), note: 'Once', noteKey: 'once' };
		only(await update(parameters));
		expect(only(await update(parameters))).toMatchObject({ note: 'alreadyThere', assignedUsers: [ana.id] });
		expect(notes()).toEqual(['Once']);
	});

	it('B2: gives the item back and says so when the conversation does not exist, when told to go on', async () => {
		const input = { externalId: 'babelforce:unknown', session: { id: 'unknown' } };
		const result = await update(
			{
				conversation: locator('externalId', 'babelforce:unknown'),
				agentChange: 'unassign',
				options: { notFound: 'goOn' },
			},
			{ items: itemsOf(input) },
		);
		expect(result.items.map(({ json }) => json)).toEqual([{ ...input, found: false }]);
		expect(
			only(await update({ options: { notFound: 'goOn' }, updateFields: { priority: 1 } })),
		).toMatchObject({
			found: true,
			priority: 1,
		});
	});

	it('still fails when told to go on and something else is wrong', async () => {
		standIn.faults.add({ method: 'PATCH', fault: { kind: 'status', status: 403 } });
		const { error } = await update({ options: { notFound: 'goOn' }, updateFields: { priority: 1 } });
		expect(error?.httpCode).toBe('403');
	});

	it('sends a conversation that does not exist to the error output, with the incoming fields', async () => {
		const result = await update(
			{ conversation: locator('externalId', 'babelforce:unknown'), updateFields: { priority: 1 } },
			{ onError: 'continueErrorOutput', items: [{ json: { callId: 'unknown', from: 'x' } }] },
		);
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(result.errorItems).toHaveLength(1);
		expect(result.errorItems[0]).toMatchObject({
			json: { callId: 'unknown', from: 'x', error: { httpCode: '404', kind: 'notFound' } },
			pairedItem: { item: 0 },
		});
		expect(result.errorItems[0]?.json.error).toHaveProperty(
			'message',
			expect.stringMatching(/conversation/i),
		);
	});
});

describe('conversation: get, get many, find open', () => {
	it('gets by id and by external id', async () => {
		const created = await create();
		const byExternalId = await run(standIn, 'conversation.get', {
			conversation: locator('externalId', EXTERNAL_ID),
		});
		const byId = await run(standIn, 'conversation.get', { conversation: locator('id', String(created.id)) });
		expect(only(byExternalId).id).toBe(created.id);
		expect(only(byId).externalId).toBe(EXTERNAL_ID);
	});

	it('says that there is none with this external id', async () => {
		const { error } = await run(standIn, 'conversation.get', { conversation: locator('externalId', 'x:1') });
		expect(error).toMatchObject({
			message: 'Kustomer has no conversation with this external ID.',
			httpCode: '404',
		});
	});

	it('lists those of one customer, and those of all', async () => {
		await create();
		const ofOne = await run(standIn, 'conversation.getMany', {
			customer: locator('id', jonas.id),
			returnAll: true,
		});
		expect(ofOne.items.every(({ json }) => json.customerId === jonas.id)).toBe(true);
		expect(ofOne.items).toHaveLength(standIn.store.conversationsOf(jonas.id).length);
		const ofAll = await run(standIn, 'conversation.getMany', { returnAll: true });
		expect(ofAll.items).toHaveLength(standIn.store.conversations.size);
	});

	it('C6: finds only a conversation that is open', async () => {
		await create({
			customer: locator('id', maria.id),
			externalId: 'a:1',
			additionalFields: { status: 'done' },
		});
		const before = only(await run(standIn, 'conversation.findOpen', { customer: locator('id', maria.id) }));
		expect(before).toMatchObject({ found: false, matches: 0 });
		const open = await create({ customer: locator('id', maria.id), externalId: 'a:2' });
		const after = only(await run(standIn, 'conversation.findOpen', { customer: locator('id', maria.id) }));
		expect(after).toMatchObject({ found: true, matches: 1, id: open.id, status: 'open' });
		const filtered = only(
			await run(standIn, 'conversation.findOpen', {
				customer: locator('id', maria.id),
				filters: { externalIdPrefix: 'b:', maxAgeHours: 1, channel: 'voice', attributeName: 'callIdStr' },
			}),
		);
		expect(filtered.found).toBe(false);
	});
});
