import { createHash, randomUUID } from 'node:crypto';

/** Chosen when the process starts: no other process, and no later one, has it. */
const SECRET_NAME = randomUUID();

/**
 * Tells this process from every other one that works with the same credential, also on other machines. Twelve hexadecimal
 * characters; another one after a restart.
 */
export function processName(credentialKey: string): string {
	return createHash('sha256').update(`${SECRET_NAME}\n${credentialKey}`).digest('hex').slice(0, 12);
}
