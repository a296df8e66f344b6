import fc from 'fast-check';
import { redact } from '../../../lib/http/redact';

describe('redact', () => {
	it.each([
		['call +49 30 1234567 now', 'call [number] now'],
		['(222) 333-4444', '[number]'],
		['phone=%2B18005551212', 'phone=[number]'],
		['٠١٠٠١٢٣٤٥٦٧', '[number]'],
		['to=+49%2030%201234567&x', 'to=[number]&x'],
		['%2B49%2030%2012%2034%2056%2078', '[number]'],
		['%252B49%252030%25201234567', '[number]'],
		['+49%C2%A030%C2%A01234567', '[number]'],
		['+49%E2%80%9130%E2%80%911234567', '[number]'],
		['+49&nbsp;30&#160;1234567', '[number]'],
		['+49–30‑1234567', '[number]'],
		['+49 (0) 30 / 12 34 56', '[number]'],
		['49_30_1234567', '[number]'],
		['+4\u200b93\u200b012\u200b34567', '[number]'],
		['４９３０１２３４５６７', '[number]'],
		['the key Ab3dEf9hIjKlMn0pQrSt is wrong', 'the key [secret] is wrong'],
		['the API key abc123 is wrong', 'the API key [secret] is wrong'],
		['"apiKey":"abc"', '"apiKey":"[secret]"'],
		['?key=abc&token%3Dabc', '?key=[secret]&token%3D[secret]'],
		['got x9Yz-Ab3dEf9hIjKlMn0p.', 'got [secret].'],
		['Basic YTpi', '[secret]'],
		['customer_reference_4930123456', 'customer_reference_[number]'],
		['jane@example.com', '[email]'],
		['jane%40example.com', '[email]'],
		['Authorization: Bearer abc.def.ghi', 'Authorization: [secret]'],
		['eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl', '[secret]'],
	])('takes personal data and keys out of "%s"', (text, expected) => {
		expect(redact(text)).toBe(expected);
	});

	it.each([
		'maximum 10240 characters',
		'conversation 5f3a0000000000000000bbbb',
		'since 2026-03-01T12:00:00.000Z',
		'/properties/custom/additionalProperties',
		'🎉 status 409',
		'the attribute customerOrderReference2026Num',
		'the key is wrong',
		'conversationQueueDisplayNameStr',
	])('leaves "%s" as it is', (text) => {
		expect(redact(text)).toBe(text);
	});

	it('X16: leaves nothing of what a cut goes through', () => {
		const before = 'x '.repeat(9995);
		expect(redact(`${before}+49 30 1234567 more`)).toBe(before.trimEnd());
		expect(redact(`${before}${'Ab3'.repeat(20)} more`)).toBe(before.trimEnd());
		expect(redact('call +49 30 1234567', 14)).toBe('call');
		expect(redact(`key ${'a1B'.repeat(30)}`, 20)).not.toContain('a1B');
	});

	it('leaves no phone number in any text', () => {
		const phone = fc.stringMatching(/^\+[1-9][0-9]{7,14}$/);
		const words = fc.stringMatching(/^[a-z ]{0,20}$/);
		fc.assert(
			fc.property(words, phone, words, (before, number, after) => {
				expect(redact(`${before}: ${number} ${after}`)).not.toContain(number.slice(1));
			}),
		);
	});
});
