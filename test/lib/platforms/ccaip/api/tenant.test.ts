import {
	authorizationOf,
	isTenantProblem,
	tenantOf,
	tokenOf,
} from '../../../../../lib/platforms/ccaip/api/tenant';

describe('the host of a credential', () => {
	it.each([
		[{ subdomain: 'acme' }, 'https://acme.uc1.ccaiplatform.com'],
		[{ subdomain: ' Acme ', domain: 'uc1.ccaiplatform.com' }, 'https://acme.uc1.ccaiplatform.com'],
		[{ subdomain: 'acme', domain: 'ujet.co' }, 'https://acme.ujet.co'],
		[{ subdomain: 'acme', domain: 'https://acme.ujet.co/login' }, 'https://acme.ujet.co'],
		[{ subdomain: 'https://acme.eu2.ccaiplatform.com/agent' }, 'https://acme.eu2.ccaiplatform.com'],
		// A path after the name is cut off.
		[{ subdomain: 'acme/../x y' }, 'https://acme.uc1.ccaiplatform.com'],
		[{ subdomain: 'acme.ujet.co', domain: 'uc1.ccaiplatform.com' }, 'https://acme.ujet.co'],
		[{ subdomain: 'acme', baseUrl: 'https://proxy.example.com/' }, 'https://proxy.example.com'],
		[{ subdomain: 'acme', baseUrl: 'http://127.0.0.1:4000/manager/api/v1' }, 'http://127.0.0.1:4000'],
	])('of %j is %s', (credential, baseUrl) => {
		expect(tenantOf(credential)).toEqual({ baseUrl, subdomain: 'acme' });
	});

	it.each([
		[{}, /subdomain/],
		[{ subdomain: 7 }, /subdomain/],
		[{ subdomain: '-acme' }, /subdomain/],
		[{ subdomain: 'acme', domain: 'localhost' }, /domain/],
		[{ subdomain: 'acme', domain: 'evil.com\n.ujet.co' }, /domain/],
		[{ subdomain: 'acme', baseUrl: 'http://proxy.example.com' }, /not encrypted/],
		[{ subdomain: 'acme', baseUrl: 'https://u:p@proxy.example.com' }, /base URL/],
		[{ subdomain: 'acme', baseUrl: 'https://proxy.example.com/elsewhere' }, /base URL/],
		[{ subdomain: 'acme', baseUrl: 'ftp://proxy.example.com' }, /base URL/],
	])('cannot be made of %j', (credential, message) => {
		const tenant = tenantOf(credential);
		expect(isTenantProblem(tenant) && tenant.message).toMatch(message);
	});
});

it('signs in with the subdomain and the token', () => {
	const credential = { subdomain: 'https://acme.ujet.co', token: ' "s3cret:ü" ' };
	expect(tokenOf(credential)).toBe('s3cret:ü');
	const [scheme, encoded = ''] = authorizationOf(credential).split(' ');
	expect(scheme).toBe('Basic');
	expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe('acme:s3cret:ü');
});
