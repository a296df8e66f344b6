import fc from 'fast-check';
import { redact } from '../../../lib/http/redact';

describe('redact', () => {
	it.each([
		['call +49 30 1234567 now', 'call [number] now'],
		['(222) 333-4444', '[number]'],
		['phone=%2B18005551212', 'phone=[number]'],
		['٠١٠٠١٢٣٤٥٦٧', '[number]'],
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
	])('leaves "%s" as it is', (text) => {
		expect(redact(text)).toBe(text);
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
