/**
 * Title and type tag of a conversation that was created for a session, when the type of the session, or what else the title names,
 * becomes known later (rules D7, D8). What a person has changed stays.
 */
import type { KustomerClient } from '../kustomer/client';
import type { UpdateConversationInput } from '../kustomer/inputs';
import { updateConversation } from '../kustomer/operations/update-conversation';
import { getConversation } from '../kustomer/resources/conversations';
import { findTagId } from '../kustomer/resources/tags';
import type { Session } from '../domain/session';
import { renderTitle } from './rules/conversation-title';
import { tagsFor } from './rules/session-tags';
import { phoneOf, type Run } from './run';
import { unlessForbidden } from './unless-forbidden';

/**
 * Corrects both. Requests: none when nothing has to be called differently; else one to read the conversation, one for a new title,
 * and up to three for the tag.
 *
 * @param before what was known when title and tag were written
 * @param now what is known now
 */
export async function correctNaming(
	run: Run,
	conversationId: string,
	before: Session,
	now: Session,
): Promise<void> {
	const { client, input, report } = run;
	const title = changeOf(titleOf(run, before), titleOf(run, now));
	const tag = changeOf(typeTagOf(run, before), typeTagOf(run, now));
	if (title === undefined && tag === undefined) return;

	const { attributes } = await getConversation(client, conversationId);
	const retitles = title !== undefined && attributes.name === title.from;
	const retags = tag !== undefined && (await hasTag(client, attributes.tags ?? [], tag.from));
	if (!retitles && !retags) return;
	const change = (what: Pick<UpdateConversationInput, 'name' | 'tags'>) =>
		updateConversation(client, {
			target: { id: conversationId },
			chooseId: input.chooseId,
			unknownAttributes: input.unknownAttributes,
			...what,
		});
	await change({
		name: retitles ? title.to : undefined,
		tags: retags ? { add: [tag.to] } : undefined,
	});
	if (retags) await change({ tags: { remove: [tag.from] } }).catch(unlessForbidden);
	if (retitles) report.done.push('title');
	if (retags) report.done.push('session type tag');
}

function changeOf(
	from: string | undefined,
	to: string | undefined,
): { from: string; to: string } | undefined {
	return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

function titleOf(run: Run, session: Session): string {
	const { title, timeZone } = run.input.conversation;
	return renderTitle(title, session, { phone: phoneOf(run, session), timeZone });
}

function typeTagOf({ input }: Run, session: Session): string | undefined {
	return tagsFor(session, { typeTag: input.conversation.typeTag })[0];
}

/** Whether the conversation still has a tag. A key that may not read tags leaves them as they are. */
async function hasTag(client: KustomerClient, ids: readonly string[], name: string): Promise<boolean> {
	if (ids.length === 0) return false;
	const id = await findTagId(client, name).catch(unlessForbidden);
	return id !== undefined && ids.includes(id);
}
