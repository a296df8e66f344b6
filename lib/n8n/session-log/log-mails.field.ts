/** Whether mails of sessions are logged, for all queues or for one (rules U4, U8). */
import type { INodeProperties } from 'n8n-workflow';

import { flagOf } from '../panel/fields';

const LABEL = 'Log Mails';

export const logMails: INodeProperties = {
	displayName: LABEL,
	name: 'logMails',
	type: 'boolean',
	default: true,
	description:
		'Whether what Session: Read Mail finds is logged. Off, a mail changes nothing, and its files are not stored; everything else that tells of the session is logged as ever.',
};

/**
 * What the switch says; undefined when it says nothing.
 *
 * @throws {InputError} when it is neither on nor off
 */
export function logMailsOf(value: unknown): boolean | undefined {
	return flagOf(value, LABEL);
}
