/** Title, tags, comments, assignment and mails of single queues, which override the general ones or inherit them (rule U8). */
import type { Session } from '../domain/session';
import { rowFor } from './rules/queue-settings';
import type { Run } from './run';
import { usableAgent, usableFields } from './usable-input';

/**
 * The run with what holds for the session's queue. What the queue's row leaves out is inherited; an empty text or list
 * overrides, too.
 *
 * @param session everything that is known of it: an event may not name the queue
 */
export function forQueue(run: Run, session: Session): Run {
	const { input, report } = run;
	const row = rowFor(session, input.queues);
	if (row === undefined) return run;
	const { title, typeTag, platformTag, comments, assign, fallbackUserId, mails } = row;
	const { unassignedTag = input.agent.unassignedTag } = usableAgent(row, report);
	const { tags, assignedTeams } = usableFields(row, report);
	return {
		...run,
		input: {
			...input,
			conversation: { ...input.conversation, ...set({ title, typeTag, platformTag, tags, assignedTeams }) },
			...set({ comments, mails }),
			agent: {
				...input.agent,
				...set({ assign, fallbackUserId }),
				unassignedTag: unassignedTag === '' ? undefined : unassignedTag,
			},
		},
	};
}

/** The values that are set. */
function set<Values extends object>(values: Values): { [Name in keyof Values]?: NonNullable<Values[Name]> } {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
	) as { [Name in keyof Values]?: NonNullable<Values[Name]> };
}
