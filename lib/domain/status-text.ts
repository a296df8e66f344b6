import type { Status } from './agent-status';

/** Names are alike when they differ in capital letters, spaces or the way accents are encoded only. */
export function foldName(name: string): string {
	return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
}

/** Whether a text of the table means this status: its id, or its name. */
export function means(text: string, status: Status): boolean {
	if (status.id !== undefined && text.trim() === status.id) return true;
	return status.name !== undefined && foldName(text) === foldName(status.name) && foldName(text) !== '';
}

/** Tells statuses of one side apart: the id where there is one. */
export function keyOf(status: Status): string {
	return status.id ?? foldName(status.name ?? '');
}

/** How people know the status. */
export function labelOf(status: Status): string {
	return status.name ?? status.id ?? '';
}
