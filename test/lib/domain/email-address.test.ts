import { emailKey, emailOf, isEmail } from '../../../lib/domain/email-address';
import { tooLong } from '../../cpu-time';

describe('email addresses', () => {
	it.each([
		['jane@example.com', 'jane@example.com'],
		[' mailto:Jane@Example.COM ', 'jane@example.com'],
		['jane.o+calls@mail.example.co', 'jane.o+calls@mail.example.co'],
		['jürgen@bücher.example', 'jürgen@bücher.example'],
		['<jo@example.com>', 'jo@example.com'],
		['jo@example.com;', 'jo@example.com'],
		['jo@example.com,', 'jo@example.com'],
		['jo@example.com.', 'jo@example.com'],
		['Jo <jo@example.com>', 'jo@example.com'],
		['"Doe, Jo" <Jo@Example.com>', 'jo@example.com'],
		['jo@example.com (Jo)', 'jo@example.com'],
		['jo@example.com <jo@example.com>', 'jo@example.com'],
		['[jo@example.com](mailto:jo@example.com)', 'jo@example.com'],
		['MAILTO:<jo@example.com>?subject=Hello', 'jo@example.com'],
		['"jo@example.com"', 'jo@example.com'],
		['\u200bjo@example.com\u00a0', 'jo@example.com'],
		['jo＠example.com', 'jo@example.com'],
		['jo%40example.com', 'jo@example.com'],
		['&lt;jo@example.com&gt;', 'jo@example.com'],
		['jo@example.com?subject=Hello', 'jo@example.com'],
		['who?@example.com', 'who?@example.com'],
	])('X17: reads %s', (written, email) => {
		expect(emailOf(written)).toBe(email);
		expect(isEmail(written)).toBe(true);
	});

	it.each([
		'',
		'jane',
		'jane@',
		'@example.com',
		'jane@localhost',
		'jane@example.',
		'jo@example..com',
		'<jo@example..com>',
		'jo@example.com; joe@example.com',
		'<jo@example.com>, <joe@example.com>',
		'Jo jo@example.com',
		'jane@.com',
		'jo@example.com/phone',
		'jo@example.com#top',
		'jo@exam!ple.com',
		'jane@exa..mple.com',
		'a b@x.de',
		'"jane"@x.de',
		'jane@x.de, joe@x.de',
		'a@b@c.de',
		`${'x'.repeat(250)}@x.de`,
		5,
		null,
		undefined,
		['jane@x.de'],
	])('X17: takes %p for none', (written) => {
		expect(emailOf(written)).toBeUndefined();
		expect(isEmail(written)).toBe(false);
	});

	it('X17: takes no time over a long text', () => {
		const texts = ['a@'.repeat(1_000_000), `a@${'b.'.repeat(1_000_000)}`, 'a'.repeat(5_000_000)];
		expect(tooLong(() => texts.map(isEmail), 100)).toBeUndefined();
	});

	it('S6, X17: compares without capital letters and blanks, also what is no address', () => {
		expect(emailKey(' Ann@X ')).toBe(emailKey('ann@x'));
		expect(emailKey('Ann <Ann@example.com>;')).toBe(emailKey('ann@example.com'));
		expect([null, undefined, ' ', 7, {}, []].map(emailKey)).toEqual(['', '', '', '', '', '']);
	});
});
