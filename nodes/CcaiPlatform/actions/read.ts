/** Reads the parameters that several operations share. */
import {
	sessionNumberOf,
	type SessionKind,
	type SessionNumber,
} from '../../../lib/platforms/ccaip/api/session-id';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';
import { optionOf, requiredText } from '../../../lib/n8n/panel/fields';
import { textOf } from '../../../lib/n8n/panel/values';

/**
 * The call or chat that a field names.
 *
 * @param kind what it has to be; undefined for either
 * @throws {InputError} when it is empty, or names none
 */
export function sessionOf(
	parameters: ItemParameters,
	name: string,
	kind: SessionKind | undefined,
	field: string,
): SessionNumber {
	return sessionNumberOf(requiredText(parameters, name, field), kind, field);
}

/** What stands in front of external ids. */
export function prefixOf(parameters: ItemParameters): string {
	return textOf(optionOf(parameters, 'externalIdPrefix'), 'External ID Prefix') ?? '';
}
