/**
 * Writes the tables of docs/crm-api.md from the contracts in lib/crm-api, so that the page and the checks say the same.
 * Usage: npx tsx tools/write-crm-api.ts   A test fails when the page is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ENDPOINTS, type Endpoint } from '../lib/crm-api/endpoints';
import { namesOf, PARAMETER_NAMES, PARAMETERS, type ParameterName } from '../lib/crm-api/parameters';

export const CRM_API_PAGE = path.resolve(__dirname, '../docs/crm-api.md');

const BEGIN = '<!-- endpoints: written by tools/write-crm-api.ts -->';
const END = '<!-- end of endpoints -->';

const code = (text: string) => `\`${text}\``;
/** A text that can stand in a cell of a table. */
const cell = (text: string) => text.replace(/\|/g, '\\|');

function listOf(names: readonly ParameterName[]): string {
	return names.map(code).join(', ');
}

function endpointSection({
	label,
	description,
	path: place,
	idInPath,
	takesFile,
	contract,
}: Endpoint): string {
	const { needs, takes, answer, statuses } = contract;
	const file = takesFile
		? ['', 'The file is sent as multipart form or as base64 in a parameter named `file`.']
		: [];
	const needed = needs.map((group) => (group.length === 1 ? listOf(group) : `one of ${listOf(group)}`));
	return [
		`### ${label}`,
		'',
		description,
		'',
		`Path: ${code(place)}${idInPath ? `, or ${code(`${place}/<id>`)}` : ''}`,
		...file,
		'',
		`Needed: ${needed.join('; and ')}.`,
		...(takes.length === 0 ? [] : ['', `Also: ${listOf(takes)}.`]),
		'',
		'| Status | Meaning |',
		'| --- | --- |',
		...statuses.map(([status, meaning]) => `| ${status} | ${cell(meaning)} |`),
		'',
		'```json',
		JSON.stringify(answer, null, '\t'),
		'```',
	].join('\n');
}

function parameterRow(name: ParameterName): string {
	const {
		description,
		example,
		variables = [],
	}: (typeof PARAMETERS)[ParameterName] & { variables?: readonly string[] } = PARAMETERS[name];
	const others = namesOf(name).filter((one) => one !== name && !variables.includes(one));
	const filledBy = variables.map((variable) => code(`{${variable}}`)).join(', ');
	return `| ${code(name)} | ${filledBy} | ${cell(description)} | ${code(cell(example))} | ${others.map(code).join(', ')} |`;
}

/** Every endpoint, and every parameter. */
export function endpointsText(): string {
	return [
		'## Endpoints',
		'',
		...ENDPOINTS.flatMap((endpoint) => [endpointSection(endpoint), '']),
		'## Parameters',
		'',
		'| Parameter | Variable | What it says | Example | Also understood |',
		'| --- | --- | --- | --- | --- |',
		...PARAMETER_NAMES.map(parameterRow),
	].join('\n');
}

/** The page with what stands between its markers replaced. */
export function withEndpoints(page: string): string {
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error(`${CRM_API_PAGE} has lost its markers.`);
	return `${before}${BEGIN}\n\n${endpointsText()}\n\n${END}${after}`;
}

if (require.main === module) writeFileSync(CRM_API_PAGE, withEndpoints(readFileSync(CRM_API_PAGE, 'utf8')));
