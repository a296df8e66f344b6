import type { INodeProperties } from 'n8n-workflow';

import { findOrCreateCustomer } from '../../../../lib/kustomer/operations/findOrCreateCustomer';
import { choiceOf, listOf, textOf } from '../../../../lib/n8n/values';

import { showFor } from '../descriptions/display';
import { customAttributesNamed } from '../descriptions/fields';
import { optionsCollection, unknownAttributes } from '../descriptions/options';
import { simplify } from '../descriptions/output';
import type { ExecuteOperation } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf, writingOptions } from '../read';
import { customerFieldsOf, defaultCountry, email, externalId, furtherFields, name, phone } from './fields';

export const description: INodeProperties[] = showFor(
	'customer',
	['findOrCreate'],
	[
		{
			...phone,
			description:
				'Number to find the customer by, in any usual format. Withheld and unusable numbers are handled under Options.',
		},
		{ ...email, description: 'Email address to find the customer by' },
		{
			...externalId,
			description: "The customer's ID in your own system, to find the customer by. It is tried first.",
		},
		{
			displayName: 'Fields When Created',
			name: 'createFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Written only when the customer is new. A customer who is found stays as they are.',
			options: [
				...furtherFields,
				{ ...name, description: 'Full name of a new customer, up to 256 characters' },
			].sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
		customAttributesNamed(
			'Custom Attributes When Created',
			'Written only when the customer is new. The list shows what your organization has defined in Kustomer.',
		),
		simplify,
		optionsCollection([
			{
				displayName: 'Anonymous Caller ID',
				name: 'anonymousExternalId',
				type: 'string',
				default: '',
				placeholder: 'e.g. babelforce:7c3f00aa',
				description:
					"External ID for a new customer who has no phone number, email and external ID. The call's ID serves well: running the step again then finds the same customer.",
			},
			defaultCountry,
			{
				displayName: 'Look Up Numbers',
				name: 'lookUp',
				type: 'options',
				options: [
					{
						name: 'Only With the Plus',
						value: 'automatic',
						description:
							'Asks for +4930901820. One request: Kustomer itself refuses a second customer with the same number.',
					},
					{
						name: 'Also Without the Plus',
						value: 'everyForm',
						description:
							'Asks for +4930901820 and 4930901820. One more request for callers who are not known yet.',
					},
				],
				default: 'automatic',
				description:
					'In which forms Kustomer is asked for the number. Needed when customers were imported with numbers that have no plus.',
			},
			{
				displayName: 'Own Numbers',
				name: 'ownNumbers',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				placeholder: 'e.g. +49 30 901820, +49 30 901821',
				description:
					"Your company's own numbers, separated by commas or line breaks. They are never taken for a customer's number.",
			},
			{
				displayName: 'Several Customers Match',
				name: 'severalMatches',
				type: 'options',
				options: [
					{ name: 'Stop', value: 'stop', description: 'Report it instead of choosing' },
					{ name: 'Take the Most Recently Active', value: 'mostRecentlyActive' },
					{ name: 'Take the Oldest', value: 'oldest' },
				],
				default: 'mostRecentlyActive',
				description: 'Which customer to take when Kustomer knows several',
			},
			unknownAttributes,
			{
				displayName: 'Unusable Phone Number',
				name: 'whenUnusable',
				type: 'options',
				options: [
					{ name: 'Create Customer Without Phone', value: 'createWithoutPhone' },
					{ name: 'Skip', value: 'skip', description: 'Create nobody and return the outcome "skipped"' },
					{ name: 'Stop', value: 'stop', description: 'Report it' },
				],
				default: 'createWithoutPhone',
				description:
					"What to do when the number is withheld, too short or your company's own, and nothing else identifies the customer",
			},
		]),
	],
);

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const options = fieldsOf(parameters.get('options'));
	const { custom, unknownAttributes: policy } = writingOptions(parameters);
	const found = await findOrCreateCustomer(client, {
		phone: textOf(parameters.get('phone'), 'Phone Number'),
		email: textOf(parameters.get('email'), 'Email'),
		externalId: textOf(parameters.get('externalId'), 'External ID'),
		phoneRules: {
			defaultCountry: textOf(options.defaultCountry, 'Default Country'),
			ownNumbers: listOf(options.ownNumbers, 'Own Numbers') ?? [],
			lookUp: choiceOf(options.lookUp, 'Look Up Numbers', ['automatic', 'everyForm']) ?? 'automatic',
			whenUnusable:
				choiceOf(options.whenUnusable, 'Unusable Phone Number', ['createWithoutPhone', 'skip', 'stop']) ??
				'createWithoutPhone',
		},
		severalMatches:
			choiceOf(options.severalMatches, 'Several Customers Match', ['mostRecentlyActive', 'oldest', 'stop']) ??
			'mostRecentlyActive',
		anonymousExternalId: textOf(options.anonymousExternalId, 'Anonymous Caller ID'),
		create: { ...customerFieldsOf(fieldsOf(parameters.get('createFields'))), custom },
		unknownAttributes: policy,
	});
	const { outcome, reason, matchedBy, leftOut, phone: callerPhone } = found;
	return result(
		parameters,
		{ outcome, reason, matchedBy, callerPhone, leftOut },
		found.customer,
		simpleCustomer,
	);
};
