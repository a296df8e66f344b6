import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { BabelforceApi } from '../../credentials/BabelforceApi.credentials';
import { words } from '../setup/words';

const credential = new BabelforceApi();
const password = { environment: 'services', method: 'password', user: 'a@b.example', password: ' p&=ss ' };

/** n8n's helper, which answers the same every time. */
function helper(statusCode: number, body: unknown) {
	const sent: IHttpRequestOptions[] = [];
	const helpers = {
		httpRequest: async (options: IHttpRequestOptions) => {
			sent.push(options);
			return { statusCode, body, headers: {} };
		},
	};
	return { sent, context: { helpers } as unknown as IHttpRequestHelper };
}

const headersOf = async (data: IDataObject) =>
	(await credential.authenticate(data as never, { url: 'https://x', headers: { Accept: 'a' } })).headers;

it('has the public names that saved credentials hold', () => {
	expect(credential.name).toBe('babelforceApi');
	expect(credential.properties.map(({ name }) => name)).toEqual(
		words('environment method accessId accessToken user password sessionToken baseUrl'),
	);
});

it('hides what is secret, and lets n8n renew the token', () => {
	const options = Object.fromEntries(
		credential.properties.map(({ name, typeOptions }) => [name, typeOptions]),
	);
	expect(options.accessToken).toEqual({ password: true });
	expect(options.password).toEqual({ password: true });
	expect(options.sessionToken).toMatchObject({ expirable: true });
});

it('signs requests with the pair, and asks for no token', async () => {
	const data = { method: 'accessToken', accessId: ' id ', accessToken: ' token ' };
	expect(await headersOf(data)).toEqual({
		Accept: 'a',
		'X-Auth-Access-Id': 'id',
		'X-Auth-Access-Token': 'token',
	});
	const { sent, context } = helper(200, {});
	expect(await credential.preAuthentication.call(context, data)).toEqual({});
	expect(sent).toEqual([]);
});

it('exchanges user and password for a token, and signs requests with it', async () => {
	const { sent, context } = helper(200, { access_token: 'a:b', token_type: 'bearer' });
	const token = await credential.preAuthentication.call(context, password);
	expect(sent).toEqual([
		expect.objectContaining({
			method: 'POST',
			url: 'https://services.babelforce.com/oauth/token',
			body: 'grant_type=password&username=a%40b.example&password=+p%26%3Dss+',
			headers: expect.objectContaining({ 'Content-Type': 'application/x-www-form-urlencoded' }),
			disableFollowRedirect: true,
		}),
	]);
	expect(await headersOf({ ...password, ...token })).toEqual({ Accept: 'a', Authorization: 'Bearer a:b' });
});

it.each([
	['another environment', { environment: 'us-east' }],
	['another base URL', { baseUrl: 'https://other.example' }],
	['another user', { user: 'c@d.example' }],
])('leaves out the token of before when the credential has %s now', async (_, change) => {
	const { context } = helper(200, { access_token: 'token' });
	const token = await credential.preAuthentication.call(context, password);
	expect(await headersOf({ ...password, ...token, ...change })).toEqual({ Accept: 'a' });
});

it.each([
	[401, { error: 'invalid_grant' }, 400],
	[400, { error: 'invalid_grant' }, 400],
	[503, 'busy', 503],
	[200, '<html></html>', 404],
	[200, { access_token: '' }, 404],
])(
	'an answer with status %i and %j is handed on as %i, without the password',
	async (status, body, handedOn) => {
		const { context } = helper(status, body);
		const error = await credential.preAuthentication.call(context, password).then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		expect(error).toMatchObject({ response: { status: handedOn, data: { babelforceSignIn: true } } });
		expect(JSON.stringify(error)).not.toContain('p&=ss');
	},
);

it('has icons that exist', () => {
	const { light, dark } = credential.icon as { light: string; dark: string };
	for (const icon of [light, dark]) {
		expect(existsSync(join(__dirname, '../../credentials', icon.replace('file:', '')))).toBe(true);
	}
});
