import type { TelephonyPlatform } from '../platform';
import { agents } from './agent-status';
import { testCall } from './test-call';
import { EVENT_KINDS, parse } from './webhook';

export const babelforce: TelephonyPlatform = {
	name: 'babelforce',
	label: 'Babelforce',
	description: 'HTTP requests of babelforce automations',
	eventKinds: EVENT_KINDS,
	defaultEvents: ['incoming', 'bridged'],
	setup: {
		title: 'In babelforce',
		page: 'babelforce.md',
		steps: [
			"Open 'Integrated processes' > 'Global automations'. Add one automation for the event 'Inbound call' and one for 'Call bridged', each with the trigger 'always'.",
			"Choose the action 'HTTP request' with the method POST. The URL is the production URL of this node, followed by ?event=call.inbound for 'Inbound call' and by ?event=call.bridged for 'Call bridged'.",
			"Tick the bucket 'Call'. For 'Call bridged' also tick 'Agent' and 'Queue'.",
			'Add the header or the user and password from the credential above.',
		],
	},
	webhookMethods: ['header', 'basicAuth'],
	ownSettings: ['sessionIdFrom'],
	testCall,
	parse,
	agents,
};
