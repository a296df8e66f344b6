import type { INodeProperties } from 'n8n-workflow';

/** The alphabetical order in which people find things in a list. */
export function byName(a: { name: string }, b: { name: string }): number {
	return a.name.localeCompare(b.name);
}

/** The same for the fields of a collection. */
export function byDisplayName(a: { displayName: string }, b: { displayName: string }): number {
	return a.displayName.localeCompare(b.displayName);
}

/** The fields of a collection in their alphabetical order. */
export function inOrder(fields: INodeProperties[]): INodeProperties[] {
	return [...fields].sort(byDisplayName);
}

/** Gives entries of a list that have the same name, capital letters aside, their value beside it: there is nothing else that tells them apart. */
export function toldApart<Entry extends { name: string; value: unknown }>(
	entries: readonly Entry[],
): Entry[] {
	const times = new Map<string, number>();
	for (const { name } of entries) times.set(folded(name), (times.get(folded(name)) ?? 0) + 1);
	return entries.map((entry) =>
		(times.get(folded(entry.name)) ?? 0) > 1
			? { ...entry, name: `${entry.name} (${String(entry.value)})` }
			: entry,
	);
}

function folded(name: string): string {
	return name.trim().toLowerCase();
}
