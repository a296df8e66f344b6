/** Reads the fields of an item in which a workflow hands over an agent. Of such an item nothing is certain. */
import { HOLDS, type Hold } from '../domain/agent-status';
import { isRecord } from '../domain/record';

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

/** The objects of a list; none when it is no list. */
export function objectsIn<T extends object>(value: readonly T[] | null | undefined): T[] {
	return Array.isArray(value) ? (value as readonly T[]).filter((one: unknown) => isRecord(one)) : [];
}

export function flagIn(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}

/** The field `hold` of an item, whatever platform it is of; undefined when it says nothing. */
export function saidHold(item: Item): Hold | undefined {
	if (flagIn(item.online) === false) return 'offline';
	const word = textIn(item.hold)?.toLowerCase();
	if (word === undefined) return flagIn(item.hold) === true ? 'system' : undefined;
	// A word that is not known still says that the agent is to be left alone.
	return HOLDS.find((hold) => hold.toLowerCase() === word) ?? 'system';
}
