import { credentialInWords } from '../../../../lib/n8n/webhook/webhook-credential';
import { findPlatform } from '../../../../lib/platforms/find-platform';
import { PLATFORMS } from '../../../../lib/platforms/platforms';
import type { WebhookCredential } from '../../../../lib/webhooks/authentication';

const HEADER: WebhookCredential = {
	method: 'header',
	headerName: 'X-Webhook-Token',
	headerValue: 'correct horse battery',
};
const BASIC: WebhookCredential = { method: 'basicAuth', user: 'ujet', password: 'correct horse battery' };

describe('what a panel says of the credential in use', () => {
	it('B6: the method, and what tells two credentials apart, without a secret', () => {
		expect(credentialInWords(HEADER, findPlatform('babelforce'))).toEqual({
			line: 'Secret Header (X-Webhook-Token)',
		});
		expect(credentialInWords(BASIC, findPlatform('ccaip'))).toEqual({ line: 'User and Password (ujet)' });
	});

	it("B6: that babelforce's secret header is not for CCAI Platform, and what is", () => {
		expect(credentialInWords(HEADER, findPlatform('ccaip'))).toEqual({
			line: 'Not for CCAI Platform: Secret Header (X-Webhook-Token)',
			advice:
				'CCAI Platform shows who it is by user and password, a signature, or a signed token: choose or create a webhook credential with that method.',
		});
	});

	it('B6: what is missing, and that there is none yet', () => {
		const empty = { ...BASIC, password: '' };
		expect(credentialInWords(empty, findPlatform('ccaip'))).toEqual({
			line: 'Not complete: User and Password (ujet)',
			advice: "'Password' is empty.",
		});
		expect(credentialInWords({}, undefined).line).toBe('Not complete: no method');
		expect(credentialInWords(undefined, undefined).line).toMatch(/^No webhook credential/);
	});

	it('B6: fits into the panel for every platform', () => {
		for (const platform of PLATFORMS) {
			for (const credential of [HEADER, BASIC, { ...HEADER, method: 'hmac' as const }]) {
				expect(credentialInWords(credential, platform).line.length).toBeLessThanOrEqual(60);
			}
		}
	});
});
