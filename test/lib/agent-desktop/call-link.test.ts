import { callLinkAt, openCallLink, type CallLink } from '../../../lib/agent-desktop/call-link';
import { callPage } from '../../../lib/agent-desktop/call-page';
import { makeCallLink } from '../../../lib/agent-desktop/make-call-link';
import { useCallLink } from '../../../lib/agent-desktop/use-call-link';
import { sign } from '../../../lib/webhooks/signed-text';
import {
	answer,
	conflict,
	CONVERSATION_ID,
	CUSTOMER_ID,
	inputFailure,
	object,
	ok,
	Script,
	USER_A,
	USER_B,
} from '../kustomer/scripted';

const SECRET = 'a-secret-of-enough-letters';
const LINK: CallLink = {
	conversationId: CONVERSATION_ID,
	customerId: CUSTOMER_ID,
	phone: '+4930901820',
	agentEmail: 'ana@example.com',
};
const ADDRESS = 'https://n8n.example.com/webhook/click-to-call';
const HOUR = 3_600_000;

const linkIn = (address: string) => new URL(address).searchParams.get('link');

/** A conversation of the customer, assigned to these users. */
const conversation = (assignedUsers: string[], customer: string | undefined = CUSTOMER_ID) =>
	answer(200, {
		data: {
			...object('conversation', CONVERSATION_ID, { status: 'open', assignedUsers }).data,
			relationships: customer === undefined ? {} : { customer: { data: { type: 'customer', id: customer } } },
		},
	});
const customer = (...phones: string[]) => ok.customer({ phones: phones.map((phone) => ({ phone })) });
const user = (email: string) => answer(200, object('user', USER_A, { email }));

describe('a call link', () => {
	it('C24: is signed, and holds whom to call, from where, and for whom', () => {
		const address = callLinkAt(new URL(`${ADDRESS}?team=a`), LINK, HOUR, SECRET);
		expect(address.startsWith(`${ADDRESS}?team=a&link=`)).toBe(true);
		expect(openCallLink(linkIn(address), SECRET, 0)).toEqual({
			...LINK,
			id: expect.any(String),
			endsAt: HOUR,
		});
	});

	it.each([
		['no conversation', { ...LINK, conversationId: 'x' }],
		['no customer', { ...LINK, customerId: '' }],
		['no number', { ...LINK, phone: '112' }],
		['no agent', { ...LINK, agentEmail: 'ana' }],
	])('X16: that was signed here and names %s is none', (_, link) => {
		expect(openCallLink(sign('call', { ...link }, HOUR, SECRET), SECRET, 0)).toEqual({
			refused: 'unreadable',
		});
	});
});

describe('making a call link', () => {
	const input = { conversation: { id: CONVERSATION_ID }, address: ADDRESS, hours: 8 };

	it('C24: for the agent of the conversation, to the first number that can be called', async () => {
		const script = new Script(conversation([USER_A]), customer('12', '+4930901820'), user('Ana@Example.com'));
		const client = script.client();
		const made = await makeCallLink(client, input, SECRET);
		expect(made).toMatchObject({
			outcome: 'made',
			agentEmail: 'ana@example.com',
			conversationId: CONVERSATION_ID,
		});
		expect(openCallLink(linkIn(made.link ?? ''), SECRET, client.clock.now())).toMatchObject(LINK);
		expect(made.note).toContain(made.link);
		expect(script.lines).toEqual([
			`GET /v1/conversations/${CONVERSATION_ID}`,
			`GET /v1/customers/${CUSTOMER_ID}`,
			`GET /v1/users/${USER_A}`,
		]);
	});

	it('C24: for the agent and to the number that are named', async () => {
		const script = new Script(conversation([]), customer());
		const named = { ...input, phone: '030 901820', defaultCountry: 'DE', agentEmail: 'ana@example.com' };
		const made = await makeCallLink(script.client(), named, SECRET);
		expect(openCallLink(linkIn(made.link ?? ''), SECRET, script.clock.now())).toMatchObject(LINK);
	});

	it.each([
		['is assigned to nobody', [conversation([]), customer('+4930901820')], /assigned to nobody/],
		['is assigned to two', [conversation([USER_A, USER_B]), customer('+4930901820')], /or to several/],
		['belongs to a customer without a number', [conversation([USER_A]), customer()], /no phone number/],
		[
			'has an agent without an address',
			[conversation([USER_A]), customer('+4930901820'), user('')],
			/no agent is named/,
		],
	])('C24: none is made for a conversation that %s', async (_, answers, reason) => {
		const made = await makeCallLink(new Script(...answers).client(), input, SECRET);
		expect(made).toMatchObject({ outcome: 'notMade', reason: expect.stringMatching(reason) as string });
		expect(made).not.toHaveProperty('link');
	});

	it.each([
		'',
		'n8n',
		'http://n8n.example.com/x',
		'javascript:alert(1)',
		'https://user:pass@n8n.example.com/x',
	])('X16: leads to an https address only: %j', async (address) => {
		const failed = await inputFailure(makeCallLink(new Script().client(), { ...input, address }, SECRET));
		expect(failed.parameter).toBe('linkAddress');
	});

	it.each([0, -1, 1000, Number.NaN])('X16: does not hold for %d hours', async (hours) => {
		const failed = await inputFailure(makeCallLink(new Script().client(), { ...input, hours }, SECRET));
		expect(failed.parameter).toBe('hours');
	});
});

describe('using a call link', () => {
	const text = (endsAt: number) => sign('call', { ...LINK }, endsAt, SECRET);
	const far = (script: Script) => script.clock.now() + HOUR;

	it('C24: asks first, and nothing is sent', async () => {
		const script = new Script();
		const used = await useCallLink(script.client(), { link: text(far(script)), start: false }, SECRET);
		expect(used).toMatchObject({
			outcome: 'ask',
			page: expect.stringContaining('<form method="post">') as string,
		});
		expect(used).not.toHaveProperty('phone');
	});

	it('C24: starts one call, and the note of it is what makes it one', async () => {
		const script = new Script(ok.note(), conflict);
		const client = script.client();
		const input = { link: text(far(script)), start: true };
		expect(await useCallLink(client, input, SECRET)).toMatchObject({ outcome: 'start', ...LINK });
		const again = await useCallLink(client, input, SECRET);
		expect(again).toMatchObject({ outcome: 'refused', reason: 'The link was used before.' });
		expect(again).not.toHaveProperty('phone');
		expect([script.body(0).id, script.body(0).id]).toEqual([
			script.body(1).id,
			expect.stringMatching(/^[0-9a-f]{24}$/),
		]);
	});

	it('C24: calls nobody when it cannot tell whether an attempt before has done so', async () => {
		const script = new Script(answer(502, {}), conflict);
		const used = await useCallLink(script.client(), { link: text(far(script)), start: true }, SECRET);
		expect(used).toMatchObject({ outcome: 'refused', reason: 'The link was used before.' });
	});

	it.each([
		['that has ended', (script: Script) => text(script.clock.now()), 'This link has ended'],
		[
			'of another secret',
			(script: Script) => sign('call', { ...LINK }, far(script), 'x'.repeat(20)),
			'This link is not valid',
		],
		['that was cut', (script: Script) => text(far(script)).slice(0, -5), 'This is no call link'],
		['that is missing', () => undefined, 'This is no call link'],
		['of script', () => '<script>alert(1)</script>', 'This is no call link'],
	])('C24: refuses a link %s with a page that says so, and sends nothing', async (_, link, title) => {
		const script = new Script();
		const used = await useCallLink(script.client(), { link: link(script), start: true }, SECRET);
		expect(used).toMatchObject({
			outcome: 'refused',
			page: expect.stringContaining(`<h1>${title}</h1>`) as string,
		});
		expect(used.page).not.toContain('<script');
	});
});

describe('the pages of call links', () => {
	it('X16: show every value as text', () => {
		const page = callPage('ask', [['Agent', `"><img src=x onerror='alert(1)'>&`]]);
		expect(page).toContain('&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;');
		expect(page).not.toContain('<img');
	});
});
