import { hostIn, isHostProblem, isLoopback, pastedSecret } from '../../../lib/http/host';
import { babelforceHost } from '../../../lib/n8n/babelforce/host';
import { kustomerHost } from '../../../lib/n8n/kustomer/host';
import { tenantOf } from '../../../lib/platforms/ccaip/api/tenant';

const HOSTS = { kustomer: kustomerHost, babelforce: babelforceHost, ccaip: tenantOf };
type Service = keyof typeof HOSTS;
type Credential = Record<string, unknown>;

/** Both the host and the organization, or the subdomain, that the service's own reader finds. */
const ACME: Record<Service, object> = {
	kustomer: { organization: 'acme' },
	babelforce: {},
	ccaip: { subdomain: 'acme' },
};

describe('the host of a credential', () => {
	it.each<[Service, Credential, string]>([
		['kustomer', { organization: 'acme' }, 'https://acme.api.kustomerapp.com'],
		['babelforce', {}, 'https://services.babelforce.com'],
		['babelforce', { environment: '  ' }, 'https://services.babelforce.com'],
		['babelforce', { environment: 'us-east' }, 'https://us-east.babelforce.com'],
		[
			'babelforce',
			{ environment: ' https://Services.Babelforce.com/manager2/#/app ' },
			'https://services.babelforce.com',
		],
		['ccaip', { subdomain: 'acme' }, 'https://acme.uc1.ccaiplatform.com'],
		['ccaip', { subdomain: ' Acme ', domain: 'uc1.ccaiplatform.com' }, 'https://acme.uc1.ccaiplatform.com'],
		['ccaip', { subdomain: 'acme', domain: 'ujet.co' }, 'https://acme.ujet.co'],
		['ccaip', { subdomain: 'acme', domain: 'https://acme.ujet.co/login' }, 'https://acme.ujet.co'],
		['ccaip', { subdomain: 'https://acme.eu2.ccaiplatform.com/agent' }, 'https://acme.eu2.ccaiplatform.com'],
		// A path after the name is cut off.
		['ccaip', { subdomain: 'acme/../x y' }, 'https://acme.uc1.ccaiplatform.com'],
		['ccaip', { subdomain: 'acme.ujet.co', domain: 'uc1.ccaiplatform.com' }, 'https://acme.ujet.co'],
	])('X9: of %s with %j is %s', (service, credential, baseUrl) => {
		expect(HOSTS[service](credential)).toMatchObject({ baseUrl, ...ACME[service] });
	});

	it.each<[Service, string, string]>([
		['kustomer', 'https://api.prod2.kustomerapp.com', 'https://api.prod2.kustomerapp.com'],
		['kustomer', 'https://api.prod2.kustomerapp.com/', 'https://api.prod2.kustomerapp.com'],
		['kustomer', 'https://api.prod4.kustomerapp.com/v1/', 'https://api.prod4.kustomerapp.com'],
		['kustomer', 'api.kustomerapp.com', 'https://api.kustomerapp.com'],
		['kustomer', 'https://api.kustomerapp.com/v1/customers?x=1#y', 'https://api.kustomerapp.com'],
		['kustomer', '  HTTPS://Acme.API.kustomerapp.com/V1 \u200b', 'https://acme.api.kustomerapp.com'],
		['kustomer', '"https://api.prod2.kustomerapp.com"', 'https://api.prod2.kustomerapp.com'],
		// What agents open is a page; the API of the same organization is meant.
		['kustomer', 'https://acme.kustomerapp.com/app/customers', 'https://acme.api.kustomerapp.com'],
		['kustomer', 'acme.kustomerapp.com/app', 'https://acme.api.kustomerapp.com'],
		['kustomer', 'http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['kustomer', 'http://localhost:4010/', 'http://localhost:4010'],
		['kustomer', 'http://[::1]:4010', 'http://[::1]:4010'],
		['babelforce', 'acme.babelforce.com', 'https://acme.babelforce.com'],
		['babelforce', 'https://acme.babelforce.com/api/v2/', 'https://acme.babelforce.com'],
		['babelforce', 'https://acme.babelforce.com/manager2/#/app', 'https://acme.babelforce.com'],
		['babelforce', 'http://127.0.0.1:5000', 'http://127.0.0.1:5000'],
		['ccaip', 'acme.uc1.ccaiplatform.com/agent', 'https://acme.uc1.ccaiplatform.com'],
		['ccaip', 'https://acme.ujet.co/login?next=x', 'https://acme.ujet.co'],
		['ccaip', 'https://proxy.example.com/', 'https://proxy.example.com'],
		['ccaip', 'http://127.0.0.1:4000/manager/api/v1', 'http://127.0.0.1:4000'],
		['ccaip', 'https://proxy.example.com:8443/apps/api/v1/', 'https://proxy.example.com:8443'],
	])('X9: of %s may be given as the base URL %s', (service, typed, baseUrl) => {
		expect(HOSTS[service]({ ...ACME[service], baseUrl: typed })).toMatchObject({ baseUrl, ...ACME[service] });
	});

	it('X9: the address at which agents open Kustomer names the organization, also where the base URL is asked for', () => {
		expect(kustomerHost({ organization: '', baseUrl: 'https://acme.kustomerapp.com/app' })).toMatchObject({
			baseUrl: 'https://acme.api.kustomerapp.com',
			organization: 'acme',
		});
	});

	it.each<[Service, Credential, RegExp]>([
		['kustomer', { organization: '' }, /organization name/],
		['kustomer', { organization: 'acme.kustomerapp.com.evil.com/app' }, /organization name/],
		['kustomer', { organization: 'https://acme.kustomerapp.com@evil.com/app' }, /organization name/],
		['kustomer', { organization: 'evil.com\\.kustomerapp.com' }, /organization name/],
		['kustomer', { baseUrl: 'https://evilkustomerapp.com/app' }, /has a path/],
		['kustomer', { baseUrl: 'https://acme.kustomerapp.com@evil.com/' }, /not a web address/],
		['kustomer', { baseUrl: 'http://acme.kustomerapp.com/app' }, /not encrypted/],
		['babelforce', { baseUrl: 'https://evilbabelforce.com/manager2' }, /not a web address/],
		['ccaip', { subdomain: 'acme', baseUrl: 'https://evilujet.co/agent' }, /base URL/],
		['kustomer', { baseUrl: 'http://api.kustomerapp.com' }, /not encrypted/],
		['kustomer', { baseUrl: 'http://localhost.evil.com' }, /not encrypted/],
		['kustomer', { baseUrl: 'http://127.0.0.1.evil.com' }, /not encrypted/],
		['kustomer', { baseUrl: 'ftp://api.kustomerapp.com' }, /not encrypted/],
		['kustomer', { baseUrl: 'https://' }, /not a web address/],
		['kustomer', { baseUrl: 'https://user:pass@api.kustomerapp.com' }, /not a web address/],
		['kustomer', { baseUrl: 'https://proxy.example.com/#v1' }, /not a web address/],
		['kustomer', { baseUrl: 'https://:pass@api.kustomerapp.com' }, /not a web address/],
		['kustomer', { baseUrl: 'https://proxy.example.com/v1/customers' }, /has a path/],
		['kustomer', { baseUrl: 'https://proxy.example.com?x=1' }, /not a web address/],
		['kustomer', { baseUrl: 'not a url' }, /not a web address/],
		['babelforce', { environment: 'not a name' }, /not a name/],
		['babelforce', { environment: 'evil.example' }, /not a name/],
		['babelforce', { environment: 7 }, /not a name/],
		['babelforce', { baseUrl: 'http://acme.babelforce.com' }, /not encrypted/],
		['babelforce', { baseUrl: 'https://user:pw@acme.babelforce.com' }, /not a web address/],
		['babelforce', { baseUrl: 'https://proxy.example.com/other' }, /not a web address/],
		['babelforce', { baseUrl: 'https://' }, /not a web address/],
		['ccaip', {}, /subdomain/],
		['ccaip', { subdomain: 7 }, /subdomain/],
		['ccaip', { subdomain: '-acme' }, /subdomain/],
		['ccaip', { subdomain: 'acme', domain: 'localhost' }, /domain/],
		['ccaip', { subdomain: 'acme', domain: 'evil.com\n.ujet.co' }, /domain/],
		['ccaip', { subdomain: 'acme', baseUrl: 'http://proxy.example.com' }, /not encrypted/],
		['ccaip', { subdomain: 'acme', baseUrl: 'http://acme.localhost:4000' }, /not encrypted/],
		['ccaip', { subdomain: 'acme', baseUrl: 'https://u:p@proxy.example.com' }, /base URL/],
		['ccaip', { subdomain: 'acme', baseUrl: 'https://proxy.example.com/elsewhere' }, /base URL/],
		['ccaip', { subdomain: 'acme', baseUrl: 'ftp://proxy.example.com' }, /base URL/],
	])('X9: cannot be made for %s of %j, and says why', (service, credential, message) => {
		const host: object = HOSTS[service](credential);
		if (!isHostProblem(host)) throw new Error('A problem was expected');
		expect(host.message).toMatch(message);
		expect(host.advice.length).toBeGreaterThan(20);
	});
});

it.each([
	['localhost', true],
	['acme.localhost', false],
	['[::1]', true],
	['127.0.0.1', true],
	['127.8.9.10', true],
	['localhost.evil.com', false],
	['mylocalhost', false],
	['127.0.0.1.evil.com', false],
	['128.0.0.1', false],
	['[::2]', false],
	['', false],
])('isLoopback(%j) is %p', (hostname, expected) => expect(isLoopback(hostname)).toBe(expected));

it.each([
	['acme', 'acme'],
	[' https://Acme.example.com./app?tab=2#x ', 'acme.example.com'],
	['acme.example.com:443', 'acme.example.com'],
	['.acme.', 'acme'],
	['//acme.example.com/app', 'acme.example.com'],
	['https:/acme.example.com', 'acme.example.com'],
	['https:acme.example.com', 'acme.example.com'],
	['<https://acme.example.com/app>', 'acme.example.com'],
	['\u200b"acme" ', 'acme'],
	['acme.example.com\\app', 'acme.example.com'],
	['acme evil', 'acme evil'],
	['', ''],
	[7, ''],
	[undefined, ''],
])('the host in %j is %j', (typed, host) => expect(hostIn(typed)).toBe(host));

it.each([
	['key', 'key'],
	['  key\n', 'key'],
	['Bearer key', 'key'],
	['bearer  key', 'key'],
	['"key"', 'key'],
	[' "s3cret:ü" ', 's3cret:ü'],
	[`"key'`, `"key'`],
	[undefined, ''],
	[12, ''],
])('the secret in %j is %j', (typed, secret) => expect(pastedSecret(typed)).toBe(secret));
