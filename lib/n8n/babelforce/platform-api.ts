import { listPresences } from '../../platforms/babelforce/api/resources/presences';
import { babelforce } from '../../platforms/babelforce/platform';
import { askBabelforce } from './ask';
import type { PlatformApi } from '../platform-api';
import { testBabelforceApi } from './credential-test';
import { babelforceHost } from './host';
import { CREDENTIAL_TYPE } from './http';

export const babelforceApi: PlatformApi = {
	platform: babelforce,
	credentialType: CREDENTIAL_TYPE,
	testedBy: 'testBabelforceApi',
	testCredential: testBabelforceApi,
	hostOf: babelforceHost,
	uses: { statuses: 'Offers the presences of the account', files: 'For recordings of babelforce' },
	listStatuses: async (context) => {
		const presences = await askBabelforce(context, listPresences);
		// Requests name a presence by its name; people know its label, which two presences may share.
		return presences.map(({ name, label }) => ({ id: name, name: label }));
	},
};
