import type { INodeProperties } from 'n8n-workflow';

import { USUAL_PATIENCE, type Patience } from '../../domain/waiting';
import { amountOf } from './fields';
import { numberField } from './number-field';
import type { ItemParameters } from './parameters';

const number = (
	name: keyof Patience,
	displayName: string,
	description: string,
	hint: string,
): INodeProperties => numberField({ displayName, name, usual: USUAL_PATIENCE[name], description, hint });

/** The session that files are got for, as the item has it. */
export const sessionFields: INodeProperties[] = [
	{
		displayName: 'Session',
		name: 'session',
		type: 'json',
		default: '={{ $json.session }}',
		required: true,
		description:
			'The call or chat, as the Contact Center Trigger or Session: Log gives it. One that still goes on leaves by the output None.',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '={{ $json.externalId }}',
		placeholder: 'e.g. babelforce:7c3f00aa',
		description:
			'Leave it as it is behind a Contact Center Trigger or Session: Log: it is the name that the call or chat has in Kustomer, for the step Recording: Upload. When empty, it is made from the session.',
	},
];

/** How long something that is not there yet is waited for. */
export const patienceFields: INodeProperties[] = [
	number(
		'firstMinutes',
		'First Wait (Minutes)',
		'The shortest pause between two looks',
		'With two minutes or more, the wait goes on even when n8n is restarted',
	),
	number(
		'longestMinutes',
		'Longest Wait (Minutes)',
		'The longest pause between two looks',
		'Pauses grow from the first to the longest',
	),
	number(
		'giveUpHours',
		'Give Up After (Hours)',
		'Hours after the end of the session in which a file may still come',
		'Then the step fails, and says which session it was',
	),
];

/** @throws {InputError} when one of them is no number, or less than 0 */
export function patienceOf(parameters: ItemParameters): Patience {
	const read = (name: keyof Patience, field: string) =>
		amountOf(parameters.get(name), field) ?? USUAL_PATIENCE[name];
	return {
		firstMinutes: read('firstMinutes', 'First Wait (Minutes)'),
		longestMinutes: read('longestMinutes', 'Longest Wait (Minutes)'),
		giveUpHours: read('giveUpHours', 'Give Up After (Hours)'),
	};
}
