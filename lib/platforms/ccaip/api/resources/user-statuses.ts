/** The statuses that agents can have. https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-user-status */
import { foldName } from '../../../../domain/status-text';
import { textIn } from '../../../item-fields';
import { isSystemStatus } from '../../agent-hold';
import type { CcaiPlatformClient } from '../client';
import { hasId, type UserStatus } from '../documents';
import { InputError } from '../../../../http/errors';
import { listRecords } from './records';

/** A list of statuses that is longer is no list of statuses. */
const MAX_PAGES = 20;

/** A status as people choose it. */
export interface StatusChoice {
	/** Stays the same when the status is renamed. */
	id: string;
	name: string;
	color: string;
	/** Whether only the platform sets it: In-call, Wrap-up and the like. */
	isSystem: boolean;
}

/**
 * All statuses, in the platform's order (rule S1).
 *
 * @throws {CcaiPlatformError}
 */
export async function listUserStatuses(client: CcaiPlatformClient): Promise<StatusChoice[]> {
	const { records } = await listRecords<UserStatus>(client, {
		operation: 'list the statuses of agents',
		path: ['user_statuses'],
		what: 'statuses',
		isRecord: hasId,
		maxPages: MAX_PAGES,
		whenTooMany: 'Check the domain and the base URL in the credential: another service may be answering.',
	});
	return records.map((status) => ({
		id: String(status.id),
		name: textIn(status.name) ?? String(status.id),
		color: textIn(status.color) ?? '',
		isSystem: isSystemStatus(status),
	}));
}

/**
 * The status that somebody names, by its id or its name. Capital letters and spaces do not matter in names.
 *
 * @param field the field's name in the panel
 * @throws {InputError} when there is none, or several have that name
 */
export function statusNamed(written: string, statuses: readonly StatusChoice[], field: string): StatusChoice {
	const byId = statuses.find(({ id }) => id === written.trim());
	if (byId !== undefined) return byId;
	const exact = statuses.filter(({ name }) => name === written.trim());
	const found =
		exact.length > 0 ? exact : statuses.filter(({ name }) => foldName(name) === foldName(written));
	if (found.length === 1 && found[0] !== undefined) return found[0];
	if (found.length > 1) {
		throw new InputError(
			field,
			`'${field}' names ${found.length} statuses of CCAI Platform.`,
			`Use the ID of the one that is meant: ${found.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
		);
	}
	const settable = statuses.filter(({ isSystem }) => !isSystem).map(({ name }) => name);
	throw new InputError(
		field,
		`CCAI Platform has no status "${written.slice(0, 100)}".`,
		`These can be set: ${settable.join(', ')}. The status may have been renamed or deleted.`,
	);
}
