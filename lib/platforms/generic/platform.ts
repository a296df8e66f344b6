import type { TelephonyPlatform } from '../platform';
import { testCall } from './test-call';
import { KINDS, parse } from './webhook';

/** Its agents have the general shape, which counts wherever no platform recognizes its own: `agent-status.ts`. */
export const generic: TelephonyPlatform = {
	name: 'generic',
	label: 'Generic',
	description: 'Any platform that can send a webhook with a call ID and the name of the event',
	eventKinds: KINDS,
	defaultEvents: ['incoming', 'bridged'],
	setup: {
		title: 'On your platform',
		page: 'other-platforms.md',
		steps: [
			'Send each event as a POST request with JSON to the production URL of this node.',
			"Two fields are needed: 'event' (for example incoming, bridged or ended) and 'sessionId' (the same in every event of a call). If your platform calls the ID otherwise, enter the name of its field in the option 'Session ID Field'.",
			"Add what you know: 'from', 'to', 'direction', 'agentEmail', 'agentName', 'queueName', 'startedAt', 'duration'.",
			'Add the header, the user and password, or the signature from the credential above.',
		],
	},
	webhookMethods: ['basicAuth', 'header', 'hmac', 'signedToken'],
	ownSettings: ['sourceName', 'sessionIdField'],
	testCall,
	parse,
};
