/** Settings of single queues, which override the global ones or inherit them (rule U8). */
import type { Session } from '../../domain/session';
import { namesQueue } from './queue-key';
import { DEFAULT_RECORD_SETTINGS, type QueueSettings, type RecordSettings } from './record-settings';

const ABANDONED_CHATS: readonly unknown[] = ['none', 'all', 'minMessages'] satisfies Array<
	RecordSettings['abandonedChats']
>;

/**
 * The settings that hold for a session. The first row that names its queue counts: what the row sets overrides the
 * global setting, also when that switches something off (`false`, `0`, `none`); what it leaves out is inherited. A value
 * of the wrong type counts as left out. Throws nothing.
 *
 * @returns the settings, and the row's name of the queue when there is such a row
 */
export function settingsFor(
	session: Pick<Session, 'menuPath' | 'queue'>,
	global: RecordSettings,
	queues: readonly QueueSettings[],
): { settings: RecordSettings; queue?: string } {
	const everywhere = { ...DEFAULT_RECORD_SETTINGS, ...usable(global) };
	const row = rowFor(session, queues);
	if (row === undefined) return { settings: everywhere };
	return { settings: { ...everywhere, ...usable(row.settings) }, queue: row.queue };
}

/** The row that counts for a session: the first that names its queue. */
export function rowFor(
	session: Pick<Session, 'menuPath' | 'queue'>,
	queues: readonly QueueSettings[],
): QueueSettings | undefined {
	return (Array.isArray(queues) ? queues : []).find((candidate: QueueSettings | null | undefined) =>
		namesQueue(candidate?.queue ?? '', session),
	);
}

function usable(settings: Partial<RecordSettings> | null | undefined): Partial<RecordSettings> {
	return Object.fromEntries(
		Object.entries(settings ?? {}).filter(([name, value]) => isValue(name, value)),
	) as Partial<RecordSettings>;
}

function isValue(name: string, value: unknown): boolean {
	if (!Object.hasOwn(DEFAULT_RECORD_SETTINGS, name)) return false;
	if (name === 'abandonedChats') return ABANDONED_CHATS.includes(value);
	if (typeof value === 'number' && !(Number.isFinite(value) && value >= 0)) return false;
	return typeof value === typeof DEFAULT_RECORD_SETTINGS[name as keyof RecordSettings];
}
