export { credentialTest } from './credentialTest';
export * as listSearch from '../../../lib/n8n/kustomer/methods/list-search';
export * as loadOptions from './loadOptions';
export * as resourceMapping from '../../../lib/n8n/kustomer/methods/resource-mapping';
