import { createContext, runInContext } from 'node:vm';

import { KustomerOAuth2Api } from '../../credentials/KustomerOAuth2Api.credentials';
import { REQUEST_ROLES } from '../../lib/kustomer/roles';
import { organizationFrom } from '../../lib/n8n/kustomer/host';

const credential = new KustomerOAuth2Api();

const property = (name: string) => credential.properties.find((candidate) => candidate.name === name);

/** What n8n makes of a field's expression: plain JavaScript, with the other fields as `$self`. */
function resolved(name: string, fields: Record<string, string>): string {
	const expression = String(property(name)?.default).replace(/^=\{\{(.*)\}\}$/s, '$1');
	return String(
		runInContext(expression, createContext({ $self: { oauthHosts: 'organization', ...fields } })),
	);
}

it('has the public names that saved credentials hold, and inherits from OAuth2', () => {
	expect(credential).toMatchObject({ name: 'kustomerOAuth2Api', extends: ['oAuth2Api'] });
	expect(credential.properties.filter(({ type }) => type !== 'hidden').map(({ name }) => name)).toEqual([
		'organization',
		'oauthHosts',
		'scopes',
		'baseUrl',
	]);
});

it('signs in with PKCE', () => {
	expect(property('grantType')).toMatchObject({ type: 'hidden', default: 'pkce' });
});

it.each([
	'acme',
	' ACME ',
	'acme.kustomerapp.com',
	'https://acme.api.kustomerapp.com/app?x#y',
	'<https://acme.kustomerapp.com/app>',
	'\u200b"Acme.kustomerapp.com." ',
	'https:/acme.kustomerapp.com',
	'//acme.kustomerapp.com/app',
])("X9: signs in at the organization's own hosts, written as %s", (organization) => {
	expect(resolved('authUrl', { organization })).toBe('https://acme.kustomerapp.com/oauth/authorize');
	expect(resolved('accessTokenUrl', { organization })).toBe('https://acme.api.kustomerapp.com/oauth/token');
	expect(organizationFrom(organization)).toBe('acme');
});

it.each([
	'evil.com\\',
	'evil.com/',
	'evil.com\n/',
	'https://acme.kustomerapp.com@evil.com/x',
	'acme@evil.com#',
	'evil.com%2f',
	'evil.com\t\\',
])("X9: never signs in anywhere but at Kustomer's hosts, also with the organization %j", (organization) => {
	for (const field of ['authUrl', 'accessTokenUrl']) {
		const url = resolved(field, { organization });
		if (URL.canParse(url)) expect(new URL(url).hostname).toMatch(/\.kustomerapp\.com$/);
	}
});

it('signs in at the older hosts when told to', () => {
	const fields = { organization: 'acme', oauthHosts: 'appsPlatform' };
	expect(resolved('authUrl', fields)).toBe('https://api.apps.kustomerapp.com/oauth/authorize');
	expect(resolved('accessTokenUrl', fields)).toBe('https://api.apps.kustomerapp.com/oauth/token');
});

it('X8: asks for the roles of all operations but that to delete customers, and to renew the sign-in', () => {
	const scopes = String(property('scopes')?.default).split(' ');
	expect(scopes[0]).toBe('offline_access');
	for (const { role } of Object.values(REQUEST_ROLES)) {
		if (role !== undefined) expect(scopes.includes(role)).toBe(role !== 'org.permission.customer.delete');
	}
	expect(new Set(scopes).size).toBe(scopes.length);
	expect(resolved('scope', { scopes: 'a b' })).toBe('a b');
});
