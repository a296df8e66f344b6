import { isBabelforceAgent, readBabelforceAgent } from './babelforce/agent-status';
import { isCcaipAgent, readCcaipAgent } from './ccaip/agent-status';
import { readGenericAgent, saidHold } from './generic/agent-status';
import { flagIn, objectIn, type Item, type PlatformAgent } from './platform-agent';

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
	// babelforce tells the presence during calls too.
	if (isBabelforceAgent(item)) return withSaid(item, readBabelforceAgent(item), true);
	if (isCcaipAgent(item)) return withSaid(item, readCcaipAgent(item), false);
	return readGenericAgent(item);
}

/** @param keepsStatus whether the status is the agent's choice although the agent is left alone */
function withSaid(
	item: Item,
	agent: PlatformAgent | undefined,
	keepsStatus: boolean,
): PlatformAgent | undefined {
	if (agent === undefined) return undefined;
	const hold = saidHold(item) ?? agent.side.hold;
	const { status, isDefault, ...others } = agent.side;
	if (status === undefined || (hold !== undefined && hold !== 'offline' && !keepsStatus)) {
		return { ...agent, side: { ...others, hold } };
	}
	const isFallback = flagIn(item.isDefault) ?? isDefault;
	return {
		...agent,
		side: { ...others, status, ...(isFallback === undefined ? {} : { isDefault: isFallback }), hold },
	};
}
