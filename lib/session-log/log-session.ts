/**
 * Session: Log. Brings Kustomer to what is known of a session, whatever the order, number and place of its events (rules
 * X1, X3). A session is one message; everything that was written for it stands in the message, so nothing is kept elsewhere.
 */
import type { KustomerClient } from '../kustomer/client';
import { dryRun } from '../kustomer/dry-run';
import type { CustomAttributes } from '../kustomer/inputs';
import { merge } from '../domain/session-record';
import { inTurn } from '../process/turns';
import type { LogSessionInput, LogSessionResult } from './inputs';
import { writeMissing } from './comments';
import { forQueue } from './queue-run';
import { ifGone, isLateNews, staysErased } from './erased';
import { isAbsent, knownSession, type KnownWaiting } from './known-sessions';
import { logFirst } from './log-first';
import { pendingWork } from './pending-work';
import { unchanged, type Logged } from './results';
import { markReturned } from './returned-voicemail';
import { hasUnreadPhone, startRun, type Run } from './run';
import { findSessionMessage } from './session-message';
import { readStored } from './stored-session';
import { isMailSettingClear, isUnwantedMail, mailNotLogged } from './unwanted-mail';
import { moveOf, updateLogged, type WrittenEarly } from './update-logged';

/**
 * Logs what one event knows of a session.
 *
 * Requests: none for what this process knows to be written, one to find that out otherwise. For a new session one for its
 * message, one or two for the customer, one for the customer's conversations and one for each that may take it; then one each
 * for conversation, comment and message. For a session that is logged: one to read it, and one for everything that is new.
 *
 * @throws {InputError} before anything is sent
 * @throws {KustomerError} after which the same event can be logged again: what was written is found
 */
export async function logSession(client: KustomerClient, input: LogSessionInput): Promise<LogSessionResult> {
	const own = client.fork();
	const dry = input.dryRun ? dryRun(own) : undefined;
	const run = startRun(dry?.client ?? own, input);
	const { externalId, report } = run;
	// Who only looks need not wait for anybody.
	const logged = input.dryRun
		? await log(run)
		: await inTurn(`${client.credentialKey}\nsession\n${externalId}`, () => log(run));
	// With every event, for as long as it cannot be read: a setting mends it, not a later event.
	if (hasUnreadPhone(run, logged.session)) report.leftOut.add('phone');
	return {
		externalId,
		...logged,
		done: report.done,
		alreadyDone: report.alreadyDone,
		leftOut: [...report.leftOut],
		shortened: [...report.shortened],
		requests: own.requestsSent,
		...(dry === undefined ? {} : { planned: dry.planned }),
	};
}

async function log(start: Run): Promise<Logged> {
	const { client, externalId, observation } = start;
	const now = client.clock.now();
	const known = start.input.dryRun ? undefined : knownSession(client.credentialKey, externalId, now);
	const record = known === undefined ? observation : merge(known.record, observation);
	const run = forQueue(
		known !== undefined && 'absentAt' in known ? withWaiting(start, known) : start,
		record.session,
	);

	const isKnown = known !== undefined && 'logged' in known;
	if (isUnwantedMail(run) && (isKnown || isMailSettingClear(run, record.session)))
		return mailNotLogged(record);

	let early: WrittenEarly | undefined;
	if (isKnown) {
		const { logged } = known;
		const work = pendingWork(run, { ...logged, record: known.record }, record);
		const moves = moveOf(run, logged, record) !== undefined;
		if (!work.message && !moves && work.comments.unseen.length === 0) return unchanged(logged, record);
		// Comments first: they are safe to repeat, and nothing then stands between reading the message and writing it.
		if (!moves) {
			const { done, conversationId } = logged;
			// Another number is another note: which one is right, the message tells.
			const certain = work.comments.missing.filter(({ kind }) => kind !== 'phone');
			const notes = await writeMissing(run, conversationId, certain, done.notes).catch(ifGone);
			if (notes !== undefined) early = { before: done, after: { ...done, notes } };
		}
	}
	const message = isAbsent(known, now) ? undefined : await findSessionMessage(run);
	const logged = message === undefined ? undefined : readStored(message);
	const together = logged?.record === undefined ? record : merge(logged.record, record);
	const inQueue = forQueue(run, together.session);
	if (isUnwantedMail(inQueue)) return mailNotLogged(together);
	if (logged !== undefined) {
		const { callbackOf } = record.session;
		if (callbackOf !== undefined && logged.record?.session.callbackOf !== callbackOf) {
			await markReturned(run, record.session, `${run.idPrefix}${callbackOf}`).catch(ifGone);
		}
		const updated = await updateLogged(inQueue, logged, record, early).catch((error: unknown) =>
			findSessionMessageIfGone(run, error),
		);
		if (updated !== undefined) return updated;
	}
	const wasHeld = logged !== undefined || isKnown;
	if (wasHeld && run.input.erased !== 'logAgain') return staysErased(record, true);
	if (known === undefined && isLateNews(run, record)) return staysErased(record, false);

	const absentAt = isAbsent(known, now) && known !== undefined && 'absentAt' in known ? known.absentAt : now;
	return await logFirst(run, record, absentAt);
}

/** What was deleted while it was worked on is gone; everything else stays a failure. */
async function findSessionMessageIfGone(run: Run, error: unknown): Promise<undefined> {
	await ifGone(error);
	if ((await findSessionMessage(run)) !== undefined) await Promise.reject(error);
	return undefined;
}

/** The run with the custom attributes that events brought while the session waited for its record (rule C13). */
function withWaiting(run: Run, { custom }: KnownWaiting): Run {
	const { input } = run;
	const together = (earlier: CustomAttributes | undefined, now: CustomAttributes | undefined) =>
		earlier === undefined ? now : { ...earlier, ...now };
	return {
		...run,
		input: {
			...input,
			conversation: {
				...input.conversation,
				custom: together(custom.conversation, input.conversation.custom),
			},
			customer: { ...input.customer, custom: together(custom.customer, input.customer.custom) },
		},
	};
}
