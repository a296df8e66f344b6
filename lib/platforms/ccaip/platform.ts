import { EVENT_KINDS } from '../../domain/session';
import type { TelephonyPlatform } from '../platform';
import { agents } from './agent-status';
import { SOURCE } from './normal-form';
import { testCall } from './test-call';
import { parse } from './webhook';

export const ccaip: TelephonyPlatform = {
	name: SOURCE,
	label: 'CCAI Platform',
	description:
		'Google Cloud CCAI Platform (UJET): session events, session metadata, chat webhooks and the agent adapter',
	eventKinds: EVENT_KINDS,
	// All that tells of a session. Single messages and what is about no session are for those who ask.
	defaultEvents: EVENT_KINDS.filter((kind) => kind !== 'message' && kind !== 'other'),
	setup: {
		title: 'In CCAI Platform (UJET)',
		page: 'ccaip.md',
		steps: [
			"Open 'Settings' > 'Developer Settings' > 'Session Data Export' > 'Manage Data Export Settings' and turn on 'External Session Events'. Tick call events, chat events or both. The API endpoint is the production URL of this node; user and password are those of the credential above.",
			"Session metadata: let a workflow of yours post each file 'call-….json' or 'chat-….json' to the same URL.",
			"Chats over the Apps API: put the URL of a second trigger under 'Developer Settings' > 'Webhooks'. Its credential uses the method 'Signature' with the header X-Signature (Base64), the timestamp header X-Signature-Timestamp, and timestamp followed by body as signed content.",
			"Agent adapter: the agent desktop passes its events on to the URL. Its credential uses the method 'Signed Token'.",
		],
	},
	webhookMethods: ['basicAuth', 'hmac', 'signedToken'],
	testCall,
	parse,
	// Files and emails hold what the webhooks do (rules U1, U4).
	readRecord: (record) =>
		parse(
			{ method: 'POST', headers: {}, query: {}, body: record },
			{ sourceName: SOURCE, sessionIdFrom: 'call' },
		),
	agents,
};
