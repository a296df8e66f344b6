/** Tests credentials when somebody saves them. */
export { testKustomerApi } from '../../../lib/n8n/kustomer/credential-test';

// The credentials for the address of a file.
export { testBabelforceApi } from '../../../lib/n8n/babelforce/credential-test';
export { testCcaiPlatformApi } from '../../../lib/n8n/ccaip/credential-test';
