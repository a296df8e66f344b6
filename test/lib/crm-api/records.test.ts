import { ccaip } from '../../../lib/platforms/ccaip/platform';
import type { Session } from '../../../lib/domain/session';
import { ANA, KNOWN, UNKNOWN_PHONE, inboundCall, stages, useWorld, writes } from '../session-log/world';
import { SANDBOX } from '../../../sandbox/kustomer';
import { ask, crmSettings } from './crm-world';

const world = useWorld();

let nextId = 5000;
/** What the platform sends when it creates the record of a call. */
function callFields(others: Record<string, string> = {}): Record<string, string> {
	nextId += 1;
	return {
		subject: `Call ${nextId}`,
		description: 'A longer <b>description</b>',
		phone: KNOWN.phone,
		contactId: KNOWN.id,
		sourceType: 'PHONE',
		menu: 'Orders/Delivery',
		direction: 'incoming',
		Call_ID: String(nextId),
		...others,
	};
}

const conversationWith = (id: unknown) => world.standIn.store.conversations.get(id as string);
/** A session event of the platform about the same call. */
const eventOf = (fields: Record<string, string>, facts: Partial<Session> = {}): Session =>
	inboundCall({ id: `call-${fields.Call_ID ?? ''}`, ...facts });

describe('creating a record', () => {
	it('G1: logs the call and answers the record in the documented shape', async () => {
		const fields = callFields();
		const answer = await ask(world.worker(), 'createRecord', fields);
		expect(answer).toMatchObject({
			status: 201,
			body: { subject: fields.subject, status: 'open', contactId: KNOWN.id, phone: KNOWN.phone },
			item: {
				endpoint: 'createRecord',
				outcome: 'created',
				rule: 'G1',
				externalId: `ccaip:call-${fields.Call_ID ?? ''}`,
				conversationId: answer.body.id,
				customerId: KNOWN.id,
			},
		});
		expect(Object.keys(answer.body).sort()).toEqual(['contactId', 'id', 'phone', 'status', 'subject']);
		expect(conversationWith(answer.body.id)).toMatchObject({
			name: fields.subject,
			customerId: KNOWN.id,
			direction: 'in',
		});
		expect(world.notes).toContain('A longer description');
		expect(world.written.messages).toHaveLength(1);
	});

	it('G8, X12: again, at the same time and on another worker, it is one record with one of everything', async () => {
		const fields = callFields();
		const [one, other] = [world.worker('one'), world.worker('other')];
		const answers = await Promise.all(
			[one, one, other, other].map((worker) => ask(worker, 'createRecord', fields)),
		);
		answers.push(await ask(other, 'createRecord', fields));
		expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
		expect(answers.map(({ status }) => status).every((status) => status === 200 || status === 201)).toBe(
			true,
		);
		const { conversations, messages } = world.written;
		expect([conversations.length, messages.length]).toEqual([1, 1]);
		expect(new Set(world.notes).size).toBe(world.notes.length);
	});

	it('X12: a call that the rules would let wait gets a record, and later events of it are the same session', async () => {
		const worker = world.worker();
		const fields = callFields();
		expect((await worker.log(eventOf(fields))).outcome).toBe('waiting');
		const created = await ask(worker, 'createRecord', fields);
		const later = await world.worker('other').log(stages.ended(eventOf(fields)));
		expect(later).toMatchObject({ outcome: 'updated', conversationId: created.body.id });
		expect(world.written.conversations).toHaveLength(1);
		expect(world.written.messages).toHaveLength(1);
	});

	it('X12: a call that session events have told first is that session', async () => {
		const fields = callFields();
		const first = await world.worker().log(stages.assigned(eventOf(fields)));
		const created = await ask(world.worker('other'), 'createRecord', fields);
		expect(created).toMatchObject({
			status: 200,
			body: { id: first.conversationId, subject: fields.subject },
		});
		expect(world.written.conversations).toHaveLength(1);
	});

	it('D7: a title that a person has changed meanwhile stays', async () => {
		const fields = callFields();
		const first = await world.worker().log(stages.assigned(eventOf(fields)));
		world.standIn.store.updateConversation(first.conversationId ?? '', { name: 'Important' }, ANA.id);
		const created = await ask(world.worker('other'), 'createRecord', fields);
		expect(created.body.subject).toBe('Important');
	});

	it.each([
		['Call_ID', '4711', 'ccaip:call-4711'],
		['call_id', 'call-4711', 'ccaip:call-4711'],
		['Chat_ID', '987', 'ccaip:chat-987'],
		['SESSION_ID', '4711', 'ccaip:call-4711'],
		['SESSION_ID', 'chat-987', 'ccaip:chat-987'],
	])('G6, X1: %s %s is the session %s', async (name, value, externalId) => {
		const fields = { contactId: KNOWN.id, subject: 'Hello', [name]: value };
		expect((await ask(world.worker(), 'createRecord', fields)).item.externalId).toBe(externalId);
	});

	it('G6, X1: of a session ID, channel and type say whether it is a call or a chat', async () => {
		const chats = [
			{ sourceType: 'CHAT' },
			{ CHANNEL: 'chat' },
			{ SESSION_TYPE: 'Messaging Inbound (Web Chat)' },
		];
		for (const told of chats) {
			const answer = await ask(world.worker(), 'createRecord', {
				contactId: KNOWN.id,
				SESSION_ID: '55',
				...told,
			} as never);
			expect(answer.item.externalId).toBe('ccaip:chat-55');
			expect(world.written.messages[0]).toMatchObject({ channel: 'chat' });
		}
		const call = await ask(world.worker(), 'createRecord', {
			contactId: KNOWN.id,
			SESSION_ID: '55',
			CHANNEL: 'voice_call',
		});
		expect(call.item.externalId).toBe('ccaip:call-55');
	});

	it('C6, X12: a second call of the same queue joins the open record, one of another queue gets its own', async () => {
		const worker = world.worker();
		const first = await ask(worker, 'createRecord', callFields());
		const second = await ask(worker, 'createRecord', callFields());
		expect(second).toMatchObject({
			status: 200,
			body: { id: first.body.id },
			item: { outcome: 'appended', rule: 'C6' },
		});
		const third = await ask(worker, 'createRecord', callFields({ menu: 'Returns' }));
		expect(third.status).toBe(201);
		const using = crmSettings({ rules: { append: false } });
		expect((await ask(worker, 'createRecord', callFields(), { using })).status).toBe(201);
	});

	it('G1: the customer of an unknown number is created with the record', async () => {
		const { contactId, ...fields } = callFields({ phone: UNKNOWN_PHONE, name: 'Kim' });
		void contactId;
		const answer = await ask(world.worker(), 'createRecord', fields);
		expect(answer.body.phone).toBe(UNKNOWN_PHONE);
		expect(world.standIn.store.customers.get(answer.body.contactId as string)).toMatchObject({ name: 'Kim' });
	});

	it('G1: rating and feedback become the rating of the session, the agent gets the record', async () => {
		const answer = await ask(
			world.worker(),
			'createRecord',
			callFields({ rating: '5', feedback: 'the agent was great!', AGENT_EMAIL: ANA.email }),
		);
		expect(conversationWith(answer.body.id)?.assignedUsers).toEqual([ANA.id]);
		expect(world.notes).toContain('Rating: 5 of 5\nComment: the agent was great!');
		expect(world.written.messages[0]?.custom).toMatchObject({
			csatRatingNum: 5,
			csatCommentTxt: 'the agent was great!',
		});
	});

	it('G8: what cannot be read and can be done without is left out and named', async () => {
		const answer = await ask(
			world.worker(),
			'createRecord',
			callFields({ rating: '9', direction: 'sideways' }),
		);
		expect(answer.status).toBe(201);
		expect(answer.item.leftOut).toEqual(expect.arrayContaining(['rating', 'direction']));
	});

	it('X4, G8: a call between two numbers of the company is refused, not repeated', async () => {
		const [line = ''] = SANDBOX.ownNumbers;
		const answer = await ask(world.worker(), 'createRecord', {
			Call_ID: '1',
			phone: line,
			SUPPORT_PHONE_NUMBER: line,
		});
		expect(answer).toMatchObject({ status: 422, item: { outcome: 'refused' } });
		expect(answer.body.error).toContain("company's own numbers");
	});

	it('G8: an account that does not exist is refused with the name of the parameter, and nobody is created', async () => {
		const before = world.standIn.store.customers.size;
		const answer = await ask(world.worker(), 'createRecord', {
			Call_ID: '1',
			contactId: '5f0c1a2b3d4e5f6071829304',
		});
		expect(answer.status).toBe(422);
		expect(answer.body.error).toContain("'contactId' names no customer");
		expect(world.standIn.store.customers.size).toBe(before);
	});

	describe('without the ID of a session', () => {
		const fields = {
			contactId: KNOWN.id,
			subject: 'Record title',
			description: 'Words',
			sourceType: 'PHONE',
			menu: 'queue1',
		};

		it('G1, G8: the same request is the same record while that is open', async () => {
			const worker = world.worker();
			const answers = await Promise.all([1, 2, 3].map(() => ask(worker, 'createRecord', fields)));
			answers.push(await ask(world.worker('other'), 'createRecord', fields));
			expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
			expect(world.written.messages).toHaveLength(1);
		});

		it('G1: the same words again, once the record is closed, are another one', async () => {
			const worker = world.worker();
			const first = await ask(worker, 'createRecord', fields);
			world.standIn.store.updateConversation(first.body.id as string, { status: 'done' }, ANA.id);
			const second = await ask(worker, 'createRecord', fields);
			expect(second.status).toBe(201);
			expect(second.body.id).not.toBe(first.body.id);
		});

		it('G8: without an account either, it is refused with what to add', async () => {
			const answer = await ask(world.worker(), 'createRecord', { subject: 'Record title' });
			expect(answer.status).toBe(422);
			expect(answer.body.error).toContain("'contactId', 'phone', 'email' and 'callId' have no value");
		});
	});
});

describe('finding a record', () => {
	it('G1: by ID, by the session, and by the account', async () => {
		const worker = world.worker();
		const fields = callFields();
		const { body } = await ask(worker, 'createRecord', fields);
		for (const asked of [
			{ id: body.id as string },
			{ RECORD_ID: body.id as string },
			{ Call_ID: fields.Call_ID ?? '', contactId: KNOWN.id },
			{ contactId: KNOWN.id },
			{ id: KNOWN.id },
			{ phone: KNOWN.phone, sourceType: 'PHONE' },
		]) {
			const answer = await ask(world.worker('other'), 'findRecord', asked as never);
			expect({ asked, status: answer.status, body: answer.body }).toEqual({ asked, status: 200, body });
		}
	});

	it('X12: finds the record that the rules would append the session to, and no other, and writes nothing', async () => {
		const worker = world.worker();
		const { body } = await ask(worker, 'createRecord', callFields());
		const mark = world.mark;
		const same = await ask(worker, 'findRecord', callFields());
		expect(same).toMatchObject({ status: 200, body: { id: body.id }, item: { rule: 'C6' } });
		expect((await ask(worker, 'findRecord', callFields({ menu: 'Returns' }))).status).toBe(404);
		expect((await ask(worker, 'findRecord', callFields({ sourceType: 'CHAT', Call_ID: '' }))).status).toBe(
			404,
		);
		const using = crmSettings({ rules: { append: false } });
		expect((await ask(worker, 'findRecord', callFields(), { using })).status).toBe(404);
		expect((await ask(worker, 'findRecord', { contactId: KNOWN.id }, { using })).status).toBe(404);
		expect(writes(world.requestsSince(mark))).toEqual([]);
	});

	it('D2: a record that was closed within the days that are set is found, and says that it is closed', async () => {
		const worker = world.worker();
		const { body } = await ask(worker, 'createRecord', callFields());
		world.standIn.store.updateConversation(body.id as string, { status: 'done' }, ANA.id);
		expect((await ask(worker, 'findRecord', callFields())).status).toBe(404);
		const using = crmSettings({ rules: { reopenDays: 3 } });
		const answer = await ask(worker, 'findRecord', callFields(), { using });
		expect(answer).toMatchObject({
			status: 200,
			body: { id: body.id, status: 'closed' },
			item: { rule: 'D2' },
		});
	});

	it('G1: an unknown customer has none, and none is created', async () => {
		const before = world.standIn.store.customers.size;
		for (const fields of [
			{ phone: UNKNOWN_PHONE, Call_ID: '9' },
			{ contactId: '5f0c1a2b3d4e5f6071829304' },
			{},
		]) {
			expect((await ask(world.worker(), 'findRecord', fields as never)).status).toBe(404);
		}
		expect(world.standIn.store.customers.size).toBe(before);
	});
});

describe('updating a record', () => {
	it('G1: title, rating, end, queue and who it is become facts of the session, told twice they change nothing', async () => {
		const worker = world.worker();
		const fields = callFields();
		const { body } = await ask(worker, 'createRecord', fields);
		const update = {
			id: body.id as string,
			Call_ID: fields.Call_ID ?? '',
			subject: 'Another title',
			description: 'More words',
			RATING: '4',
			CALL_DURATION: '02:35',
			HOLD_TIME: '00:20',
			WAIT_TIME: '01:05',
			QUEUE_NAME: 'Delivery',
			DISCONNECTED_BY: 'end_user',
			CUSTOM_USER_ID: 'u-77',
		};
		const answer = await ask(worker, 'updateRecord', update);
		expect(answer).toMatchObject({
			status: 200,
			body: { id: body.id, subject: 'Another title', status: 'open' },
		});
		expect(world.written.messages[0]?.custom).toMatchObject({
			callDurationNum: 155,
			holdTimeNum: 20,
			waitTimeNum: 65,
			csatRatingNum: 4,
			queueNameStr: 'Delivery',
		});
		expect(world.notes).toEqual(expect.arrayContaining(['More words', 'Rating: 4 of 5']));
		const picture = world.picture;
		await ask(worker, 'updateRecord', update);
		await ask(world.worker('other'), 'updateRecord', update);
		expect(world.picture).toEqual(picture);
	});

	it('G1: the ID of the record alone leads to its session', async () => {
		const worker = world.worker();
		const { body } = await ask(worker, 'createRecord', callFields());
		await ask(world.worker('other'), 'updateRecord', { id: body.id as string, rating: '3' });
		expect(world.written.messages).toHaveLength(1);
		expect(world.written.messages[0]?.custom).toMatchObject({ csatRatingNum: 3 });
	});

	it('G1: on a conversation of somebody else title, description and rating are written, once', async () => {
		const created = world.standIn.store.createConversation(
			KNOWN.id,
			{ name: 'By hand', status: 'open' },
			ANA.id,
		);
		const worker = world.worker();
		const update = { id: created.id, title: 'New title', description: 'Words', rating: '2' };
		const answer = await ask(worker, 'updateRecord', update);
		expect(answer).toMatchObject({ status: 200, body: { id: created.id, subject: 'New title' } });
		await ask(world.worker('other'), 'updateRecord', update);
		expect(world.notes).toEqual(['Rating: 2 of 5', 'Words']);
		expect(world.written.messages).toEqual([]);
	});

	it('G8: a record that does not exist is 404, none named is 422', async () => {
		const worker = world.worker();
		const unknown = await ask(worker, 'updateRecord', { id: '5f0c1a2b3d4e5f6071829304', rating: '2' });
		expect(unknown).toMatchObject({
			status: 404,
			body: { error: expect.stringContaining("'id'") as string },
		});
		const none = await ask(worker, 'updateRecord', { id: 'abc', rating: '2' });
		expect(none).toMatchObject({
			status: 422,
			body: { error: expect.stringContaining("'id' is not an ID of Kustomer") as string },
		});
	});

	it('X1: an update that overtakes the creation makes the same record', async () => {
		const fields = callFields();
		const worker = world.worker();
		const updated = await ask(worker, 'updateRecord', { ...fields, rating: '5' });
		const created = await ask(world.worker('other'), 'createRecord', fields);
		expect(created.body.id).toBe(updated.body.id);
		expect(world.written.conversations).toHaveLength(1);
	});

	it('C18: a user who is verified during the chat is found, and the record moves to them', async () => {
		const worker = world.worker();
		const fields = { Chat_ID: '31', sourceType: 'CHAT', subject: 'Chat' };
		const { body } = await ask(worker, 'createRecord', fields);
		const answer = await ask(worker, 'updateRecord', {
			id: body.id as string,
			Chat_ID: '31',
			SDK_IDENTIFIER: KNOWN.externalId,
		});
		expect(answer.body).toMatchObject({ id: body.id, contactId: KNOWN.id });
	});

	it('X1: the names of sessions are those of its session events', () => {
		const { events } = ccaip.parse(
			{
				method: 'POST',
				headers: {},
				query: {},
				body: { type: 'CallState', call_id: 4711, state: 'connected' },
			},
			{ sourceName: 'ccaip', sessionIdFrom: 'call' },
		);
		expect(events[0]?.session.id).toBe('call-4711');
	});
});
