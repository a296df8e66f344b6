import { checkSender } from '../../../../lib/platforms/ccaip/mail-authentication';
import { tooLong } from '../../../cpu-time';

const SERVER = 'mx.good.example';
const FROM = 'no-reply@ccaiplatform.com';

const mail = (results: unknown, ...senders: string[]) => ({
	from: { value: (senders.length === 0 ? [FROM] : senders).map((address) => ({ address })) },
	headers: results === undefined ? {} : { 'authentication-results': results },
});
const line = (results: string, server = SERVER) => `Authentication-Results: ${server}; ${results}`;
const verdict = (results: unknown, ...senders: string[]) => checkSender(mail(results, ...senders), SERVER).is;

const DMARC = 'dmarc=pass header.from=ccaiplatform.com';

describe('U4, X16: whether the sender of a mail is real', () => {
	it.each([
		line(DMARC),
		`authentication-results:${SERVER.toUpperCase()} 1;\r\n\tdmarc = PASS (p=REJECT sp=REJECT dis=NONE) header.from=CCAIPlatform.com`,
		line(
			`dkim=pass header.i=@ccaiplatform.com header.s=a header.b=x; spf=pass (x: domain of ${FROM} (a) designates 1.2.3.4) smtp.mailfrom=${FROM}; ${DMARC}`,
		),
		line('dkim=pass header.d=ccaiplatform.com; spf=fail smtp.mailfrom=bounce.example'),
		line(`spf=pass smtp.mailfrom="${FROM}"`),
		line('dkim=fail header.d=other.example; dkim=pass reason="good; really" header.d=ccaiplatform.com'),
	])('is confirmed by %s', (results) => {
		expect(verdict(results)).toBe('confirmed');
	});

	it.each([
		line('none'),
		line(''),
		line('dmarc=fail header.from=ccaiplatform.com'),
		line('dmarc=none header.from=ccaiplatform.com; dkim=pass header.d=ccaiplatform.com'),
		// Of somebody else's domain, all is well.
		line('dmarc=pass header.from=evil.example'),
		line('dmarc=pass'),
		line('dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=a@evil.example'),
		line('dkim=pass header.d=ccaiplatform.com.evil.example'),
		// Of two results about DMARC, the bad one counts.
		line(`${DMARC}; dmarc=fail header.from=ccaiplatform.com`),
		// What a sender has put into an address is no result.
		line(`spf=pass smtp.mailfrom="a;${DMARC};b"@evil.example`),
		line(`spf=pass smtp.mailfrom="a\\";${DMARC};\\"b"@evil.example`),
		line(`spf=pass (a; ${DMARC}; (b) ) smtp.mailfrom=a@evil.example`),
		line('spf=pass smtp.mailfrom=a@evil.example smtp.mailfrom=a@ccaiplatform.com'),
	])('is refuted by %s', (results) => {
		expect(verdict(results)).toBe('refuted');
	});

	it.each([
		undefined,
		7,
		'',
		['Authentication-Results: x'],
		line(DMARC, 'mx.evil.example'),
		line(DMARC, `${SERVER}.evil.example`),
		line(DMARC, `evil.example ${SERVER}`),
		`Authentication-Results: (${SERVER}; ${DMARC}`,
		`Authentication-Results: "${SERVER}; ${DMARC}`,
	])('is unknown by %j', (results) => {
		expect(verdict(results)).toBe('unknown');
	});

	it.each([
		[
			'a header of many signatures',
			line(`${'dkim=pass header.d=a.example header.b=x; '.repeat(500)}${DMARC}`),
			'confirmed',
		],
		['a server with a full stop behind its name', line(DMARC, `${SERVER}.`), 'confirmed'],
		// What the server notes of a sender is broken by the sender: that is no silence of the server.
		[
			'a header without end',
			line(`${'dkim=fail header.d=a.example; '.repeat(5000)}dmarc=fail header.from=ccaiplatform.com`),
			'refuted',
		],
		[
			'a comment without end',
			line('spf=fail (((a smtp.mailfrom=a@evil.example; dmarc=fail header.from=ccaiplatform.com'),
			'refuted',
		],
		[
			'a quote without end',
			line('spf=fail smtp.mailfrom="a@evil.example; dmarc=fail header.from=ccaiplatform.com'),
			'refuted',
		],
		["another server's comment without end", line('spf=fail (((a', 'mx.evil.example'), 'unknown'],
	])('U4, X16: of %s', (_, results, expected) => {
		expect(verdict(results)).toBe(expected);
	});

	it('U4, X16: says of a result what it is', () => {
		const reason = (result: string) =>
			checkSender(mail(line(`dmarc=${result} header.from=ccaiplatform.com`)), SERVER);
		expect(reason('fail')).toMatchObject({ reason: expect.stringContaining('not real') as string });
		for (const result of ['none', 'temperror', 'permerror']) {
			expect(reason(result)).toEqual({
				is: 'refuted',
				reason: 'The mail server does not confirm its sender by DMARC.',
			});
		}
	});

	it('U4, X16: a sender in a group is one, too', () => {
		const group = { name: 'Team', group: [{ address: 'm@evil.example', name: '' }] };
		const headers = { 'authentication-results': line(DMARC) };
		const from = { value: [group, { address: FROM }] };
		expect(checkSender({ from, headers }, SERVER).is).toBe('refuted');
		expect(
			checkSender({ from: { value: [{ name: '', group: [{ address: FROM }] }] }, headers }, SERVER).is,
		).toBe('confirmed');
	});

	it('names the server that has looked, so that a person can say whether to believe it', () => {
		expect(checkSender(mail(line(DMARC, 'mx.google.com')), '')).toMatchObject({ server: 'mx.google.com' });
		expect(checkSender(mail(line(DMARC)), ` ${SERVER.toUpperCase()} `).is).toBe('confirmed');
	});

	it('is refuted where a mail names nobody, or senders of two domains', () => {
		expect(verdict(line(DMARC), FROM, 'b@ccaiplatform.com')).toBe('confirmed');
		expect(verdict(line(DMARC), FROM, 'b@evil.example')).toBe('refuted');
		expect(verdict(line(DMARC), '')).toBe('refuted');
	});

	it('takes no time, whatever the header is', () => {
		for (const pump of ['(', ')', '"', '\\', ';', '=', ' ', ' = ', 'a=b;', '(a) ']) {
			const results = line(pump.repeat(50_000 / pump.length).slice(0, 49_900));
			expect(tooLong(() => verdict(results), 50)).toBeUndefined();
		}
	});
});
