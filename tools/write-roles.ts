/**
 * Writes the tables of docs/kustomer-api-key.md from lib/kustomer/roles.ts, so that the page and the error messages
 * name the same roles. Usage: npx tsx tools/write-roles.ts   A test fails when the page is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { OPERATION_REQUESTS, rolesOfOperation, type OperationName } from '../lib/kustomer/roles';

export const ROLES_PAGE = path.resolve(__dirname, '../docs/kustomer-api-key.md');

const BEGIN = '<!-- roles: written by tools/write-roles.ts -->';
const END = '<!-- end of roles -->';

/** One row per operation: the roles it always needs, and those that it needs in some cases. */
export function rolesTable(): string {
	const rows = (Object.keys(OPERATION_REQUESTS) as OperationName[]).map((operation) => {
		const { always, sometimes } = rolesOfOperation(operation);
		const code = (role: string) => `\`${role}\``;
		const cases = sometimes.map(({ role, when }) => `${code(role)} when ${when}`).join('; ');
		return `| ${operation} | ${always.map(code).join(', ')} | ${cases} |`;
	});
	return ['| Operation | Always | In some cases |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The page with its table replaced. */
export function withRolesTable(page: string): string {
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error(`${ROLES_PAGE} has lost its markers.`);
	return `${before}${BEGIN}\n\n${rolesTable()}\n\n${END}${after}`;
}

if (require.main === module) writeFileSync(ROLES_PAGE, withRolesTable(readFileSync(ROLES_PAGE, 'utf8')));
