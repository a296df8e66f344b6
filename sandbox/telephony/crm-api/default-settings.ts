/** Settings as an administrator would enter them after the documentation of this package. */
import type { EndpointName } from '../../../lib/crm-api/request';
import type { CrmApiPlatformSettings, DataFormat, EndpointSettings, Method } from './settings';

const SESSION = {
	call_id: '{Call_ID}',
	chat_id: '{Chat_ID}',
	channel: '{CHANNEL}',
	session_type: '{SESSION_TYPE}',
};

const PARAMETERS: Readonly<Record<EndpointName, Record<string, string>>> = {
	findAccountByQuery: {
		query:
			'=CONCAT_OR((Id:equals:{ACCOUNT_ID}), (Phone:equals:{PHONE_NUMBER}), (Email:equals:{EMAIL}), (Identifier:equals:{SDK_IDENTIFIER}))',
	},
	findAccountById: {},
	createAccount: {
		...SESSION,
		name: '{NAME}',
		phone: '{PHONE_NUMBER}',
		email: '{EMAIL}',
		identifier: '{SDK_IDENTIFIER}',
	},
	findRecord: { ...SESSION, contactId: '{ACCOUNT_ID}', menu: '{MENU_PATH}' },
	createRecord: {
		...SESSION,
		subject: '{TICKET_SUBJECT}',
		description: '{TICKET_DESCRIPTION}',
		phone: '{PHONE_NUMBER}',
		contactId: '{ACCOUNT_ID}',
		menu: '{MENU_PATH}',
		queue_id: '{QUEUE_ID}',
		lang: '{LANG}',
		agent_email: '=DEFAULT_VALUE({AGENT_EMAIL}, duty.desk@sandbox.example)',
		support_number: '{SUPPORT_PHONE_NUMBER}',
	},
	updateRecord: {
		...SESSION,
		id: '{RECORD_ID}',
		contactId: '{ACCOUNT_ID}',
		subject: '{TICKET_SUBJECT}',
		description: '{TICKET_DESCRIPTION}',
		rating: '{RATING}',
		feedback: '{FEEDBACK}',
		call_duration: '{CALL_DURATION}',
		hold_time: '{HOLD_TIME}',
		wait_time: '{WAIT_TIME}',
		disconnected_by: '{DISCONNECTED_BY}',
		agent_email: '{AGENT_EMAIL}',
		queue_name: '{QUEUE_NAME}',
	},
	uploadFile: { ...SESSION, id: '{RECORD_ID}' },
	addComment: { ...SESSION, id: '{RECORD_ID}', comment: '{COMMENT_BODY}' },
};

const PATHS: Readonly<Record<EndpointName, string>> = {
	findAccountByQuery: 'find-account',
	findAccountById: 'account/{ACCOUNT_ID}',
	createAccount: 'create-account',
	findRecord: 'find-record',
	createRecord: 'create-record',
	updateRecord: 'update-record',
	uploadFile: 'upload-file',
	addComment: 'comment',
};

/**
 * Every endpoint, with the same method and data format. Files are never uploaded by GET.
 *
 * @param changes what is set otherwise
 */
export function crmApiPlatformSettings(
	{ method = 'POST', dataFormat = { kind: 'property' } }: { method?: Method; dataFormat?: DataFormat } = {},
	changes: Partial<CrmApiPlatformSettings> = {},
): CrmApiPlatformSettings {
	const endpoints = Object.fromEntries(
		(Object.keys(PARAMETERS) as EndpointName[]).map((name): [EndpointName, EndpointSettings] => [
			name,
			{
				method: name === 'uploadFile' && method === 'GET' ? 'POST' : method,
				path: PATHS[name],
				parameters: PARAMETERS[name],
				dataFormat,
				responseLocation: [],
			},
		]),
	);
	return {
		endpoints,
		phoneFormat: 'automatic',
		timeoutSeconds: 10,
		reuseRecords: true,
		uploadType: 'multipart',
		fileParameter: 'file',
		htmlComments: false,
		authenticate: () => ({}),
		missingVariables: 'dropped',
		...changes,
	};
}
