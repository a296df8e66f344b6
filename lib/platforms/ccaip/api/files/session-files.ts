import type { Session, SessionFile } from '../../../../domain/session';

/** The recording of a call, or its voicemail; undefined when the platform offers none, or not yet. */
export function recordingOf({ files = [] }: Session): SessionFile | undefined {
	return files.find(({ kind, url }) => (kind === 'recording' || kind === 'voicemail') && url !== undefined);
}

/** Kinds of media that end users share. */
export const MEDIA_KINDS = ['photo', 'video'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** A photo or video that can be fetched. */
export interface Medium {
	kind: MediaKind;
	/** The platform's id, else its position in the session, from 1. */
	id: string;
	url: string;
}

/** What the end user has shared, photos first. */
export function mediaOf({ files = [] }: Session, kinds: readonly MediaKind[]): Medium[] {
	return MEDIA_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) =>
		files
			.filter((file) => file.kind === kind)
			.flatMap(({ id, url }, index) =>
				url === undefined ? [] : [{ kind, id: id ?? String(index + 1), url }],
			),
	);
}
