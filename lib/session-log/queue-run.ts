/** Title, tags, comments and assignment of single queues, which override the general ones or inherit them (rule U8). */
import type { Session } from '../domain/session';
import { rowFor } from './rules/queue-settings';
import type { Run } from './run';

/**
 * The run with what holds for the session's queue. What the queue's row leaves out is inherited.
 *
 * @param session everything that is known of it: an event may not name the queue
 */
export function forQueue(run: Run, session: Session): Run {
	const { input } = run;
	const row = rowFor(session, input.queues);
	if (row === undefined) return run;
	const { title, typeTag, platformTag, comments, assign } = row;
	return {
		...run,
		input: {
			...input,
			conversation: {
				...input.conversation,
				...(title === undefined ? {} : { title }),
				...(typeTag === undefined ? {} : { typeTag }),
				...(platformTag === undefined ? {} : { platformTag }),
			},
			...(comments === undefined ? {} : { comments }),
			agent: { ...input.agent, ...(assign === undefined ? {} : { assign }) },
		},
	};
}
