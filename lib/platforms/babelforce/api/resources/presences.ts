import { foldName } from '../../../../domain/status-text';
import { InputError } from '../../../../http/errors';
import { textIn } from '../../../item-fields';
import type { BabelforceClient } from '../client';
import type { Presence } from '../documents';

/** A presence as people choose it. */
export interface PresenceChoice {
	/** What agents are set to. */
	name: string;
	/** What people read. */
	label: string;
	/** Whether agents who have it get calls. */
	available: boolean;
	/** How many agents have it. */
	count?: number;
	isDefault: boolean;
}

/**
 * The account's presences (rule S1).
 *
 * @throws {BabelforceError}
 */
export async function listPresences(client: BabelforceClient): Promise<PresenceChoice[]> {
	const presences = await client.wholeList<Presence>({
		operation: 'list presences',
		path: ['agents', 'presence', 'available'],
	});
	return presences.flatMap(({ name, label, available, count, is_default: isDefault }) => {
		if (typeof name !== 'string' || name === '') return [];
		return [
			{
				name,
				label: textIn(label) ?? name,
				available: available === true,
				...(typeof count === 'number' ? { count } : {}),
				isDefault: isDefault === true,
			},
		];
	});
}

/**
 * The presence that somebody names: by name or, when no name fits, by label. Capital letters and spaces do not matter.
 *
 * @param field the field's name in the panel
 * @throws {InputError} when there is none, or several have that label
 */
export function presenceNamed(
	written: string,
	presences: readonly PresenceChoice[],
	field: string,
): PresenceChoice {
	const byName = presences.find(({ name }) => name === written.trim());
	if (byName !== undefined) return byName;
	for (const key of ['name', 'label'] as const) {
		const found = presences.filter((presence) => foldName(presence[key]) === foldName(written));
		if (found.length === 1 && found[0] !== undefined) return found[0];
		if (found.length > 1) {
			throw new InputError(
				field,
				`'${field}' fits ${found.length} presences of babelforce.`,
				`Use the name of the one that is meant: ${found.map(({ name }) => name).join(', ')}.`,
			);
		}
	}
	throw new InputError(
		field,
		`babelforce has no presence "${written.slice(0, 100)}".`,
		`These exist: ${presences.map(({ name }) => name).join(', ')}. The presence may have been deleted.`,
	);
}
