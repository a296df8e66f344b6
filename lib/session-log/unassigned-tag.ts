/**
 * A tag for conversations that should have an agent and have none, because the agent is not known in Kustomer and no fallback
 * user is set (rules C16, U8): people see them in a search.
 */
import { updateConversation } from '../kustomer/operations/update-conversation';
import type { Run } from './run';
import type { Assigned } from './stored-session';
import { unlessForbidden } from './unless-forbidden';

/** What becomes of the tag on a conversation. */
export type UnassignedMark = 'add' | 'remove' | 'leave';

/**
 * @param now who gets the conversation; undefined when that was not asked
 * @param before who got it when it was asked last
 */
export function unassignedMark(now: Assigned | undefined, before: Assigned | undefined): UnassignedMark {
	if (now === undefined) return 'leave';
	if (isNobodys(now)) return isNobodys(before) ? 'leave' : 'add';
	return isNobodys(before) ? 'remove' : 'leave';
}

/** Who keeps a conversation although the agent is not known is somebody. */
function isNobodys(assigned: Assigned | undefined): boolean {
	return assigned?.by === 'nobody' && (assigned.left ?? []).length === 0;
}

/** The tags to add with a write that goes to the conversation anyhow. */
export function tagsOfMark({ input }: Run, mark: UnassignedMark): string[] {
	const { unassignedTag } = input.agent;
	return mark === 'add' && unassignedTag !== undefined ? [unassignedTag] : [];
}

/**
 * What is left to do once the conversation is written: the tag of one that has an agent now is taken away, and one whose agent
 * Kustomer has refused gets it. Requests: one, or none.
 *
 * @param isRefused whether Kustomer did not take the user
 */
export async function finishMark(
	run: Run,
	conversationId: string,
	mark: UnassignedMark,
	isRefused: boolean,
): Promise<void> {
	const { client, input, report } = run;
	const { unassignedTag } = input.agent;
	if (unassignedTag === undefined) return;
	if (mark === 'add') report.done.push('tag: nobody is assigned');
	const adds = isRefused && mark !== 'add';
	if (!adds && mark !== 'remove') return;
	await updateConversation(client, {
		target: { id: conversationId },
		chooseId: input.chooseId,
		unknownAttributes: input.unknownAttributes,
		refusedValues: 'leaveOut',
		tags: adds ? { add: [unassignedTag] } : { remove: [unassignedTag] },
	})
		.then(() => report.done.push(adds ? 'tag: nobody is assigned' : 'tag removed: somebody is assigned'))
		.catch(unlessForbidden);
}
