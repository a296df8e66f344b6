export { testBabelforceApi } from '../../../lib/n8n/babelforce/credential-test';
