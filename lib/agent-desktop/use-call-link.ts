/** What happens when somebody opens a call link (rule C24): a question first, and the call once. */
import type { KustomerClient } from '../kustomer/client';
import { createNote } from '../kustomer/operations/create-note';
import { rememberStartedCall } from '../session-log/started-calls';
import { openCallLink, type OpenedCallLink } from './call-link';
import { callPage, type CallPage } from './call-page';

export interface UseCallLinkInput {
	/** The signed text that the link carries. */
	link: unknown;
	/** That the agent has answered the question with yes. */
	start: boolean;
}

export interface UsedCallLink {
	/** `start`: the call has to be placed now. `ask`: the agent was not asked yet. `refused`: it is not placed. */
	outcome: 'start' | 'ask' | 'refused';
	/** One sentence. Holds no phone number. */
	reason: string;
	/** HTML for the agent who has opened the link. */
	page: string;
	/** HTML for the agent when the call could not be placed. */
	failedPage: string;
	/** For `start` only. */
	phone?: string;
	agentEmail?: string;
	conversationId?: string;
	customerId?: string;
}

const REASONS: Readonly<Record<CallPage, string>> = {
	ask: 'The agent is asked whether to call.',
	calling: 'The call is placed.',
	failed: 'The call could not be placed.',
	used: 'The link was used before.',
	ended: 'The link has ended.',
	foreign: 'The link was changed, or signed with another secret.',
	unreadable: 'There is no call link in the address.',
};

/**
 * Opens a link. The use is a note with an id of its own in the conversation: Kustomer holds it once, so the call is placed once, however
 * many open the link at the same moment and on whatever workers.
 *
 * Requests: none for a question or a refusal, one for a call.
 *
 * @throws {KustomerError}
 */
export async function useCallLink(
	client: KustomerClient,
	{ link, start }: UseCallLinkInput,
	secret: string,
): Promise<UsedCallLink> {
	const opened = openCallLink(link, secret, client.clock.now());
	if ('refused' in opened) return answer('refused', opened.refused);
	if (!start) return answer('ask', 'ask', factsOf(opened));
	const { conversationId, customerId, phone, agentEmail, id } = opened;
	const { created, note } = await createNote(client, {
		target: { id: conversationId },
		note: { body: `${agentEmail} calls ${phone} by a link.`, key: `call-link-used:${id}` },
		// Only an id of our own is there once, whoever else writes it at the same moment.
		chooseId: true,
	});
	// Without the note in the answer it was there, perhaps by an attempt of ours whose answer was lost: in doubt nobody is called.
	if (!created || note === undefined) return answer('refused', 'used');
	rememberStartedCall(client.credentialKey, { conversationId, phone, agentEmail }, client.clock.now());
	return { ...answer('start', 'calling', factsOf(opened)), phone, agentEmail, conversationId, customerId };
}

function factsOf({ phone, agentEmail }: OpenedCallLink): Array<readonly [string, string]> {
	return [
		['Number', phone],
		['Agent', agentEmail],
	];
}

function answer(
	outcome: UsedCallLink['outcome'],
	page: CallPage,
	facts: ReadonlyArray<readonly [string, string]> = [],
): UsedCallLink {
	return {
		outcome,
		reason: REASONS[page],
		page: callPage(page, facts),
		failedPage: callPage('failed', facts),
	};
}
