import type { PlatformAgent } from '../domain/agent-status';
import { readGenericAgent } from './generic/agent-status';
import { flagIn, objectIn, saidHold, type Item } from './item-fields';
import type { AgentReader } from './platform';
import { PLATFORMS } from './platforms';

/**
 * The agent in an item: as the nodes of the platforms give agents, simplified or not, or in the general shape.
 *
 * `hold` and `isDefault` count as they are documented, also when other fields of the item look like those of a platform.
 *
 * @returns undefined when the item is no agent
 */
export function readPlatformAgent(value: unknown): PlatformAgent | undefined {
	const item = objectIn(value);
	if (item === undefined) return undefined;
	const reader = PLATFORMS.find(({ agents }) => agents?.recognizes(item) === true)?.agents;
	return reader === undefined ? readGenericAgent(item) : withSaid(item, reader);
}

function withSaid(item: Item, { read, tellsChoiceDuringCalls }: AgentReader): PlatformAgent | undefined {
	const agent = read(item);
	if (agent === undefined) return undefined;
	const hold = saidHold(item) ?? agent.side.hold;
	const { status, isDefault, ...others } = agent.side;
	if (status === undefined || (hold !== undefined && hold !== 'offline' && !tellsChoiceDuringCalls)) {
		return { ...agent, side: { ...others, hold } };
	}
	const isFallback = flagIn(item.isDefault) ?? isDefault;
	return {
		...agent,
		side: { ...others, status, ...(isFallback === undefined ? {} : { isDefault: isFallback }), hold },
	};
}
