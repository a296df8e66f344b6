import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { CcaiPlatformApi } from '../../credentials/CcaiPlatformApi.credentials';

const credential = new CcaiPlatformApi();

it('has the public names that saved credentials hold', () => {
	expect(credential.name).toBe('ccaiPlatformApi');
	expect(credential.properties.map(({ name }) => name)).toEqual(['subdomain', 'domain', 'token', 'baseUrl']);
});

it('hides the token', () => {
	expect(credential.properties.find(({ name }) => name === 'token')?.typeOptions).toEqual({ password: true });
});

it('signs in with the subdomain and the token, and leaves the request as it is otherwise', async () => {
	const request = {
		url: 'https://x/manager/api/v1/calls',
		headers: { Accept: 'application/json' },
		qs: { per: 1 },
	};
	const signed = await credential.authenticate({ subdomain: 'acme', token: ' secret ' }, request);
	expect(signed).toEqual({
		...request,
		headers: {
			Accept: 'application/json',
			Authorization: `Basic ${Buffer.from('acme:secret').toString('base64')}`,
		},
	});
	expect(request.headers).not.toHaveProperty('Authorization');
});

it('has icons that exist', () => {
	const { light, dark } = credential.icon as { light: string; dark: string };
	for (const icon of [light, dark]) {
		expect(existsSync(join(__dirname, '../../credentials', icon.replace('file:', '')))).toBe(true);
	}
});
