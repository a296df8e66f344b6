import fc from 'fast-check';

import { addressOf, pageOf, SEARCH_PATH } from '../../../lib/kustomer/web-app';
import { CONVERSATION_ID, CUSTOMER_ID, thrown } from './scripted';

const HOST = 'https://acme.kustomerapp.com';

describe('pages of the web app', () => {
	it('U2: are those of a customer, and of a conversation of the customer', () => {
		expect(pageOf(HOST, { customerId: CUSTOMER_ID })).toBe(`${HOST}/app/customers/${CUSTOMER_ID}`);
		expect(pageOf(HOST, { customerId: CUSTOMER_ID, conversationId: CONVERSATION_ID })).toBe(
			`${HOST}/app/customers/${CUSTOMER_ID}/event/${CONVERSATION_ID}`,
		);
	});

	it.each(['', '../users', 'https://evil.example', `${CUSTOMER_ID}\r\nX: y`])(
		'X16: are refused for an id that is none: %j',
		(customerId) => {
			expect(thrown(() => pageOf(HOST, { customerId })).parameter).toBe('customerId');
		},
	);
});

describe('the address of a search', () => {
	it('U3: carries the number, encoded', () => {
		expect(addressOf(HOST, SEARCH_PATH, { search: '+4930901820' })).toBe(
			`${HOST}/app/search?q=%2B4930901820`,
		);
		expect(addressOf(HOST, '/app/new?phone={phone}&email={email}', { phone: '+1' })).toBe(
			`${HOST}/app/new?phone=%2B1&email=`,
		);
	});

	it.each([
		'https://evil.example/{search}',
		'//evil.example/{search}',
		'/\\evil.example',
		'\\\\evil.example',
		'javascript:alert(1)',
		'app/search',
		'',
		'/app\r\nLocation: https://evil.example',
		'/app search',
		`/${'a'.repeat(600)}`,
	])('X16: is refused when its path is none on the own host: %j', (path) => {
		expect(thrown(() => addressOf(HOST, path, {})).advice).toContain(SEARCH_PATH);
	});

	it('X16: is on the own host, in one line and short, whatever is searched for', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (search) => {
				const address = addressOf(HOST, SEARCH_PATH, { search });
				expect(new URL(address).origin).toBe(HOST);
				expect(address).toMatch(/^[\x21-\x7e]{1,3000}$/);
			}),
		);
	});
});
