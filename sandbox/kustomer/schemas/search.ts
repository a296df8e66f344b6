import { anything, boolean, exactly, set, text, type Schema } from './build';
import { check } from './validate';

const criteria: Schema = { anyOf: [anything, set(anything, 20)] };

export const checkSearch = check(
	exactly(
		{
			searchHash: text(),
			queryContext: {
				type: 'string',
				pattern:
					'^(company|customer|message|conversation|conversation_time|note|kobject|kobject_.*|work_session|work_item)$',
			},
			includeDeleted: boolean,
			timeZone: text(),
			and: criteria,
			or: criteria,
			not: criteria,
			sort: { anyOf: [anything, set(anything, 5)] },
			aggs: anything,
			fields: set(anything, 20),
		},
		['queryContext'],
	),
);
