import type { EventKind, Session, SessionState } from '../domain/session';

/** What an event says about how far the session has come. */
export const STATE_BY_KIND: Readonly<Partial<Record<EventKind, SessionState>>> = {
	incoming: 'started',
	outgoing: 'started',
	queued: 'queued',
	assigned: 'assigned',
	bridged: 'connected',
	ended: 'ended',
	voicemail: 'ended',
	disposition: 'completed',
};

/** When an event happened, from the times that its session carries. */
export function timeOfKind(session: Session, kind: EventKind): string | undefined {
	switch (kind) {
		case 'incoming':
		case 'outgoing':
			return session.startedAt;
		case 'queued':
			return session.queuedAt;
		case 'assigned':
			return session.assignedAt;
		case 'bridged':
			return session.connectedAt;
		case 'ended':
		case 'voicemail':
			return session.endedAt;
		default:
			return undefined;
	}
}
