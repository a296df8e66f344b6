/** Records of calls and chats as the API answers them. assumes: records-as-metadata */
import type { CcaipAgent, CcaipSession } from '../telephony/ccaip-events';
import { sessionMetadata, type CcaipRecord } from '../telephony/ccaip-metadata';

/** What a record tells; everything has a default. Times are milliseconds since the epoch. */
export interface RecordOptions extends Partial<Omit<CcaipRecord, 'session'>> {
	id?: number;
	phone?: string;
	type?: string;
	videos?: Array<{ id: number; url: string }>;
}

export const SANDBOX_AGENT: CcaipAgent = {
	id: 12,
	name: 'Ana Reis',
	email: 'ana.reis@sandbox.example',
	number: '104',
};

/** A call of three minutes that Ana Reis answered and that is over. */
export function callRecord({ phone, ...options }: RecordOptions = {}): Record<string, unknown> {
	return record('call', options, {
		type: 'Voice Inbound (IVR)',
		customer: { id: 501, phone: phone ?? '+13105550123' },
		supportNumber: '+18005550100',
	});
}

/** A chat of three minutes in the app that Ana Reis answered and that is over. */
export function chatRecord(options: Omit<RecordOptions, 'phone'> = {}): Record<string, unknown> {
	return record('chat', options, {
		type: 'Messaging Inbound (Mobile Chat)',
		customer: { id: 502, identifier: 'user-77' },
	});
}

function record(
	kind: CcaipSession['kind'],
	{ id = 123, type, videos = [], ...facts }: Omit<RecordOptions, 'phone'>,
	session: Pick<CcaipSession, 'type' | 'customer' | 'supportNumber'>,
): Record<string, unknown> {
	const updatedAt = facts.updatedAt ?? Date.UTC(2026, 2, 1, 10, 5);
	const base = sessionMetadata({
		session: {
			kind,
			id,
			direction: 'incoming',
			language: 'en',
			spelling: 'snake',
			agentEmails: true,
			...session,
			type: type ?? session.type,
		},
		status: 'finished',
		queuePath: ['Orders', 'Delivery'],
		createdAt: updatedAt - 300_000,
		queuedAt: updatedAt - 290_000,
		assignedAt: updatedAt - 280_000,
		connectedAt: updatedAt - 270_000,
		endsAt: updatedAt - 90_000,
		updatedAt,
		waitDuration: 20,
		talkDuration: 180,
		agent: SANDBOX_AGENT,
		...facts,
	});
	// To the millisecond, as the API tells the time by which it filters.
	return { ...base, updated_at: new Date(updatedAt).toISOString(), videos };
}
