/**
 * Every kind of request that this package sends to Kustomer, with the smallest role that is enough for it (rule X8).
 * The error messages name these roles, and the table in the documentation is generated from them.
 *
 * Roles: https://developer.kustomer.com/docs/get-started/api-keys-and-roles. Where Kustomer accepts several roles for
 * one request, this table holds the narrowest one; broader ones, such as `org.permission`, include it.
 */

/** What one kind of request needs and does. */
export interface RequestRole {
	/** The smallest sufficient role, or undefined when any valid key will do. */
	readonly role: string | undefined;
	/** What the request does, to complete the sentence "Kustomer refused to …". */
	readonly does: string;
}

export const REQUEST_ROLES = {
	'credential.test': { role: undefined, does: 'connect' },

	'customer.get': { role: 'org.permission.customer.read', does: 'read a customer' },
	'customer.list': { role: 'org.permission.customer.read', does: 'list customers' },
	'customer.search': { role: 'org.permission.search.create', does: 'search for customers' },
	'customer.create': { role: 'org.permission.customer.create', does: 'create a customer' },
	'customer.update': { role: 'org.permission.customer.update', does: 'update a customer' },
	'customer.delete': { role: 'org.permission.customer.delete', does: 'delete a customer' },

	'conversation.get': { role: 'org.permission.conversation.read', does: 'read a conversation' },
	'conversation.list': { role: 'org.permission.conversation.read', does: 'list conversations' },
	'conversation.create': { role: 'org.permission.conversation.create', does: 'create a conversation' },
	'conversation.update': { role: 'org.permission.conversation.update', does: 'update a conversation' },
	'conversation.delete': { role: 'org.permission.conversation.delete', does: 'delete a conversation' },
	'conversation.addTags': {
		role: 'org.permission.conversation.update',
		does: 'add tags to a conversation',
	},
	'conversation.removeTags': {
		role: 'org.permission.conversation.delete',
		does: 'remove tags from a conversation',
	},

	'note.create': { role: 'org.permission.note.create', does: 'add a note' },
	'note.update': { role: 'org.permission.note.update', does: 'change a note' },
	'note.get': { role: 'org.permission.note.read', does: 'read a note' },
	'note.list': { role: 'org.permission.note.read', does: 'list notes' },

	'message.get': { role: 'org.permission.message.read', does: 'read a message' },
	'message.list': { role: 'org.permission.message.read', does: 'list messages' },
	'message.search': { role: 'org.permission.search.create', does: 'search for messages' },
	'message.create': { role: 'org.permission.message.create', does: 'create a message' },
	'message.update': { role: 'org.permission.message.update', does: 'update a message' },

	// The role for notes or the one for messages is enough: https://developer.kustomer.com/api/core-resources/create-attachment
	'attachment.create': { role: 'org.permission.note.create', does: 'take a file' },
	'attachment.get': { role: 'org.permission.attachment.read', does: 'read the files of a message' },

	'user.get': { role: 'org.permission.user.read', does: 'read a user' },
	'user.list': { role: 'org.permission.user.read', does: 'list users' },
	'team.list': { role: 'org.permission.team.read', does: 'list teams' },
	'queue.list': { role: 'org.permission.queue.read', does: 'list queues' },
	'status.list': { role: 'org.permission.routing_status.read', does: 'list agent statuses' },
	'workSession.list': { role: 'org.permission.work_session.read', does: 'list work sessions' },
	'workSession.get': { role: 'org.permission.work_session.read', does: 'read a work session' },
	// Kustomer names no narrower role for the sessions of one user:
	// https://developer.kustomer.com/api/queues-and-routing/get-work-sessions-by-user-id
	'workSession.ofUser': { role: 'org.permission.routing.read', does: "read an agent's work sessions" },
	'workSession.update': { role: 'org.permission.work_session.update', does: "change an agent's status" },
	// https://developer.kustomer.com/api/apps-platform/list-outbound-webhooks
	'outboundWebhook.list': {
		role: 'org.permission.outbound_webhook.read',
		does: 'list the outbound webhooks',
	},
	'outboundWebhook.create': {
		role: 'org.permission.outbound_webhook.create',
		does: 'create an outbound webhook',
	},
	'outboundWebhook.update': {
		role: 'org.permission.outbound_webhook.update',
		does: 'change an outbound webhook',
	},
	'outboundWebhook.delete': {
		role: 'org.permission.outbound_webhook.delete',
		does: 'delete an outbound webhook',
	},
	'tag.list': { role: 'org.permission.tag.read', does: 'list tags' },
	'metadata.get': { role: 'org.permission.metadata.read', does: 'read the custom attributes' },
	'metadata.update': { role: 'org.permission.metadata.update', does: 'define custom attributes' },
} as const satisfies Record<string, RequestRole>;

/** Name of one kind of request. */
export type RequestName = keyof typeof REQUEST_ROLES;

/** The requests that one operation of the package makes. */
export interface OperationRequests {
	/** Sent in every run, or in most. */
	readonly always: readonly RequestName[];
	/** Sent only when the named circumstance applies. */
	readonly sometimes: readonly { readonly request: RequestName; readonly when: string }[];
}

/** Which requests each operation of the Kustomer node makes: the source of the roles table in the documentation. */
export const OPERATION_REQUESTS = {
	'customer.findOrCreate': {
		always: ['customer.get', 'customer.create'],
		sometimes: [
			{
				request: 'customer.search',
				when: 'nobody has the phone number alone: whether customers share it; and when Kustomer refuses a new customer because the phone number or email is taken, and no look-up finds who has it',
			},
		],
	},
	'customer.create': {
		always: ['customer.create'],
		sometimes: [{ request: 'customer.get', when: 'a customer with the same external ID exists' }],
	},
	'customer.get': { always: ['customer.get'], sometimes: [] },
	'customer.getMany': {
		always: ['customer.list'],
		sometimes: [{ request: 'customer.search', when: 'a search text is given' }],
	},
	'customer.update': {
		always: ['customer.update'],
		sometimes: [
			{
				request: 'customer.get',
				when: 'phones or emails are added or removed, or the customer is named by something else than the ID',
			},
		],
	},
	'conversation.create': {
		always: ['conversation.create'],
		sometimes: [
			{ request: 'conversation.get', when: 'a conversation with the same external ID exists' },
			{ request: 'conversation.addTags', when: 'Kustomer did not attach the tags when it created it' },
			{ request: 'note.create', when: 'a note is given' },
		],
	},
	'conversation.update': {
		always: ['conversation.update'],
		sometimes: [
			{
				request: 'conversation.get',
				when: 'users or teams are added or removed, only a note is added, or the external ID has to be looked up',
			},
			{ request: 'conversation.addTags', when: 'tags are added' },
			{ request: 'conversation.removeTags', when: 'tags are removed' },
			{ request: 'note.create', when: 'a note is given' },
		],
	},
	'conversation.get': { always: ['conversation.get'], sometimes: [] },
	'conversation.getMany': { always: ['conversation.list'], sometimes: [] },
	'conversation.findOpen': {
		always: ['conversation.list'],
		sometimes: [{ request: 'tag.list', when: 'a tag is given by its name' }],
	},
	'note.create': {
		always: ['note.create'],
		sometimes: [
			{ request: 'conversation.get', when: 'the external ID of the conversation has to be looked up' },
			{ request: 'note.list', when: 'the note has a key and choosing IDs is off' },
		],
	},
	'message.create': {
		always: ['message.create'],
		sometimes: [
			{ request: 'message.get', when: 'a message with the same external ID exists' },
			{ request: 'conversation.get', when: 'the external ID of the conversation has to be looked up' },
		],
	},
	'message.update': {
		always: ['message.update'],
		sometimes: [{ request: 'message.get', when: 'the external ID has to be looked up' }],
	},
	'recording.upload': {
		always: ['message.get', 'attachment.create', 'note.get', 'note.create'],
		sometimes: [
			{ request: 'conversation.get', when: 'the file is added to a conversation' },
			{ request: 'message.update', when: "the file is added to the session's message" },
			{ request: 'attachment.get', when: "the file is added to the session's message" },
			{ request: 'note.list', when: 'choosing IDs is off' },
		],
	},
	'session.log': {
		always: [
			'message.get',
			'message.create',
			'message.update',
			'customer.get',
			'conversation.list',
			'conversation.create',
			'conversation.update',
			'note.create',
		],
		sometimes: [
			{ request: 'customer.create', when: 'the customer is not known yet' },
			{
				request: 'customer.search',
				when: 'nobody has the phone number alone: whether customers share it; and when Kustomer refuses a new customer because the phone number or email is taken, and no look-up finds who has it',
			},
			{
				request: 'customer.update',
				when: 'a customer who exists gets attributes: mapped ones, the Assignee Attribute, or the custom user ID',
			},
			{ request: 'message.list', when: 'the customer has a conversation that may take the session' },
			{ request: 'message.search', when: 'Look Up Together is on' },
			{
				request: 'conversation.get',
				when: 'an agent becomes known after the session is over, or what the title names becomes known later',
			},
			{
				request: 'tag.list',
				when: 'the type of the session becomes known later (without the role its tag stays as it is)',
			},
			{
				request: 'conversation.removeTags',
				when: 'the type of the session becomes known later (without the role the first tag stays beside the right one)',
			},
			{ request: 'conversation.addTags', when: 'an existing conversation gets the session type tag' },
			{ request: 'note.update', when: 'the text of a comment changes' },
			{ request: 'note.get', when: 'another run has written a comment, or was cut off while it changed one' },
			{ request: 'note.list', when: 'choosing IDs is off' },
			{ request: 'user.list', when: 'the agent is found by email' },
			{
				request: 'metadata.get',
				when: 'several custom attributes are not defined (without the role they are found one by one)',
			},
		],
	},
	'field.createSessionFields': {
		always: ['metadata.get'],
		sometimes: [{ request: 'metadata.update', when: 'a field is missing' }],
	},
	'agentLink.createCallLink': {
		always: ['conversation.get', 'customer.get'],
		sometimes: [
			{ request: 'user.get', when: 'no agent is named: the user to whom the conversation is assigned' },
		],
	},
	'agentLink.createToken': { always: [], sometimes: [] },
	'agentLink.useCallLink': {
		always: ['note.create'],
		sometimes: [],
	},
	'agentLink.getPage': {
		always: ['customer.get'],
		sometimes: [
			{ request: 'conversation.get', when: 'the record ID is told' },
			{ request: 'message.get', when: 'the session ID is told' },
			{ request: 'conversation.list', when: 'the queue is told' },
			{ request: 'message.list', when: 'the queue is told' },
			{
				request: 'customer.search',
				when: 'nobody has the phone number alone: whether customers share it',
			},
		],
	},
	'testCall.remove': {
		always: ['customer.get', 'conversation.list'],
		sometimes: [
			{ request: 'conversation.delete', when: 'there are test calls' },
			{ request: 'customer.delete', when: 'their customer has no other conversation' },
		],
	},
	'user.find': { always: ['user.list'], sometimes: [] },
	'agentStatus.compare': {
		always: ['workSession.list', 'status.list', 'user.list'],
		sometimes: [{ request: 'team.list', when: 'teams are chosen, and any team of an agent counts' }],
	},
	'agentStatus.get': {
		always: ['status.list'],
		sometimes: [
			{ request: 'workSession.ofUser', when: 'one agent is read' },
			{ request: 'workSession.list', when: 'all agents are read' },
			{ request: 'user.list', when: 'the agent is named by email, or all agents are read' },
		],
	},
	'agentStatus.set': {
		always: ['status.list', 'workSession.update'],
		sometimes: [
			{ request: 'workSession.ofUser', when: 'no work session ID is given, or that session is over' },
			{
				request: 'workSession.get',
				when: 'a work session ID is given, or somebody else changes the session at the same moment',
			},
			{ request: 'user.list', when: 'the agent is named by email' },
		],
	},
	'trigger.events': {
		always: ['outboundWebhook.list', 'outboundWebhook.create', 'outboundWebhook.delete'],
		sometimes: [
			{
				request: 'outboundWebhook.update',
				when: 'the workflow was not unpublished properly, and its webhook is used again',
			},
		],
	},
	'trigger.agentStatus': {
		always: ['workSession.list', 'status.list', 'user.list'],
		sometimes: [{ request: 'team.list', when: 'teams are chosen, and any team of an agent counts' }],
	},
} as const satisfies Record<string, OperationRequests>;

/** Name of one operation of the package. */
export type OperationName = keyof typeof OPERATION_REQUESTS;

/** The role that one kind of request needs; undefined when any valid key will do (rule X8). */
export function roleOf(request: RequestName): string | undefined {
	return REQUEST_ROLES[request].role;
}

/** The roles that an operation always needs, and those it needs in some cases, each named once (rule X8). */
export function rolesOfOperation(operation: OperationName): {
	always: string[];
	sometimes: Array<{ role: string; when: string }>;
} {
	const requests: OperationRequests = OPERATION_REQUESTS[operation];
	const always = [...new Set(requests.always.flatMap((request) => roleOf(request) ?? []))];
	const sometimes = requests.sometimes.flatMap(({ request, when }) => {
		const role = roleOf(request);
		return role === undefined || always.includes(role) ? [] : [{ role, when }];
	});
	return { always, sometimes };
}
