/** What the stand-in holds. */
import type { Agent } from '../../lib/platforms/ccaip/api/documents';

/** A file, and how its server behaves. */
export interface StoredFile {
	/** Bytes. The content is that of `bytesOf(size)`. */
	size: number;
	/** Default `audio/mpeg`. Null leaves the header out. */
	contentType?: string | null;
	/** Content-Length. Default: the size. Null leaves it out. */
	announced?: number | null;
	/** Instead of the file, for good. */
	status?: number;
	/** Instead of the content, for example a sign-in page. */
	text?: string;
	/** Closes the connection after so many bytes; so often. */
	breaks?: { after: number; times: number };
	/** Sends nothing more after so many bytes; so often. */
	stalls?: { after: number; times: number };
}

export type Kind = 'call' | 'chat';

/** A call that another system asks for. */
export interface WantedCall {
	agentEmail: string;
	number: string;
	ticketId: string | undefined;
	outboundNumber: string | undefined;
	lang: string | undefined;
}

/** The company's own number, when a call names none. */
const OUTBOUND_NUMBER = '+1 202-555-0100';
/** Calls that are asked for get ids from here on. */
const FIRST_PLACED = 880_000;

export class SessionStore {
	private readonly sessions = { call: new Map<number, Record<string, unknown>>(), chat: new Map() };
	readonly files = new Map<string, StoredFile>();
	private placed = 0;

	/** Adds a record, or replaces the one with the same id. */
	add(kind: Kind, ...records: Array<Record<string, unknown>>): void {
		for (const record of records) this.sessions[kind].set(Number(record.id), record);
	}

	/** Adds the record of a call that was asked for. assumes: placed-call-record */
	placeCall(wanted: WantedCall, agent: Agent): Record<string, unknown> {
		this.placed += 1;
		const now = new Date().toISOString();
		const record = {
			id: FIRST_PLACED + this.placed,
			parent_id: null,
			lang: wanted.lang ?? 'en',
			call_type: 'Voice Outbound (API)',
			status: 'connecting',
			created_at: now,
			updated_at: now,
			out_ticket_id: wanted.ticketId ?? null,
			outbound_number: wanted.outboundNumber ?? OUTBOUND_NUMBER,
			support_number: wanted.outboundNumber ?? OUTBOUND_NUMBER,
			agent_info: {
				id: agent.id,
				name: `${agent.first_name} ${agent.last_name}`.trim(),
				email: agent.email,
				agent_number: agent.agent_number,
			},
			end_user: { id: this.placed, identifier: null, out_contact_id: null },
		};
		this.add('call', record);
		return record;
	}

	get(kind: Kind, id: string): Record<string, unknown> | undefined {
		return /^\d+$/.test(id) ? this.sessions[kind].get(Number(id)) : undefined;
	}

	list(kind: Kind): Array<Record<string, unknown>> {
		return [...this.sessions[kind].values()];
	}

	clear(): void {
		this.sessions.call.clear();
		this.sessions.chat.clear();
		this.files.clear();
	}
}
