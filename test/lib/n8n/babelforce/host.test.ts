import { babelforceHost } from '../../../../lib/n8n/babelforce/host';
import { isHostProblem } from '../../../../lib/n8n/kustomer/host';

it.each([
	[{}, 'https://services.babelforce.com'],
	[{ environment: '  ' }, 'https://services.babelforce.com'],
	[{ environment: 'us-east' }, 'https://us-east.babelforce.com'],
	[{ environment: ' https://Services.Babelforce.com/manager2/#/app ' }, 'https://services.babelforce.com'],
	[{ environment: 'x', baseUrl: 'acme.babelforce.com' }, 'https://acme.babelforce.com'],
	[{ baseUrl: 'https://acme.babelforce.com/api/v2/' }, 'https://acme.babelforce.com'],
	[{ baseUrl: 'http://127.0.0.1:5000' }, 'http://127.0.0.1:5000'],
])('%j leads to %s', (credential, baseUrl) => {
	expect(babelforceHost(credential)).toEqual({ baseUrl });
});

it.each([
	[{ environment: 'not a name' }, 'not a name'],
	[{ environment: 'evil.example' }, 'not a name'],
	[{ environment: 7 }, 'not a name'],
	[{ baseUrl: 'http://acme.babelforce.com' }, 'not encrypted'],
	[{ baseUrl: 'https://user:pw@acme.babelforce.com' }, 'not a web address'],
	[{ baseUrl: 'https://acme.babelforce.com/other' }, 'not a web address'],
	[{ baseUrl: 'https://' }, 'not a web address'],
])('%j: %s', (credential, problem) => {
	const host = babelforceHost(credential);
	expect(isHostProblem(host) && host.message).toContain(problem);
});
