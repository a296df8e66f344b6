/** The table of the endpoints (rule G1). Node panel, reader of requests and docs/crm-api.md are made from it. */
import { createAccount, findAccountById, findAccountByQuery } from './accounts';
import { addComment, uploadFile } from './comments-and-files';
import type { ParameterName } from './parameters';
import { createRecord, findRecord, updateRecord } from './records';
import { ENDPOINT_NAMES, type AnswerBody, type EndpointName } from './request';
import type { Handler } from './work';

/** What a request to an endpoint may say, and what it is answered. */
export interface Contract {
	/** Groups of parameters; of each group one is needed. */
	needs: ReadonlyArray<readonly ParameterName[]>;
	/** What else counts. Every other parameter is understood as well and kept where it says something of the session. */
	takes: readonly ParameterName[];
	/** Example of an answer. */
	answer: AnswerBody;
	/** Statuses beside those that every endpoint answers, with their meaning. */
	statuses: ReadonlyArray<readonly [status: 200 | 201 | 404 | 422, meaning: string]>;
}

export interface Endpoint {
	name: EndpointName;
	/** As in CCAI Platform's settings. */
	label: string;
	/** One or two sentences. */
	description: string;
	/** Path below the base: one step, without slashes. */
	path: string;
	/** Whether an id may stand behind the path: `<path>/<id>`. */
	idInPath: boolean;
	/** Whether the request carries a file. */
	takesFile: boolean;
	contract: Contract;
	handle: Handler;
}

const ACCOUNT: AnswerBody = {
	id: '5f0c1a2b3d4e5f6071829304',
	name: 'Kim Lee',
	phone: '+12223334444',
	email: 'kim@example.com',
};
const RECORD: AnswerBody = {
	id: '5f0c1a2b3d4e5f6071829305',
	subject: 'Call about order 4711',
	status: 'open',
	contactId: '5f0c1a2b3d4e5f6071829304',
	phone: '+12223334444',
};

const WHO = ['phone', 'email', 'identifier', 'customUserId', 'sdkPhone', 'sdkEmail'] as const;
const SESSION = ['callId', 'chatId', 'sessionId'] as const;
const FACTS = [
	'sourceType',
	'sessionType',
	'direction',
	'menu',
	'queue',
	'queueId',
	'language',
	'agentEmail',
	'agentId',
	'agentCustomId',
	'supportNumber',
	'outboundNumber',
	'rating',
	'feedback',
	'callDuration',
	'holdTime',
	'waitTime',
	'disconnectedBy',
	'deviceType',
	'smartActionSessionId',
] as const;

const BY_NAME: Readonly<Record<EndpointName, Omit<Endpoint, 'name'>>> = {
	findAccountByQuery: {
		label: 'Find an account by query',
		description:
			'Finds the customer by phone number, email address, identifier, ID, or conditions with several of them. Creates nobody.',
		path: 'find-account',
		idInPath: false,
		takesFile: false,
		contract: {
			needs: [['phone', 'email', 'query', 'id', 'identifier']],
			takes: ['customUserId', 'sdkPhone', 'sdkEmail', 'contactId'],
			answer: ACCOUNT,
			statuses: [
				[200, 'The customer.'],
				[404, 'No such customer: the platform creates one.'],
			],
		},
		handle: findAccountByQuery,
	},
	findAccountById: {
		label: 'Find an account by ID',
		description:
			'Finds the customer by the ID that an earlier answer gave. 404 makes the platform go on with the query.',
		path: 'account',
		idInPath: true,
		takesFile: false,
		contract: {
			needs: [['id', 'contactId']],
			takes: [],
			answer: ACCOUNT,
			statuses: [
				[200, 'The customer.'],
				[404, 'No such customer, or no ID of Kustomer: the platform asks by query.'],
			],
		},
		handle: findAccountById,
	},
	createAccount: {
		label: 'Create an account',
		description: 'Creates the customer, or finds the one who is there already: nobody is doubled.',
		path: 'create-account',
		idInPath: false,
		takesFile: false,
		contract: {
			needs: [['phone', 'email', 'identifier', 'sdkPhone', 'sdkEmail', 'customUserId', ...SESSION]],
			takes: ['name', 'firstName', 'lastName', 'sdkName', 'supportNumber', 'outboundNumber'],
			answer: ACCOUNT,
			statuses: [
				[201, 'Created.'],
				[200, 'Found: Kustomer had the customer already.'],
			],
		},
		handle: createAccount,
	},
	findRecord: {
		label: 'Find a record by query',
		description:
			'Finds the conversation: by its ID, by the session, or the open one to which your record rules append the session.',
		path: 'find-record',
		idInPath: true,
		takesFile: false,
		contract: {
			needs: [['contactId', 'id', 'phone', 'email', ...SESSION]],
			takes: ['recordId', 'menu', 'queue', 'queueId', 'sourceType', 'direction'],
			answer: RECORD,
			statuses: [
				[200, 'The conversation.'],
				[404, 'None fits: the platform creates one.'],
			],
		},
		handle: findRecord,
	},
	createRecord: {
		label: 'Create a record',
		description:
			'Logs the call or chat, with everything that is told of it. Which conversation it gets, a new one or one that is open, your record rules decide.',
		path: 'create-record',
		idInPath: false,
		takesFile: false,
		contract: {
			needs: [['contactId', ...SESSION, ...WHO]],
			takes: ['subject', 'description', 'name', 'firstName', 'lastName', 'sdkName', 'endUserId', ...FACTS],
			answer: RECORD,
			statuses: [
				[201, 'A new conversation.'],
				[200, 'The call or chat is on a conversation that was there.'],
				[422, 'Your rules keep it out of Kustomer, for example between two of your own numbers.'],
			],
		},
		handle: createRecord,
	},
	updateRecord: {
		label: 'Update a record',
		description:
			'Adds what has become known: title, description, rating, end, queue, agent, who the customer is. Told twice, it changes nothing.',
		path: 'update-record',
		idInPath: true,
		takesFile: false,
		contract: {
			needs: [['id', 'recordId', ...SESSION]],
			takes: ['subject', 'description', 'contactId', 'phone', 'email', 'identifier', 'name', ...FACTS],
			answer: RECORD,
			statuses: [
				[200, 'The conversation as it is now.'],
				[404, 'No conversation has this ID.'],
			],
		},
		handle: updateRecord,
	},
	uploadFile: {
		label: 'Upload a file',
		description: 'Stores the file in Kustomer and shows it in a note on the conversation, once.',
		path: 'upload-file',
		idInPath: true,
		takesFile: true,
		contract: {
			needs: [['id', 'recordId', ...SESSION]],
			takes: ['fileName', 'contentType', 'callDuration'],
			answer: {
				id: '5f0c1a2b3d4e5f6071829307',
				url: 'https://acme.kustomerapp.com/app/customers/5f0c1a2b3d4e5f6071829304/event/5f0c1a2b3d4e5f6071829305',
			},
			statuses: [
				[201, 'Stored.'],
				[200, 'The conversation had this file already.'],
				[404, 'No conversation has this ID.'],
			],
		},
		handle: uploadFile,
	},
	addComment: {
		label: 'Comment',
		description: 'Writes a note on the conversation, HTML without its tags, once.',
		path: 'comment',
		idInPath: true,
		takesFile: false,
		contract: {
			needs: [['comment'], ['id', 'recordId', ...SESSION]],
			takes: [],
			answer: { id: '5f0c1a2b3d4e5f6071829308' },
			statuses: [
				[201, 'Written.'],
				[200, 'The conversation had this comment already.'],
				[404, 'No conversation has this ID.'],
			],
		},
		handle: addComment,
	},
};

/** In the order of the platform's settings. */
export const ENDPOINTS: readonly Endpoint[] = ENDPOINT_NAMES.map((name) => ({ name, ...BY_NAME[name] }));

export function endpointNamed(name: EndpointName): Endpoint {
	return { name, ...BY_NAME[name] };
}
