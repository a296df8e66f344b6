import fc from 'fast-check';

import { LONGEST_LIFE, open, sign } from '../../../lib/webhooks/signed-text';

const SECRET = 'a-secret-of-enough-letters';
const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

describe('a signed text', () => {
	it('C24: gives back what was signed', () => {
		const text = sign('call', { phone: '+4930901820' }, NOW + HOUR, SECRET, 'id-1');
		expect(open('call', text, SECRET, NOW)).toEqual({
			facts: { phone: '+4930901820' },
			id: 'id-1',
			endsAt: NOW + HOUR,
		});
		expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
	});

	it('C24: has an id of its own each time', () => {
		const ids = [1, 2]
			.map(() => open('call', sign('call', {}, NOW + HOUR, SECRET), SECRET, NOW))
			.map((one) => ('id' in one ? one.id : ''));
		expect(new Set(ids).size).toBe(2);
	});

	it('C24: is refused once it has ended, and when its end lies further away than any that is given', () => {
		const text = sign('call', {}, NOW + HOUR, SECRET);
		expect(open('call', text, SECRET, NOW + HOUR)).toEqual({ refused: 'ended' });
		expect(open('call', text, SECRET, NOW + HOUR - 1000)).not.toHaveProperty('refused');
		expect(open('call', sign('call', {}, NOW + LONGEST_LIFE + HOUR, SECRET), SECRET, NOW)).toEqual({
			refused: 'ended',
		});
	});

	it('X16: is refused when it was signed with another secret, or for another use', () => {
		const text = sign('call', {}, NOW + HOUR, SECRET);
		expect(open('call', text, `${SECRET}x`, NOW)).toEqual({ refused: 'foreign' });
		expect(open('desktop', text, SECRET, NOW)).toEqual({ refused: 'foreign' });
	});

	it('X16: is refused after any change of it', () => {
		const text = sign('call', { phone: '+4930901820' }, NOW + HOUR, SECRET, 'id-1');
		fc.assert(
			fc.property(fc.nat(text.length - 1), fc.constantFrom(...'ABCabc019_-.'), (at, letter) => {
				const changed = text.slice(0, at) + letter + text.slice(at + 1);
				// The last letter of base64 has bits that mean nothing: what stays the same in bytes is the same signature.
				fc.pre(changed !== text && at !== text.length - 1);
				expect(open('call', changed, SECRET, NOW)).toHaveProperty('refused');
			}),
		);
	});

	it('X16: is never found in what somebody makes up, and nothing throws', () => {
		const anything = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 12_000 }),
			fc.jsonValue(),
			fc.constant(undefined),
		);
		fc.assert(
			fc.property(anything, (text) => {
				expect(open('call', text, SECRET, NOW)).toHaveProperty('refused');
			}),
		);
	});

	it('X16: holds no more of a fact than has room in an address', () => {
		const text = sign('call', { a: 'x'.repeat(10_000), b: '😀'.repeat(1000) }, NOW + HOUR, SECRET);
		expect(text.length).toBeLessThan(2000);
	});
});
