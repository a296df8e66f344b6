export { testCcaiPlatformApi } from '../../../lib/n8n/ccaip/credential-test';
