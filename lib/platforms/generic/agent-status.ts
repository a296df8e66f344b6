/** Agents of any other platform, in the shape that the documentation asks for. */
import type { PlatformAgent } from '../../domain/agent-status';
import { millisecondsOf } from '../../domain/time';
import { flagIn, objectIn, saidHold, textIn, type Item } from '../item-fields';

/**
 * `{email, status: {id, name} or a name, changedAt, hold, id, name}`. While `hold` is there, the status is not taken for the
 * agent's choice.
 *
 * @returns undefined when the item does not say which agent it is
 */
export function readGenericAgent(item: Item): PlatformAgent | undefined {
	const email = textIn(item.email);
	const id = textIn(item.id) ?? email;
	if (id === undefined) return undefined;
	const whole = objectIn(item.status);
	const statusId = whole === undefined ? textIn(item.statusId) : textIn(whole.id);
	const name = whole === undefined ? textIn(item.status) : textIn(whole.name);
	const isKnown = statusId !== undefined || name !== undefined;
	const hold = saidHold(item) ?? (isKnown ? undefined : 'unknown');
	return {
		id,
		name: textIn(item.name),
		email,
		sourceId: textIn(item.sourceId),
		side: {
			...(isKnown && hold === undefined
				? { status: { id: statusId, name }, isDefault: flagIn(item.isDefault) ?? false }
				: {}),
			changedAt: millisecondsOf(item.changedAt),
			hold,
		},
		shown: name ?? statusId ?? '',
	};
}
