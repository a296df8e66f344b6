/** A voicemail that an agent returns by calling the customer: its own conversation says so (rule C15). */
import type { Session } from '../domain/session';
import { leftVoicemail } from '../domain/session-questions';
import { startOf } from './rules/session-words';
import { startRun, type Run } from './run';
import { findSessionMessage } from './session-message';
import { readStored } from './stored-session';
import { updateLogged } from './update-logged';

/**
 * Marks the session as a voicemail that was returned, if it is one and nobody has said so yet. Has to come before the call itself
 * is written: a run that is cut off in between does it again, and finds it done. Requests: one; two or three more when it was
 * not done yet.
 *
 * @param call the agent's call
 * @param externalId of the session that the call may return
 */
export async function markReturned(run: Run, call: Session, externalId: string): Promise<void> {
	if (call.direction !== 'out') return;
	const message = await findSessionMessage({ ...run, externalId });
	const logged = message === undefined ? undefined : readStored(message);
	const earlier = logged?.record?.session;
	if (logged === undefined || earlier === undefined || !leftVoicemail(earlier)) return;
	if (earlier.voicemail?.status === 'returned') return;

	const { input, client, report } = run;
	const at = startOf(call) ?? new Date(run.at).toISOString();
	const { source, id, channel } = earlier;
	const update = startRun(client, {
		...input,
		session: {
			source,
			id,
			channel,
			endUser: {},
			voicemail: { status: 'returned', at, ...(call.agent === undefined ? {} : { agent: call.agent }) },
		},
		externalId,
		observedAt: at,
		event: undefined,
		// What was mapped and set for the call says nothing of the voicemail.
		conversation: { ...input.conversation, custom: undefined },
		customer: { ...input.customer, custom: undefined },
		agent: { assign: 'never' },
	});
	await updateLogged({ ...update, report }, logged, update.observation);
}
