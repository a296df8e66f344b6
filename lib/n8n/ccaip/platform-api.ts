import { listUserStatuses } from '../../platforms/ccaip/api/resources/user-statuses';
import { tenantOf } from '../../platforms/ccaip/api/tenant';
import { ccaip } from '../../platforms/ccaip/platform';
import { askCcaiPlatform } from './ask';
import type { PlatformApi } from '../platform-api';
import { testCcaiPlatformApi } from './credential-test';
import { CREDENTIAL_TYPE } from './client';

export const ccaipApi: PlatformApi = {
	platform: ccaip,
	credentialType: CREDENTIAL_TYPE,
	testedBy: 'testCcaiPlatformApi',
	testCredential: testCcaiPlatformApi,
	hostOf: tenantOf,
	uses: { statuses: 'Offers the statuses of the instance', files: 'For recordings of CCAI Platform' },
	listStatuses: async (context) => {
		const statuses = await askCcaiPlatform(context, listUserStatuses);
		return statuses.filter(({ isSystem }) => !isSystem);
	},
};
