/**
 * Gives a conversation to an agent (rules C8, C16), so that a process may die at any moment.
 *
 * Two processes that assign at the same time, one of which dies, would leave either agent, and nobody could tell an agent whom
 * the dead one has assigned from one whom a person has. Therefore the session's message says first who is about to get the
 * conversation, and from whom; then the conversation is changed. Whoever reads such a message without knowing what came of it
 * looks at the conversation, and carries out what is missing. A process that has done it knows, and says so with whatever it writes next.
 */
import type { Conversation } from '../kustomer/documents';
import { getConversation } from '../kustomer/resources/conversations';
import { isRecord } from '../domain/record';
import { settled, usersOf } from './merge-done';
import { changeConversation } from './put-on-conversation';
import type { Run } from './run';
import type { Assigned, LoggedSession } from './stored-session';

/** Milliseconds after which a change of the assignment is not the one that was announced: that one is sent at once. */
const LONGEST_WAY = 60_000;

/** The assignment as the message announces it. @param users who has the conversation now, as far as is known */
export function announced(assigned: Assigned, users: readonly string[]): Assigned {
	return { ...assigned, from: users.filter((user) => user !== assigned.userId) };
}

/** Whether nobody else has the conversation. */
export function hasOnly(users: readonly string[], userId: string): boolean {
	return users.length > 0 && users.every((user) => user === userId);
}

/**
 * Carries out what the message has announced. Requests: one.
 *
 * @returns how it is now; when Kustomer does not take the user, those who had the conversation keep it
 */
export async function giveConversation(
	run: Run,
	conversationId: string,
	assigned: Assigned,
): Promise<Assigned> {
	const { userId } = assigned;
	if (userId === undefined) return settled(assigned);
	const isTaken = await changeConversation(run, conversationId, {
		userId,
		custom: { values: undefined, written: {}, shortened: [] },
	});
	if (isTaken) return settled(assigned);
	const { agent, by, from = [] } = assigned;
	return { agent, by, left: from };
}

/**
 * Whether an assignment that was announced still has to be carried out. What a person has decided since stays. Requests: one.
 *
 * @param anybody whoever has the conversation, another process has just given it to them
 */
export async function isToGive(
	{ client }: Run,
	{ conversationId, done, seen }: LoggedSession,
	anybody: boolean,
): Promise<boolean> {
	const { assigned } = done;
	if (assigned?.userId === undefined) return false;
	const conversation = await getConversation(client, conversationId);
	const users = conversation.attributes.assignedUsers ?? [];
	if (hasOnly(users, assigned.userId)) return false;
	if (anybody) return true;
	const changedAt = assignedAt(conversation) - Date.parse(seen.updatedAt ?? '');
	if (changedAt > LONGEST_WAY) return false;
	const ours = usersOf(assigned);
	return users.every((user) => ours.includes(user));
}

/** When the assignment of a conversation was changed last. NaN when it does not say. */
function assignedAt({ attributes }: Conversation): number {
	const { modificationHistory } = attributes;
	const at = isRecord(modificationHistory) ? modificationHistory.assignedUsersAt : undefined;
	return typeof at === 'string' ? Date.parse(at) : Number.NaN;
}
