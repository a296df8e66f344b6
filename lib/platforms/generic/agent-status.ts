/** Agents of any other platform, in the shape that the documentation asks for. */
import { HOLDS, type Hold } from '../../domain/agent-status';
import { millisecondsOf } from '../../domain/time';
import { flagIn, objectIn, textIn, type Item, type PlatformAgent } from '../platform-agent';

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

/** The field `hold` of an item, of which platform ever; undefined when it says nothing. */
export function saidHold(item: Item): Hold | undefined {
	if (flagIn(item.online) === false) return 'offline';
	const word = textIn(item.hold)?.toLowerCase();
	if (word === undefined) return flagIn(item.hold) === true ? 'system' : undefined;
	// A word that is not known still says that the agent is to be left alone.
	return HOLDS.find((hold) => hold.toLowerCase() === word) ?? 'system';
}
