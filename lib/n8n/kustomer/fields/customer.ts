import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CustomerFields, FindOrCreateCustomerInput } from '../../../kustomer/inputs';
import { inOrder } from '../../panel/sorting';
import { choiceOf, listOf, textOf } from '../../panel/values';
import { countries } from './countries';
import { tagFields } from './fields';
import { type Fields } from '../../panel/fields';
import { tagsOf } from './read';

export const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Drake',
	description: 'Full name of the customer, up to 256 characters',
};

export const phone: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +49 30 901820',
	description:
		"The customer's phone number in any usual format. Set Default Country under Options for numbers without a country code.",
};

export const email: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'name@email.com',
	description: "The customer's email address",
};

export const externalId: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. shop-10234',
	description: "The customer's ID in your own system",
};

/** Fields that few workflows need, the same for every operation that writes a customer. In alphabetical order. */
export const furtherFields: INodeProperties[] = inOrder([
	...tagFields('Tags of the customer'),
	{
		displayName: 'Company ID',
		name: 'company',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5f8a2b7c9d1e4f0012345678',
		description: 'Kustomer ID of the company that the customer belongs to',
	},
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en_US',
		description: "The customer's language and country",
	},
	{
		displayName: 'Shared Emails',
		name: 'sharedEmails',
		type: 'string',
		default: '',
		placeholder: 'e.g. office@example.com',
		description: 'Email addresses that several customers use, separated by commas',
	},
	{
		displayName: 'Shared Phone Numbers',
		name: 'sharedPhones',
		type: 'string',
		default: '',
		placeholder: 'e.g. +49 30 901820',
		description: 'Phone numbers that several customers use, separated by commas',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description: "The customer's time zone",
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan82',
		description: "The customer's name of an account in your own system",
	},
]);

export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: countries,
	default: 'US',
	description:
		"Country of phone numbers that are written without a country code. Not set, it is the country of your number in the same call, where that is written with its country code. A number that cannot be read makes nobody's phone: it stands in the name of a new customer, and 'phone' in leftOut.",
};

/** The company's end of the call, for operations that are not told the whole session. */
export const calledNumber: INodeProperties = {
	displayName: 'Called Number',
	name: 'calledNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. +49 30 901820',
	hint: 'With its country code. After the Contact Center Trigger: {{ $json.session.line }}',
	description:
		"Your company's number in the same call. Its country is taken for phone numbers without a country code, unless Default Country is set.",
};

/** Warns of a number that could not be read, in the output of a step that looked for a customer by it. */
export function unreadPhoneHint({ leftOut }: IDataObject): string | undefined {
	return Array.isArray(leftOut) && (leftOut as unknown[]).includes('phone')
		? 'A phone number could not be read, so no customer was looked for by it. If your numbers come without a country code, choose your country under Default Country.'
		: undefined;
}

/** How the customer of a call is found by phone number, and who it is when several fit. In alphabetical order. */
export const matchingFields: INodeProperties[] = [
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
];

/** What {@link matchingFields} say, with what holds when nothing is said. */
export function matchingRulesOf(
	fields: Fields,
): Pick<FindOrCreateCustomerInput, 'phoneRules' | 'severalMatches'> {
	return {
		phoneRules: {
			defaultCountry: textOf(fields.defaultCountry, 'Default Country'),
			ownNumbers: listOf(fields.ownNumbers, 'Own Numbers') ?? [],
			lookUp: choiceOf(fields.lookUp, 'Look Up Numbers', ['automatic', 'everyForm']) ?? 'automatic',
			whenUnusable:
				choiceOf(fields.whenUnusable, 'Unusable Phone Number', ['createWithoutPhone', 'skip', 'stop']) ??
				'createWithoutPhone',
		},
		severalMatches:
			choiceOf(fields.severalMatches, 'Several Customers Match', ['mostRecentlyActive', 'oldest', 'stop']) ??
			'mostRecentlyActive',
	};
}

/** The fields of a customer that {@link furtherFields} and the name hold. Empty ones are left out. */
export function customerFieldsOf(fields: Fields): CustomerFields {
	return {
		name: textOf(fields.name, 'Name'),
		company: textOf(fields.company, 'Company ID'),
		locale: textOf(fields.locale, 'Locale'),
		sharedEmails: emailsOf(fields.sharedEmails, 'Shared Emails'),
		sharedPhones: phonesOf(fields.sharedPhones, 'Shared Phone Numbers'),
		tags: tagsOf(fields),
		timeZone: textOf(fields.timeZone, 'Time Zone'),
		username: textOf(fields.username, 'Username'),
	};
}

/** Phone numbers from a list or from text with commas. */
export function phonesOf(value: unknown, field: string): CustomerFields['phones'] {
	return listOf(value, field)?.map((number) => ({ phone: number }));
}

/** Email addresses from a list or from text with commas. */
export function emailsOf(value: unknown, field: string): CustomerFields['emails'] {
	return listOf(value, field)?.map((address) => ({ email: address }));
}
