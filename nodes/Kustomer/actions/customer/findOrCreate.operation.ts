import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../../../lib/n8n/panel/sorting';
import { normalizePhone } from '../../../../lib/domain/phone-number';
import { isRecord } from '../../../../lib/domain/record';
import { findOrCreateCustomer } from '../../../../lib/kustomer/operations/find-or-create-customer';
import { textOf } from '../../../../lib/n8n/panel/values';
import { customAttributesNamed } from '../../../../lib/n8n/kustomer/fields/fields';
import { optionsCollection, unknownAttributes } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { writingOptions } from '../../../../lib/n8n/kustomer/fields/read';
import {
	calledNumber,
	customerFieldsOf,
	email,
	externalId,
	furtherFields,
	matchingFields,
	matchingRulesOf,
	name,
	phone,
	unreadPhoneHint,
} from '../../../../lib/n8n/kustomer/fields/customer';

export const option: OperationOption = {
	name: 'Find or Create',
	action: 'Find or create customer',
	description: 'Find a customer by phone number, email or external ID, and create one when nobody is found',
};

export const description: INodeProperties[] = [
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
		].sort(byDisplayName),
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
				"External ID for a new customer who has no phone number, email and external ID. The call's ID serves well: running the step again then finds the same customer. Without it, the step stops for a caller who withheld the number.",
		},
		calledNumber,
		...matchingFields,
		unknownAttributes,
	]),
];

export const hint = unreadPhoneHint;

export const execute: ExecuteOperation = async ({ client, parameters, input }) => {
	const options = fieldsOf(parameters.get('options'));
	const { custom, unknownAttributes: policy } = writingOptions(parameters);
	const found = await findOrCreateCustomer(client, {
		phone: textOf(parameters.get('phone'), 'Phone Number'),
		calledNumber: textOf(options.calledNumber, 'Called Number'),
		email: textOf(parameters.get('email'), 'Email'),
		externalId: textOf(parameters.get('externalId'), 'External ID'),
		...matchingRulesOf(options),
		anonymousExternalId: textOf(options.anonymousExternalId, 'Anonymous Caller ID'),
		hasNoNumber: hasNoNumber(input),
		create: { ...customerFieldsOf(fieldsOf(parameters.get('createFields'))), custom },
		unknownAttributes: policy,
	});
	const { outcome, reason, matchedBy, leftOut, phone: callerPhone, number, withheld } = found;
	const caller = { callerPhone, callerNumber: number, callerWithheld: withheld };
	return result(
		parameters,
		{ outcome, reason, matchedBy, ...caller, leftOut },
		found.customer,
		simpleCustomer,
	);
};

/** Whether the item is a session of the Contact Center Trigger that came without a number, or with something that holds none. */
function hasNoNumber({ session }: IDataObject): boolean {
	const { endUser } = fieldsOf(session);
	return isRecord(session) && normalizePhone(fieldsOf(endUser).phone).kind === 'missing';
}
