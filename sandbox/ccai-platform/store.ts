/** What the stand-in holds. */

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

export class SessionStore {
	private readonly sessions = { call: new Map<number, Record<string, unknown>>(), chat: new Map() };
	readonly files = new Map<string, StoredFile>();

	/** Adds a record, or replaces the one with the same id. */
	add(kind: Kind, ...records: Array<Record<string, unknown>>): void {
		for (const record of records) this.sessions[kind].set(Number(record.id), record);
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
