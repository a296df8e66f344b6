import type { LookupFunction } from 'node:net';

import type { IExecuteFunctions } from 'n8n-workflow';

import { nameResolver } from '../../../../lib/n8n/http/resolve-name';

type Helpers = IExecuteFunctions['helpers'];

const helpersWith = (lookup: LookupFunction) =>
	({ getSecureEgressFilter: () => ({ createSecureLookup: () => lookup }) }) as unknown as Helpers;

describe('X8: resolving names', () => {
	it("takes all addresses that n8n's own look-up gives", async () => {
		const lookup: LookupFunction = (name, options, done) => {
			expect([name, options]).toEqual(['files.example.com', { all: true }]);
			done(null, [
				{ address: '10.0.0.8', family: 4 },
				{ address: 'fd00::1', family: 6 },
			]);
		};
		expect(await nameResolver(helpersWith(lookup))?.('files.example.com')).toEqual(['10.0.0.8', 'fd00::1']);
	});

	it('knows no address of what cannot be resolved, or what n8n itself refuses', async () => {
		for (const error of [new Error('ENOTFOUND'), new Error('The request was blocked because ...')]) {
			const lookup: LookupFunction = (_name, _options, done) => done(error, []);
			expect(await nameResolver(helpersWith(lookup))?.('files.example.com')).toEqual([]);
		}
	});

	it('is not there in an n8n that has no such look-up', () => {
		expect(nameResolver({} as Helpers)).toBeUndefined();
	});
});
