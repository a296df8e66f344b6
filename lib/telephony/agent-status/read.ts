import { isBabelforceAgent, readBabelforceAgent } from './babelforce';
import { isCcaipAgent, readCcaipAgent } from './ccaip';
import { readGenericAgent } from './generic';
import { objectIn, type PlatformAgent } from './platform-agent';

/**
 * The agent in an item: as the nodes of the platforms give agents, simplified or not, or in the general shape.
 *
 * @returns undefined when the item is no agent
 */
export function readPlatformAgent(value: unknown): PlatformAgent | undefined {
	const item = objectIn(value);
	if (item === undefined) return undefined;
	if (isBabelforceAgent(item)) return readBabelforceAgent(item);
	if (isCcaipAgent(item)) return readCcaipAgent(item);
	return readGenericAgent(item);
}
