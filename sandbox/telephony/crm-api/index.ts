export { crmApiPlatformSettings } from './default-settings';
export { inProcess } from './in-process';
export { CrmApiPlatform, type CrmApiPlatformOptions, type OpenSession, type SentRequest } from './platform';
export {
	formatted,
	PLATFORM_PHONE_FORMATS,
	type CrmApiPlatformSettings,
	type DataFormat,
	type EndpointSettings,
	type Method,
	type PlatformPhoneFormat,
	type SessionFacts,
	type SimulatedCustomer,
	type SimulatedSession,
} from './settings';
export {
	overHttp,
	type CrmApiCall,
	type CrmApiReply,
	type CrmApiTransport,
	type SimulatedFile,
} from './transport';
