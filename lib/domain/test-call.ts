/** Calls that never took place, to see whether everything is connected: what marks them, so that they can be removed. */

/** Who calls: a number that is reserved for fiction, so nobody is called and nobody has it. */
export const TEST_CALLER = '+12025550143';
/** The company's number that is called; as fictional. */
export const TEST_LINE = '+12025550100';
/** What the test's customer is called, where the platform tells names. */
export const TEST_CALLER_NAME = 'Test caller (n8n)';

const BEGINNING = 'n8n-test-';

/**
 * The id of a new test call on the platform.
 *
 * @param now milliseconds since the epoch
 */
export function newTestCallId(now: number): string {
	return `${BEGINNING}${now}`;
}

/** Whether an external id is that of a test call. Platforms write ids with or without hyphens. */
export function isTestCall(externalId: string | null | undefined): boolean {
	return /(?:^|:)(?:call-)?n8n-?test-?\d{10,}$/.test(externalId ?? '');
}
