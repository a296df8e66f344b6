import { InputError } from '../../../http/errors';

const ID = /^[0-9a-f]{32}$/;

/**
 * An id as babelforce's addresses take it: 32 hexadecimal characters in lower case. Ids with hyphens, as other parts of
 * babelforce write them, are understood; sent as they are they would be answered with "not found".
 * https://github.com/babelforce/manager-sdk (docs/changelog.md, 0.42.2 and 0.46.0)
 *
 * @param label the field's name in the panel
 * @throws {InputError} when the value cannot be an id
 */
export function wireId(value: string, label: string): string {
	const id = value.trim().replace(/[{}-]/g, '').toLowerCase();
	if (ID.test(id)) return id;
	throw new InputError(
		label,
		`'${label}' is not a babelforce ID.`,
		'A babelforce ID has 32 characters, 0 to 9 and a to f, with or without hyphens. Check the expression.',
	);
}

/**
 * The same id as the filters of lists take it: a UUID with hyphens. What addresses and filters take differs:
 * https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml, `ObjectUuid`)
 *
 * @param label the field's name in the panel
 * @throws {InputError} when the value cannot be an id
 */
export function filterId(value: string, label: string): string {
	return wireId(value, label).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * An id that babelforce sent or answered, as its addresses and our external ids have it: without hyphens, in lower case. So
 * what its webhooks and its API name is one session (rule X1).
 *
 * @returns undefined when there is none, or only zeros, which name nothing
 */
export function plainId(value: string | null | undefined): string | undefined {
	const id = typeof value === 'string' ? value.replaceAll('-', '').toLowerCase() : '';
	return /^0*$/.test(id) ? undefined : id;
}
