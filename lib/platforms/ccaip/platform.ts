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
			"Open 'Settings' > 'Developer Settings' > 'Session Data Export' > 'Manage Data Export Settings' and turn on 'External Session Events': tick call events, chat events or both.",
			'Enter as API endpoint the production URL of this node, and the user and password of the credential above.',
			'That is all for calls and chats. Metadata files, chat webhooks and the agent adapter are there for more: the page says when you need them, and how.',
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
