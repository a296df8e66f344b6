import { apiKeyOf, isHostProblem, kustomerHost, organizationFrom } from '../../../../lib/n8n/kustomer/host';

describe('organizationFrom', () => {
	it.each([
		['acme', 'acme'],
		['  ACME ', 'acme'],
		['acme.kustomerapp.com', 'acme'],
		['acme.api.kustomerapp.com', 'acme'],
		['https://acme.kustomerapp.com/app/customers/1?tab=2#x', 'acme'],
		['HTTPS://Acme.KustomerApp.com', 'acme'],
		['acme-eu.kustomerapp.com:443', 'acme-eu'],
		['https://acme.kustomerapp.com.', 'acme'],
	])('reads %s as %s', (typed, organization) => {
		expect(organizationFrom(typed)).toBe(organization);
	});

	it.each([
		'',
		'   ',
		'not a name',
		'-acme',
		'acme.evil.com',
		'https://evil.com/acme.kustomerapp.com',
		'acme@evil.com',
		'api.kustomerapp.com',
		'api.prod2.kustomerapp.com',
		undefined,
		null,
		42,
		{},
	])('finds none in %p', (typed) => {
		expect(organizationFrom(typed)).toBeUndefined();
	});
});

describe('kustomerHost', () => {
	it("X9: is the organization's own host, which leads to the right region by itself", () => {
		expect(kustomerHost({ organization: 'acme' })).toEqual({
			baseUrl: 'https://acme.api.kustomerapp.com',
			organization: 'acme',
		});
	});

	it.each([
		['https://api.prod2.kustomerapp.com', 'https://api.prod2.kustomerapp.com'],
		['https://api.prod2.kustomerapp.com/', 'https://api.prod2.kustomerapp.com'],
		['https://api.prod4.kustomerapp.com/v1/', 'https://api.prod4.kustomerapp.com'],
		['api.kustomerapp.com', 'https://api.kustomerapp.com'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://localhost:4010/', 'http://localhost:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
	])('X9: takes the base URL %s', (baseUrl, expected) => {
		expect(kustomerHost({ organization: 'acme', baseUrl })).toEqual({
			baseUrl: expected,
			organization: 'acme',
		});
	});

	it.each([
		[{ organization: '' }, /organization name/],
		[{ baseUrl: 'http://api.kustomerapp.com' }, /not encrypted/],
		[{ baseUrl: 'http://localhost.evil.com' }, /not encrypted/],
		[{ baseUrl: 'http://127.0.0.1.evil.com' }, /not encrypted/],
		[{ baseUrl: 'ftp://api.kustomerapp.com' }, /not encrypted/],
		[{ baseUrl: 'https://' }, /not a web address/],
		[{ baseUrl: 'https://user:pass@api.kustomerapp.com' }, /not a web address/],
		[{ baseUrl: 'https://api.kustomerapp.com/v1/customers' }, /has a path/],
		[{ baseUrl: 'https://api.kustomerapp.com?x=1' }, /not a web address/],
		[{ baseUrl: 'not a url' }, /not a web address/],
	])('explains what is wrong with %j', (credential, message) => {
		const host = kustomerHost(credential);
		if (!isHostProblem(host)) throw new Error('A problem was expected');
		expect(host.message).toMatch(message);
		expect(host.advice.length).toBeGreaterThan(20);
	});
});

describe('apiKeyOf', () => {
	it.each([
		['key', 'key'],
		['  key\n', 'key'],
		['Bearer key', 'key'],
		['bearer  key', 'key'],
		['"key"', 'key'],
		[undefined, ''],
		[12, ''],
	])('reads %p as %p', (apiKey, expected) => {
		expect(apiKeyOf({ apiKey })).toBe(expected);
	});
});
