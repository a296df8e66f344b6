import { organizationFrom } from '../../../../lib/n8n/kustomer/host';

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
		['acme.kustomerapp.com/app', 'acme'],
		[' "https://ACME.kustomerapp.com/app#/" ', 'acme'],
		['https:/acme.kustomerapp.com/app', 'acme'],
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
		'https://acme.kustomerapp.com@evil.com',
		'acme.kustomerapp.com.evil.com',
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
