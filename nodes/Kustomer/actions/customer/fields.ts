import type { INodeProperties } from 'n8n-workflow';

import type { CustomerFields } from '../../../../lib/kustomer/inputs';
import { listOf, textOf } from '../../../../lib/n8n/values';
import { countries } from '../descriptions/countries';
import { tagPicker, typedTags } from '../descriptions/fields';
import { tagsOf, type Fields } from '../read';

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
export const furtherFields: INodeProperties[] = [
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
	typedTags,
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
	tagPicker,
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
];

export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: countries,
	default: 'US',
	description: 'Country of phone numbers that are written without a country code',
};

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
