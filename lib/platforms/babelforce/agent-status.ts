/**
 * Agents of babelforce. The presence is what the agent chose; the line status is what babelforce sets, so that a presence
 * that is changed during a call can be seen. When the presence began is not told.
 * https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml)
 */
import type { PlatformAgent } from '../../domain/agent-status';
import { holdOf } from './agent-hold';
import { flagIn, objectIn, textIn, type Item } from '../item-fields';
import type { AgentReader } from '../platform';

/**
 * Whether the item is an agent of babelforce, as the node or babelforce itself gives it. babelforce has no status that is a
 * text: an item with one is of another platform, whatever its other fields are called.
 */
function isBabelforceAgent(item: Item): boolean {
	if (textIn(item.status) !== undefined) return false;
	const status = objectIn(item.status);
	return 'presence' in item || 'lineStatus' in item || (status !== undefined && 'line_status' in status);
}

/** @returns undefined when the item does not say which agent it is */
function readBabelforceAgent(item: Item): PlatformAgent | undefined {
	const id = textIn(item.id);
	if (id === undefined) return undefined;
	const states = objectIn(item.status);
	const presence = objectIn(states?.presence) ?? objectIn(item.presence);
	const name = presence === undefined ? textIn(item.presence) : textIn(presence.name);
	const label = presence === undefined ? textIn(item.presenceLabel) : textIn(presence.label);
	const hold = holdOf({
		state: textIn(item.lineStatus) ?? textIn(item.state),
		enabled: flagIn(item.enabled) ?? flagIn(states?.enabled),
		status: {
			line_status: textIn(states?.line_status) ?? textIn(item.lineStatus),
			outbound_status: textIn(states?.outbound_status) ?? textIn(item.outboundStatus),
		},
	});
	const status = name === undefined ? undefined : { id: name, name: label ?? name };
	return {
		id,
		name: textIn(item.name),
		email: textIn(item.email),
		sourceId: textIn(item.sourceId),
		side: { status, hold: hold ?? (status === undefined ? 'unknown' : undefined) },
		shown: status?.name ?? '',
	};
}

/** babelforce keeps the presence apart from the line, and tells it during calls too. */
export const agents: AgentReader = {
	recognizes: isBabelforceAgent,
	read: readBabelforceAgent,
	tellsChoiceDuringCalls: true,
};
