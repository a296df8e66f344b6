/** Mails about sessions of queues whose mails are not logged (rule U8): they change nothing, as if they had not been sent. */
import type { Session } from '../domain/session';
import type { SessionRecord } from '../domain/session-record';
import type { Logged } from './results';
import type { Run } from './run';

/** Whether a mail told it, and mails of the queue that the run is for are not logged. */
export function isUnwantedMail({ input }: Run): boolean {
	return input.byMail === true && input.mails === false;
}

/** Whether it is clear which settings hold for a mail, so that nothing has to be read for it. */
export function isMailSettingClear({ input }: Run, { menuPath, queue }: Session): boolean {
	return (
		menuPath !== undefined || queue !== undefined || input.queues.every(({ mails }) => mails === undefined)
	);
}

/** What is said of such a mail. */
export function mailNotLogged({ session }: SessionRecord): Logged {
	return {
		outcome: 'skipped',
		rule: 'U8',
		reason: 'Mails of sessions of this queue are not logged.',
		session,
	};
}
