import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from './sorting';

/** How many items are worked on at the same time. */
export const DEFAULT_CONCURRENCY = 5;
export const MAX_CONCURRENCY = 50;

/** Seconds that Timeout and Wait at Most may have. */
export const LONGEST_TIMEOUT = 300;
export const LONGEST_WAIT = 3600;

/** What the options that every operation has mean for one service, in the words of its panel. */
export interface OptionWords {
	/** Description of Timeout (Seconds). */
	timeout: string;
	/** Description of Wait at Most (Seconds). */
	maxWait: string;
}

/**
 * Makes a node's "Options" collections: an operation's own options and those that all operations share, in alphabetical
 * order.
 */
export function optionsWith(words: OptionWords): (own?: INodeProperties[]) => INodeProperties {
	const shared: INodeProperties[] = [
		{
			displayName: 'Items at the Same Time',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
			default: DEFAULT_CONCURRENCY,
			description: 'How many items are worked on at the same time. The order of the results does not change.',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: LONGEST_TIMEOUT },
			default: 30,
			description: words.timeout,
		},
		{
			displayName: 'Wait at Most (Seconds)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: LONGEST_WAIT },
			default: 60,
			description: words.maxWait,
		},
	];
	return (own = []) => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...own, ...shared].sort(byDisplayName),
	});
}

/**
 * An option in seconds as milliseconds, a whole number. More than the panel would take, as expressions give it, counts as the
 * most: no timer takes every number.
 *
 * @param most seconds
 * @returns undefined when it is no number, or negative: then the usual one counts
 */
export function millisecondsOf(seconds: unknown, most: number): number | undefined {
	if (seconds === null || seconds === '' || typeof seconds === 'object') return undefined;
	const number = Number(seconds);
	return number >= 0 ? Math.round(Math.min(number, most) * 1000) : undefined;
}
