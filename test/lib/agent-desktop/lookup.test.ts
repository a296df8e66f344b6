import fc from 'fast-check';

import { readLookup, type LookupRules, type LookupValues } from '../../../lib/agent-desktop/lookup';

const RULES: LookupRules = { ownNumbers: ['+49 30 2312 5000'], externalIdPrefix: '' };
const KUSTOMER_ID = '5f3a0000000000000000aaaa';
const read = (values: LookupValues, rules: Partial<LookupRules> = {}) =>
	readLookup(values, { ...RULES, ...rules });

describe('what a lookup URL tells', () => {
	it.each([
		['+1 222 333 4444', undefined],
		['+12223334444', undefined],
		[' 12223334444', undefined],
		['2223334444', 'US'],
		['(222) 333-4444', 'US'],
	])('U2: the number written as %j', (phone, defaultCountry) => {
		expect(read({ phone }, { defaultCountry }).phone).toBe('+12223334444');
	});

	it('U2: every variable of a phone session', () => {
		expect(
			read({
				phone: '+4930901820',
				menuPath: 'Orders/Delivery',
				menuId: 26,
				channel: 'voice_call',
				type: 'IVR_Call',
			}),
		).toEqual({
			phone: '+4930901820',
			queues: ['Orders/Delivery', '26'],
			channels: ['voice'],
			words: { search: '+4930901820', phone: '+4930901820' },
			leftOut: [],
		});
	});

	it('U2, G11: every variable of a session in an app', () => {
		expect(
			read({
				customUserId: 'shop-7',
				email: 'Kim@Example.com',
				channel: 'chat',
				type: 'Mobile',
				sessionId: '987',
			}),
		).toEqual({
			externalId: 'shop-7',
			email: 'kim@example.com',
			session: 'ccaip:chat-987',
			queues: [],
			channels: ['chat'],
			words: { search: 'kim@example.com', email: 'kim@example.com', userId: 'shop-7' },
			leftOut: [],
		});
	});

	it.each([
		['IncomingCall(app)', ['voice']],
		['ScheduledCall(app)', ['voice']],
		['IncomingCall(web)', ['voice']],
		['ScheduledCall(web)', ['voice']],
		['Outbound_Call', ['voice']],
		['OutboundCall(api)', ['voice']],
		['IncomingCall(api)', ['voice']],
		['IVR_Call', ['voice']],
		['IVRCall(app)', ['voice']],
		['Voicemail', ['voice']],
		['Mobile', ['chat']],
		['Web', ['chat']],
		['SMS', ['sms']],
	])('U2: the type %s tells the channel', (type, channels) => {
		expect(read({ type }).channels).toEqual(channels);
		expect(read({ type, channel: channels[0] === 'voice' ? 'voice_call' : 'chat' }).channels).toEqual(
			channels,
		);
	});

	it('U3: an account ID that the platform has made up is left out, and the number stays', () => {
		const lookup = read({ accountId: 'temp-88213', phone: '+4930901820' });
		expect(lookup).not.toHaveProperty('accountId');
		expect(lookup).toMatchObject({ phone: '+4930901820', leftOut: ['accountId'] });
		expect(read({ accountId: KUSTOMER_ID.toUpperCase() }).accountId).toBe(KUSTOMER_ID);
	});

	it('U2: variables that nobody has replaced, and empty ones, tell nothing and are no mistake', () => {
		const values = {
			phone: '{ANI}',
			email: '{EMAIL}',
			customUserId: '%7BCUID%7D',
			menuPath: '',
			menuId: ' ',
			accountId: null,
			recordId: undefined,
		};
		expect(read(values)).toEqual({ queues: [], channels: [], words: {}, leftOut: [] });
	});

	it.each([
		['phone', 'anonymous'],
		['phone', '+49 30 2312 5000'],
		['email', 'kim at example.com'],
		['customUserId', 'null'],
		['customUserId', 'x'.repeat(300)],
		['recordId', '../../users'],
		['recordId', `${KUSTOMER_ID}\r\nX: y`],
		['sessionId', 'javascript:alert(1)//'],
		['sessionId', '12 34'],
		['channel', 'pigeon'],
		['phone', { $ne: 1 }],
		['email', ['', {}]],
	] as const)('X16: %s with %j is left out by its name', (name, value) => {
		expect(read({ [name]: value }).leftOut).toEqual([name]);
	});

	it('X16: of a value that is there twice, the first that says something counts', () => {
		expect(read({ email: ['', '{EMAIL}', 'kim@example.com', 'eve@example.com'] }).email).toBe(
			'kim@example.com',
		);
	});

	it('U2: a number alone names no session as long as nothing says whether it is a call or a chat', () => {
		expect(read({ sessionId: '12' }).leftOut).toEqual(['sessionId']);
		expect(read({ sessionId: '12', channel: 'voice_call' }, { externalIdPrefix: 'eu-' }).session).toBe(
			'eu-ccaip:call-12',
		);
		expect(read({ sessionId: 'babelforce:7c3f' }).session).toBe('babelforce:7c3f');
	});

	it('X16: nothing that anybody writes makes it throw, or says more than it may', () => {
		const anything = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 12_000 }),
			fc.jsonValue(),
			fc.constant(undefined),
		);
		const names = [
			'phone',
			'email',
			'customUserId',
			'accountId',
			'recordId',
			'sessionId',
			'menuPath',
			'menuId',
			'channel',
			'type',
		];
		fc.assert(
			fc.property(fc.tuple(...names.map(() => anything)), (values) => {
				const lookup = read(Object.fromEntries(names.map((name, index) => [name, values[index]])));
				for (const id of [lookup.accountId, lookup.recordId]) {
					if (id !== undefined) expect(id).toMatch(/^[0-9a-f]{24}$/);
				}
				if (lookup.phone !== undefined) expect(lookup.phone).toMatch(/^\+\d{5,15}$/);
			}),
		);
	});
});
