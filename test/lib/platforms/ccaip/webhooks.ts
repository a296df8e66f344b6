/** Webhooks of CCAI Platform for tests. */
import { ccaip } from '../../../../lib/platforms/ccaip/platform';
import type { ParsedWebhook } from '../../../../lib/platforms/platform';
import type { OtherEvent, SessionEvent } from '../../../../lib/domain/session';

export const CUSTOMER = '+13125550100';

export function parse(body: unknown, query: Record<string, unknown> = {}): ParsedWebhook {
	return ccaip.parse(
		{ method: 'POST', headers: {}, query, body },
		{ sourceName: 'ccaip', sessionIdFrom: 'call' },
	);
}

export function eventOf(body: unknown): SessionEvent {
	const { events, others, rejected } = parse(body);
	expect({ others, rejected }).toEqual({ others: [], rejected: [] });
	expect(events).toHaveLength(1);
	return events[0] as SessionEvent;
}

export function otherOf(body: unknown): OtherEvent {
	const { events, others, rejected } = parse(body);
	expect({ events, rejected }).toEqual({ events: [], rejected: [] });
	expect(others).toHaveLength(1);
	return others[0] as OtherEvent;
}

/** One external session event of a call, as the only one of its delivery. */
export function callState(item: Record<string, unknown>, event: Record<string, unknown> = {}): unknown {
	return {
		count: 1,
		events: [
			{
				event_id: '6f1c8a52-9d0e-4c39-9f0a-3c1d2e4b5a60',
				timestamp: 1782296102123,
				type: 'CallState',
				...event,
				item: {
					call_id: 103646,
					direction: 'incoming',
					session_type_v2: 'Voice Inbound (IVR)',
					language: 'en',
					support_number: '+13125550199',
					...item,
				},
			},
		],
	};
}

export const EXTERNAL = { type: 'external', status: 'connected', dn: CUSTOMER };
export const ANA = { type: 'agent', agent_id: 7, name: 'Ana Lopez', email: 'ana@example.com' };
