import type { INodeProperties } from 'n8n-workflow';

import { statusLine } from '../../panel/status-line';

/** Says how many session fields do not exist in Kustomer yet (rule C22). */
export const sessionFieldsStanding: INodeProperties = statusLine(
	{
		displayName: 'Session Fields in Kustomer',
		name: 'sessionFieldsStanding',
		hint: 'Missing ones are created by the workflow "Kustomer: create the session fields", once for the organization',
		description:
			'Whether the custom attributes that sessions fill exist in Kustomer. Open the list to read which are missing. There is nothing to choose here.',
	},
	'getSessionFieldsStanding',
	['authentication'],
);
