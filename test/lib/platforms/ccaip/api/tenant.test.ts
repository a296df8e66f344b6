import { authorizationOf } from '../../../../../lib/platforms/ccaip/api/tenant';

it('signs in with the subdomain and the token', () => {
	const credential = { subdomain: 'https://acme.ujet.co', token: ' "s3cret:ü" ' };
	const [scheme, encoded = ''] = authorizationOf(credential).split(' ');
	expect(scheme).toBe('Basic');
	expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe('acme:s3cret:ü');
});
