import { TEST_CALLER, TEST_LINE } from '../../domain/test-call';
import type { TestCall, TestWebhook } from '../platform';

/** As external session events tell it. */
export function testCall({ id, startedAt, agentEmail }: TestCall): TestWebhook[] {
	const customer = (state: string) => ({ type: 'external', state, dn: TEST_CALLER });
	const agent = (state: string) => ({
		type: 'agent',
		state,
		name: 'Test agent',
		...(agentEmail === undefined ? {} : { email: agentEmail }),
	});
	const envelope = (seconds: number, item: object) => ({
		count: 1,
		events: [
			{
				event_id: `${id}-${seconds}`,
				timestamp: startedAt + seconds * 1000,
				type: 'CallState',
				item: {
					call_id: id,
					direction: 'incoming',
					session_type_v2: 'Voice Inbound (IVR)',
					support_number: TEST_LINE,
					queue_path_names: 'Test queue',
					...item,
				},
			},
		],
	});
	return [
		{
			event: 'queued',
			body: envelope(0, { state: 'connected', participants: [customer('connected')] }),
		},
		{
			event: 'bridged',
			body: envelope(5, { state: 'connected', participants: [customer('connected'), agent('connected')] }),
		},
		{
			event: 'ended',
			body: envelope(65, {
				state: 'disconnected',
				participants: [customer('disconnected'), agent('disconnected')],
				ends_at: new Date(startedAt + 65_000).toISOString(),
			}),
		},
	];
}
