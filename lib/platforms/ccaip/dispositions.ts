import { Fields, known, knownOrNothing } from '../fields';
import type { Disposition } from '../../domain/session';

/**
 * What the agent has chosen at the end of a session: `{ code, custom_code_id, note }`, alone or in a list. Of several,
 * the last one counts.
 */
export function dispositionOf(fields: Fields): Disposition | undefined {
	const last = fields
		.list('dispositions', 'dispositionCodes', 'disposition')
		.map((entry) => (typeof entry === 'object' ? new Fields(entry) : new Fields({ code: entry })))
		.findLast((entry) => !entry.isEmpty);
	if (last === undefined) {
		return knownOrNothing<Disposition>({
			code: fields.text('dispositionCode'),
			name: fields.text('dispositionName'),
			note: fields.text('dispositionNote', 'dispositionNotes'),
		});
	}
	const custom = last.text('customCodeId', 'customCode');
	const code = last.text('code', 'codeId', 'dispositionCode', 'id');
	return known<Disposition>({
		code: custom ?? code,
		// The platform calls the name "code" where there is an id of the company's own.
		name: last.text('name', 'codeName', 'label') ?? (custom === undefined ? undefined : code),
		note: last.text('note', 'notes', 'dispositionNote'),
	});
}
