import { findPage, type FindPageInput } from '../../../lib/agent-desktop/find-page';
import type { LookupValues } from '../../../lib/agent-desktop/lookup';
import { observe } from '../../../lib/domain/session-record';
import { metaOf, nothingDone } from '../../../lib/session-log/stored-session';
import {
	answer,
	CONVERSATION_ID,
	CUSTOMER_ID,
	inputFailure,
	notFound,
	object,
	ok,
	Script,
} from '../kustomer/scripted';

const HOST = 'https://acme.kustomerapp.com';
const PAGE = `${HOST}/app/customers/${CUSTOMER_ID}`;
const TEMPORARY = '5f3a00000000000000009999';

const input = (values: LookupValues, more: Partial<FindPageInput> = {}): FindPageInput => ({
	values,
	rules: { ownNumbers: [], externalIdPrefix: '' },
	phoneRules: { lookUp: 'automatic' },
	severalMatches: 'mostRecentlyActive',
	...more,
});
const client = (script: Script) => script.client({ webBaseUrl: HOST });

/** A conversation as lists have it. */
const conversation = (id: string, attributes: object = {}) =>
	object('conversation', id, { status: 'open', channels: ['voice'], ...attributes }).data;
/** The message of a session of a queue. */
const sessionMessage = (menuPath: string[]) => ({
	...object('message', '5f3a0000000000000000ffff', {
		channel: 'voice',
		externalId: 'ccaip:call-1',
		meta: metaOf(
			{
				record: observe({ source: 'ccaip', id: 'call-1', channel: 'voice', endUser: {}, menuPath }, 0),
				done: nothingDone(),
				appended: false,
				newCustomer: false,
				anonymous: false,
			},
			{},
		).meta,
	}).data,
	relationships: { conversation: { data: { type: 'conversation', id: CONVERSATION_ID } } },
});

describe('the page for a lookup URL', () => {
	it('U2: is the customer with the number', async () => {
		const script = new Script(ok.customer());
		expect(await findPage(client(script), input({ phone: '+4930901820' }))).toEqual({
			address: PAGE,
			found: 'customer',
			customerId: CUSTOMER_ID,
			matchedBy: 'phone',
			reason: 'Found by phone number.',
			leftOut: [],
		});
		expect(script.lines).toEqual(['GET /v1/customers/phone=%2B4930901820']);
	});

	it('G11: is the conversation that the record ID names, before anything else', async () => {
		const found = object('conversation', CONVERSATION_ID, { status: 'done' });
		const script = new Script(
			answer(200, {
				data: { ...found.data, relationships: { customer: { data: { type: 'customer', id: CUSTOMER_ID } } } },
			}),
		);
		const result = await findPage(client(script), input({ recordId: CONVERSATION_ID, phone: '+4930901820' }));
		expect(result).toMatchObject({ address: `${PAGE}/event/${CONVERSATION_ID}`, matchedBy: 'recordId' });
		expect(script.requests).toHaveLength(1);
	});

	it('U3: with an account ID that Kustomer does not know, the number finds the customer', async () => {
		const script = new Script(notFound, ok.customer());
		const result = await findPage(client(script), input({ accountId: TEMPORARY, phone: '+4930901820' }));
		expect(result).toMatchObject({ found: 'customer', matchedBy: 'phone' });
	});

	it('U3: of somebody who is not known is the search, with the number filled in', async () => {
		const script = new Script(notFound, notFound);
		const result = await findPage(client(script), input({ accountId: TEMPORARY, phone: '+4930901820' }));
		expect(result).toEqual({
			address: `${HOST}/app/search?q=%2B4930901820`,
			found: 'nobody',
			reason: 'Nobody in Kustomer has what the address tells.',
			leftOut: [],
		});
		expect(JSON.stringify(result.reason)).not.toContain('4930');
	});

	it('G12: of nobody at all asks nothing, and is the search', async () => {
		const script = new Script();
		const result = await findPage(
			client(script),
			input({ phone: '{ANI}' }, { unknownPath: '/app/customers' }),
		);
		expect(result).toMatchObject({ address: `${HOST}/app/customers`, found: 'nobody' });
	});

	it('X9: cannot be told without the organization of the credential', async () => {
		const failed = await inputFailure(findPage(new Script().client(), input({ phone: '+4930901820' })));
		expect(failed.advice).toContain('organization');
	});

	it.each(['Orders/Delivery', 'orders > delivery', 'Delivery'])(
		"U2: is the customer's open conversation of the queue %s",
		async (menuPath) => {
			const script = new Script(
				ok.customer(),
				ok.list(
					conversation('5f3a0000000000000000bb09', { updatedAt: '2026-11-02T00:00:00Z' }),
					conversation(CONVERSATION_ID),
				),
				ok.list(sessionMessage(['Returns'])),
				ok.list(sessionMessage(['Orders', 'Delivery'])),
			);
			const result = await findPage(
				client(script),
				input({ phone: '+4930901820', menuPath, channel: 'voice_call' }),
			);
			expect(result).toMatchObject({
				found: 'conversation',
				address: `${PAGE}/event/${CONVERSATION_ID}`,
				reason: 'Found by phone number, with an open conversation of the queue.',
			});
		},
	);

	it('U2: a queue in which the customer has no open conversation leads to the customer', async () => {
		const script = new Script(
			ok.customer(),
			ok.list(conversation(CONVERSATION_ID)),
			ok.list(sessionMessage(['Returns'])),
		);
		const result = await findPage(
			client(script),
			input({ phone: '+4930901820', menuPath: 'Orders/Delivery', channel: 'voice_call' }),
		);
		expect(result).toMatchObject({ found: 'customer', address: PAGE });
	});

	it('U2: done, snoozed and deleted conversations, and those of another channel, are not looked at', async () => {
		const script = new Script(
			ok.customer(),
			ok.list(
				conversation('5f3a0000000000000000bb01', { status: 'done' }),
				conversation('5f3a0000000000000000bb02', { status: 'snoozed' }),
				conversation('5f3a0000000000000000bb03', { deleted: true }),
				conversation('5f3a0000000000000000bb04', { channels: ['email'] }),
			),
		);
		const result = await findPage(
			client(script),
			input({ phone: '+4930901820', menuPath: 'Orders', channel: 'voice_call' }),
		);
		expect(result.found).toBe('customer');
		expect(script.requests).toHaveLength(2);
	});
});
