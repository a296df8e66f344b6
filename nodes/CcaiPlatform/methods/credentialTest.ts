export { testCcaiPlatformApi } from '../../../lib/n8n/ccai-platform-credential-test';
