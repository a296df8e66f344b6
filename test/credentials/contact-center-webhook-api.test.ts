import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	NodeHelpers,
	type ICredentialTestFunctions,
	type IDataObject,
	type INodeParameters,
} from 'n8n-workflow';

import { ContactCenterWebhookApi } from '../../credentials/ContactCenterWebhookApi.credentials';
import { authenticateWebhook, checkWebhookCredential } from '../../lib/webhooks/authentication';
import { webhookCredential } from '../../lib/n8n/webhook/webhook-credential';
import { testWebhookCredential } from '../../lib/n8n/webhook/webhook-credential-test';
import { words } from '../setup/words';
import { signWebhook } from '../setup/sign-webhook';

const type = new ContactCenterWebhookApi();
const METHODS = ['basicAuth', 'header', 'hmac', 'signedToken', 'oAuth2'];
const SECRETS = ['password', 'headerValue', 'moreHeaders', 'secret', 'secondSecret', 'ownSecret'];

/** Names of the fields that a person sees after choosing a method. */
function fieldsOf(method: string): string[] {
	return type.properties
		.filter(({ name }) => name !== 'purpose')
		.filter((property) => NodeHelpers.displayParameter({ method } as INodeParameters, property, null, null))
		.map(({ name }) => name);
}

/** The data of a credential that a person has just created: every field has its default. */
function defaults(method: string): IDataObject {
	const values = type.properties.map((property) => [property.name, property.default] as const);
	return { ...(Object.fromEntries(values) as IDataObject), method };
}

async function press(data: IDataObject) {
	return await testWebhookCredential.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'c',
		type: type.name,
		data: data as never,
	});
}

describe('contactCenterWebhookApi', () => {
	it('has the names on which workflows and other code rely', () => {
		expect(type.name).toBe('contactCenterWebhookApi');
		// With it, the step HTTP Request could send the secret to any address.
		expect(type).not.toHaveProperty('authenticate');
		expect(fieldsOf('basicAuth')).toEqual(['method', 'user', 'password']);
		expect(fieldsOf('header')).toEqual(['method', 'headerName', 'headerValue', 'moreHeaders']);
		expect(fieldsOf('signedToken')).toEqual(['method', 'secret', 'secondSecret']);
		expect(fieldsOf('hmac')).toEqual(
			words(`
			method secret secondSecret signatureHeader signatureEncoding signaturePrefix signedContent
			timestampHeader timestampTolerance
		`),
		);
		expect(fieldsOf('oAuth2')).toEqual(words('method issuer audience client scope checkedBy checkUrl'));
	});

	it('hides every secret, and nothing else', () => {
		const hidden = type.properties.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(hidden.map(({ name }) => name).sort()).toEqual([...SECRETS].sort());
	});

	it('explains every field in a sentence', () => {
		for (const { name, type: kind, description } of type.properties) {
			if (kind !== 'notice')
				expect([name, description]).toEqual([name, expect.stringMatching(/^[A-Z].{15,}/)]);
		}
	});

	it('has its icons', () => {
		const { light, dark } = type.icon as { light: string; dark: string };
		for (const icon of [light, dark]) {
			const file = join(__dirname, '../../credentials', icon.replace('file:', ''));
			expect(existsSync(file)).toBe(true);
			expect(readFileSync(file, 'utf8')).toMatch(/^<svg /);
		}
		expect(light).not.toBe(dark);
	});

	it.each(METHODS)(
		'B6: just created for %s, it lets nobody in and its test says what is missing',
		async (method) => {
			const credential = webhookCredential(defaults(method));
			expect(checkWebhookCredential(credential).missing).not.toEqual([]);
			const webhook = { method: 'POST', headers: {}, rawBody: Buffer.from('x') };
			expect(authenticateWebhook(webhook, credential).ok).toBe(false);
			expect(await press(defaults(method))).toEqual({
				status: 'Error',
				message: expect.stringContaining('is empty') as string,
			});
		},
	);

	it.each(METHODS.filter((method) => method !== 'oAuth2'))(
		'B6: filled in for %s, it lets its own signature in and its test says how far it looked',
		async (method) => {
			const secrets = {
				user: 'babelforce',
				password: 'correct horse battery',
				headerValue: 'correct horse battery',
				secret: 'correct horse battery',
			};
			const data = { ...defaults(method), ...secrets };
			const credential = webhookCredential(data);
			const headers = Object.fromEntries(
				Object.entries(signWebhook('x', credential)).map(([name, value]) => [name.toLowerCase(), value]),
			);
			const webhook = { method: 'POST', headers, rawBody: Buffer.from('x') };
			expect(authenticateWebhook(webhook, credential)).toEqual({ ok: true });
			expect(await press(data)).toEqual({
				status: 'OK',
				message: 'Complete. Whether the contact center sends the same values shows with its first event.',
			});
		},
	);

	it('G2: with OAuth, it is complete with an address and somebody whom the tokens are for', async () => {
		const data = { ...defaults('oAuth2'), issuer: 'https://login.example.com' };
		expect((await press(data)).message).toContain('every token of the server would be accepted');
		expect((await press({ ...data, audience: 'n8n' })).status).toBe('OK');
		expect((await press({ ...data, client: 'ccaip' })).status).toBe('OK');
		for (const issuer of ['http://login.example.com', 'login.example.com', 'https://']) {
			const { message } = await press({ ...data, audience: 'n8n', issuer });
			expect(message).toContain("'Issuer' is not an address that begins with https://");
		}
		const asking = { ...data, audience: 'n8n', checkedBy: 'introspection' };
		expect((await press(asking)).message).toContain("'Own Client ID' is empty");
		expect((await press({ ...asking, ownClient: 'n8n', ownSecret: 'secret' })).status).toBe('OK');
	});

	it('warns of a short secret without refusing it', async () => {
		const { status, message } = await press({ ...defaults('basicAuth'), user: 'a', password: 'b' });
		expect(status).toBe('OK');
		expect(message).toContain("'Password' is short");
	});

	it('takes data of the wrong type for missing', async () => {
		expect(webhookCredential({ method: 'magic', user: 1, password: null })).toMatchObject({
			method: undefined,
			user: undefined,
			password: undefined,
		});
		expect((await press({ method: 'magic' })).status).toBe('Error');
		const empty = await testWebhookCredential.call({} as ICredentialTestFunctions, {
			id: '1',
			name: 'c',
			type: type.name,
		});
		expect(empty.status).toBe('Error');
	});
});
