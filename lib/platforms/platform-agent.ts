import { isRecord } from '../domain/record';
import type { PlatformSide } from '../domain/agent-status';
import type { PlatformIdentity } from '../agent-status/rules/matching';

/** An agent of a platform with the status that the platform shows, whatever platform it is. */
export interface PlatformAgent extends PlatformIdentity {
	side: PlatformSide;
	/** What people see on the platform, also when it is a status that the platform sets by itself. */
	shown: string;
}

/** An item of a workflow, of which nothing is certain. */
export type Item = Readonly<Record<string, unknown>>;

/** Text, or a number as text; undefined when there is none. */
export function textIn(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text === '' ? undefined : text;
}

export function objectIn(value: unknown): Item | undefined {
	return isRecord(value) ? value : undefined;
}

export function flagIn(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}
