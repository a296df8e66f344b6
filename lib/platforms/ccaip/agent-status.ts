/**
 * Agents of CCAI Platform. A call, a chat and wrapping up take the place of the status that the agent chose, so that it
 * cannot be seen meanwhile: https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-user-status
 */
import { holdOfStatus } from './agent-hold';
import type { PlatformAgent } from '../../domain/agent-status';
import { millisecondsOf } from '../../domain/time';
import { flagIn, objectIn, textIn, type Item } from '../item-fields';
import type { AgentReader } from '../platform';

/** Available: what agents have after a call unless they chose something else. */
const DEFAULT_ID = '0';
const DEFAULT_NAME = 'available';

/**
 * Whether the item is an agent of CCAI Platform, as the node or the platform itself gives it. `online` alone says little:
 * agents of other platforms have it too.
 */
function isCcaipAgent(item: Item): boolean {
	return (
		['status_updated_at', 'statusChangedAt', 'agent_number', 'agentNumber'].some((field) => field in item) ||
		('online' in item && 'statusId' in item)
	);
}

/** @returns undefined when the item does not say which agent it is */
function readCcaipAgent(item: Item): PlatformAgent | undefined {
	const id = textIn(item.id);
	if (id === undefined) return undefined;
	const whole = objectIn(item.status);
	const statusId = whole === undefined ? textIn(item.statusId) : textIn(whole.id);
	const name = whole === undefined ? textIn(item.status) : textIn(whole.name);
	const isKnown = statusId !== undefined || name !== undefined;
	const ownHold = isKnown ? holdOfStatus({ id: statusId, name }) : 'unknown';
	const isChosen = isKnown && ownHold === undefined;
	return {
		id,
		name: textIn(item.name) ?? fullName(item),
		email: textIn(item.email),
		side: {
			...(isChosen ? { status: { id: statusId, name }, isDefault: isDefault(statusId, name) } : {}),
			changedAt: millisecondsOf(item.statusChangedAt ?? item.status_updated_at ?? item.changedAt),
			hold: flagIn(item.online) === false ? 'offline' : ownHold,
		},
		shown: name ?? statusId ?? '',
	};
}

function isDefault(statusId: string | undefined, name: string | undefined): boolean {
	return statusId === undefined ? name?.toLowerCase() === DEFAULT_NAME : statusId === DEFAULT_ID;
}

function fullName({ first_name: first, middle_name: middle, last_name: last }: Item): string | undefined {
	return textIn([first, middle, last].flatMap((part) => textIn(part) ?? []).join(' '));
}

/** A call takes the place of the status, so that what the agent chose cannot be seen. */
export const agents: AgentReader = {
	recognizes: isCcaipAgent,
	read: readCcaipAgent,
	tellsChoiceDuringCalls: false,
};
