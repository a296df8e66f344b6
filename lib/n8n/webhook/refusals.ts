/**
 * How often webhooks of a trigger were refused. They leave no execution, so n8n's log is where people find them: with the
 * workflow and the node that note() adds, the reason, and how many there were.
 */
import { Memory } from '../../process/memory';
import { note } from '../run/log';

const HOUR_MS = 3_600_000;
/** Whoever sends without pause must not fill the log. */
const QUIET_MS = 60_000;

interface Counted {
	/** In the hour that began at `since`. */
	count: number;
	/** Milliseconds since the epoch. */
	since: number;
	notedAt: number;
}

const refusals = new Memory<Counted>(HOUR_MS);

/**
 * Notes in n8n's log that a webhook was refused, at most once a minute for the same reason (rule X16).
 *
 * The entry holds `refused`: how many were refused for that reason within an hour, this one and those that got no entry of
 * their own included (rule X2).
 *
 * @param text for people: the reason, and nothing of what was sent
 * @param now milliseconds since the epoch
 */
export function noteRefusal(context: Parameters<typeof note>[0], text: string, now = Date.now()): void {
	const key = [context.getWorkflow().id ?? '', context.getNode().name, text].join('\n');
	const known = refusals.get(key, now);
	const earlier = known !== undefined && now - known.since < HOUR_MS ? known : undefined;
	const count = (earlier?.count ?? 0) + 1;
	const isQuiet = earlier !== undefined && now - earlier.notedAt < QUIET_MS;
	if (!isQuiet) note(context, 'warn', text, { refused: count });
	refusals.set(key, { count, since: earlier?.since ?? now, notedAt: isQuiet ? earlier.notedAt : now }, now);
}
