import type { CreateMessageInput } from '../../../../lib/kustomer/inputs';
import { createMessage } from '../../../../lib/kustomer/operations/create-message';
import { createNote } from '../../../../lib/kustomer/operations/create-note';
import { updateMessage } from '../../../../lib/kustomer/operations/update-message';
import { ownId } from '../../../../lib/kustomer/own-id';
import {
	CONVERSATION_ID,
	CUSTOMER_ID,
	Script,
	answer,
	conflict,
	inputFailure,
	kustomerFailure,
	notFound,
	ok,
	unknownAttribute,
} from '../scripted';

const EXTERNAL_ID = 'babelforce:1';
const OWN_CONVERSATION = ownId('conversation', EXTERNAL_ID);
const OWN_MESSAGE = ownId('message', EXTERNAL_ID);

describe('create note', () => {
	it('X1: with a key it is written once, and a conflict is not read', async () => {
		const script = new Script(ok.note('n1'), conflict);
		const input = { target: { externalId: EXTERNAL_ID }, chooseId: true, note: { body: 'x', key: 'k' } };
		const id = ownId('note', `${OWN_CONVERSATION}:k`);
		expect(await createNote(script.client(), input)).toMatchObject({
			noteId: 'n1',
			created: true,
			note: { id: 'n1' },
		});
		expect(await createNote(script.client(), input)).toEqual({ noteId: id, created: false, note: undefined });
		expect(script.lines).toEqual(
			Array.from({ length: 2 }, () => `POST /v1/conversations/${OWN_CONVERSATION}/notes`),
		);
		expect(script.body(0).id).toBe(id);
	});

	it('X6: with a key it is repeated after 500', async () => {
		const script = new Script(answer(500), ok.note());
		await createNote(script.client(), {
			target: { id: CONVERSATION_ID },
			chooseId: true,
			note: { body: 'x', key: 'k' },
		});
		expect(script.requests).toHaveLength(2);
	});

	it('B2: when Kustomer chose another id, the note goes to the conversation with the external id', async () => {
		const script = new Script(notFound, ok.conversation(), ok.note());
		await createNote(script.client(), {
			target: { externalId: EXTERNAL_ID },
			chooseId: true,
			note: { body: 'x', key: 'k' },
		});
		expect(script.lines.at(-1)).toBe(`POST /v1/conversations/${CONVERSATION_ID}/notes`);
		expect(script.body(2).id).toBe(ownId('note', `${CONVERSATION_ID}:k`));
	});

	it('B2: says that the conversation is not there', async () => {
		const script = new Script(notFound, notFound);
		const error = await kustomerFailure(
			createNote(script.client(), {
				target: { externalId: EXTERNAL_ID },
				chooseId: true,
				note: { body: 'x' },
			}),
		);
		expect(error).toMatchObject({ kind: 'notFound', parameter: 'target.externalId' });
	});

	it('a refusal for another reason is raised', async () => {
		const script = new Script(answer(400, { errors: [{ title: 'Invalid type' }] }));
		const error = await kustomerFailure(
			createNote(script.client(), {
				target: { id: CONVERSATION_ID },
				chooseId: true,
				note: { body: 'x', key: 'k' },
			}),
		);
		expect(error.kind).toBe('badRequest');
	});
});

const message = (changes: Partial<CreateMessageInput> = {}): CreateMessageInput => ({
	channel: 'voice',
	app: 'babelforce',
	target: { id: CONVERSATION_ID },
	externalId: EXTERNAL_ID,
	chooseId: true,
	unknownAttributes: 'stop',
	...changes,
});

const send = (script: Script, changes?: Parameters<typeof message>[0]) =>
	createMessage(script.client(), message(changes));

describe('create message', () => {
	it('records it in the conversation in one request, with our own id', async () => {
		const script = new Script(ok.message());
		const result = await send(script, {
			direction: 'in',
			subject: 'Call 🎉',
			preview: 'x',
			status: 'received',
			sentAt: '2026-01-31',
			meta: { from: 'a' },
			custom: { waitNum: '3' },
		});
		expect(script.lines).toEqual([`POST /v1/conversations/${CONVERSATION_ID}/messages`]);
		expect(script.body(0)).toEqual({
			id: OWN_MESSAGE,
			externalId: EXTERNAL_ID,
			channel: 'voice',
			app: 'babelforce',
			direction: 'in',
			subject: 'Call 🎉',
			preview: 'x',
			status: 'received',
			sentAt: '2026-01-31T00:00:00.000Z',
			meta: { from: 'a' },
			custom: { waitNum: 3 },
		});
		expect(result).toMatchObject({ created: true, leftOut: [] });
	});

	it('records it for a customer', async () => {
		const script = new Script(ok.message());
		await send(script, { target: { customerId: CUSTOMER_ID } });
		expect(script.lines).toEqual([`POST /v1/customers/${CUSTOMER_ID}/messages`]);
	});

	it('X1: a conflict means that it is there', async () => {
		const script = new Script(conflict, notFound, ok.message());
		const result = await send(script);
		expect(script.lines.slice(1)).toEqual([
			`GET /v1/messages/${OWN_MESSAGE}`,
			'GET /v1/messages/externalId=babelforce%3A1',
		]);
		expect(result.created).toBe(false);
	});

	it('says that there is no such customer', async () => {
		const error = await kustomerFailure(send(new Script(notFound), { target: { customerId: CUSTOMER_ID } }));
		expect(error).toMatchObject({ kind: 'notFound', parameter: 'target.customerId' });
	});

	it('B4: unknown attributes of messages are left out when wanted', async () => {
		const script = new Script(unknownAttribute('aStr'), ok.message());
		const result = await send(script, { custom: { aStr: 'x' }, unknownAttributes: 'leaveOut' });
		expect(result.leftOut).toEqual(['aStr']);
	});

	it.each([
		['channel', { channel: '' as never }],
		['app', { app: ' ' }],
		['target.customerId', { target: { customerId: 'x' } }],
		['custom.aNum', { custom: { aNum: 'x' } }],
	])('refuses a bad %s before anything is sent', async (parameter, changes) => {
		const script = new Script();
		const error = await inputFailure(send(script, changes));
		expect(error.parameter).toBe(parameter);
		expect(script.requests).toHaveLength(0);
	});
});

describe('update message', () => {
	const base = { chooseId: true, unknownAttributes: 'stop' as const };

	it('by external id takes one request', async () => {
		const script = new Script(ok.message());
		const result = await updateMessage(script.client(), {
			...base,
			target: { externalId: EXTERNAL_ID },
			status: 'received',
			custom: { waitNum: '3' },
		});
		expect(script.lines).toEqual([`PATCH /v1/messages/${OWN_MESSAGE}`]);
		expect(script.body(0)).toEqual({ status: 'received', custom: { waitNum: 3 } });
		expect(result.created).toBe(false);
	});

	it('looks the message up when Kustomer chose another id, or when ids are not chosen', async () => {
		const later = new Script(notFound, ok.message(), ok.message());
		await updateMessage(later.client(), { ...base, target: { externalId: EXTERNAL_ID }, status: 'sent' });
		expect(later.lines.at(-1)).toBe('PATCH /v1/messages/5f3a0000000000000000ffff');
		const first = new Script(ok.message(), ok.message());
		await updateMessage(first.client(), {
			...base,
			chooseId: false,
			target: { externalId: EXTERNAL_ID },
			status: 'sent',
		});
		expect(first.lines[0]).toBe('GET /v1/messages/externalId=babelforce%3A1');
	});

	it.each([
		[{ externalId: EXTERNAL_ID }, [notFound, notFound], 'external ID'],
		[{ id: CONVERSATION_ID }, [notFound], 'ID'],
	])('says that there is no such message: %j', async (target, steps, words) => {
		const error = await kustomerFailure(
			updateMessage(new Script(...steps).client(), { ...base, target, status: 'sent' }),
		);
		expect(error.message).toBe(`Kustomer has no message with this ${words}.`);
	});

	it('with nothing to write it only reads', async () => {
		const script = new Script(ok.message());
		await updateMessage(script.client(), { ...base, target: { id: CONVERSATION_ID } });
		expect(script.lines).toEqual([`GET /v1/messages/${CONVERSATION_ID}`]);
	});

	it('refuses an empty target', async () => {
		const error = await inputFailure(
			updateMessage(new Script().client(), { ...base, target: { externalId: '' }, status: 'sent' }),
		);
		expect(error.parameter).toBe('target.externalId');
	});

	it('raises a refusal', async () => {
		const error = await kustomerFailure(
			updateMessage(new Script(unknownAttribute('aStr')).client(), {
				...base,
				target: { id: CONVERSATION_ID },
				custom: { aStr: 'x' },
			}),
		);
		expect(error.advice).toContain('Klasses > Message');
	});
});
