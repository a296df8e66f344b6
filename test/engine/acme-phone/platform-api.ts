import type { PlatformApi } from '../../../lib/n8n/platform-api';
import { acmePhone } from './platform';

export const acmePhoneApi: PlatformApi = {
	platform: acmePhone,
	credentialType: 'acmePhoneApi',
	testedBy: 'testAcmePhoneApi',
	testCredential: async () => ({ status: 'OK', message: 'The Acme Phone answers' }),
	hostOf: () => ({ baseUrl: 'https://phone.acme.example' }),
	uses: { statuses: 'Offers the moods of the phone', files: 'For tapes of the phone' },
	listStatuses: async () => [
		{ id: '1', name: 'Happy' },
		{ id: '2', name: 'Grumpy' },
	],
};
