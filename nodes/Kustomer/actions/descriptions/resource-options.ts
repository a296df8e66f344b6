import type { INodePropertyOptions } from 'n8n-workflow';

/** What the node works on, as the panel offers it. */
export const resourceOptions: INodePropertyOptions[] = [
	{ name: 'Agent Link', value: 'agentLink' },
	{ name: 'Agent Status', value: 'agentStatus' },
	{ name: 'Conversation', value: 'conversation' },
	{ name: 'Custom CRM Request', value: 'crmRequest' },
	{ name: 'Customer', value: 'customer' },
	{ name: 'Message', value: 'message' },
	{ name: 'Note', value: 'note' },
	{ name: 'Recording', value: 'recording' },
	{ name: 'Session', value: 'session' },
	{ name: 'Session Field', value: 'field' },
	{ name: 'Test Call', value: 'testCall' },
	{ name: 'User', value: 'user' },
];
