import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { KustomerApi } from '../../credentials/KustomerApi.credentials';

const credential = new KustomerApi();

it('has the public names that saved credentials hold', () => {
	expect(credential.name).toBe('kustomerApi');
	expect(credential.properties.map(({ name }) => name)).toEqual(['organization', 'apiKey', 'baseUrl']);
});

it('hides the key', () => {
	expect(credential.properties.find(({ name }) => name === 'apiKey')?.typeOptions).toEqual({
		password: true,
	});
});

it('sends the key as bearer token and leaves the request as it is otherwise', async () => {
	const request = { url: 'https://x/v1/customers', headers: { Accept: 'application/json' }, qs: { page: 1 } };
	const signed = await credential.authenticate({ apiKey: ' Bearer key ' }, request);
	expect(signed).toEqual({
		...request,
		headers: { Accept: 'application/json', Authorization: 'Bearer key' },
	});
	expect(request.headers).not.toHaveProperty('Authorization');
});

it('has icons that exist', () => {
	const { light, dark } = credential.icon as { light: string; dark: string };
	for (const icon of [light, dark]) {
		expect(existsSync(join(__dirname, '../../credentials', icon.replace('file:', '')))).toBe(true);
	}
});
