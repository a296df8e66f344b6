/** The fields with which a step of any platform is asked to place a call, and what they say (rule C24). */
import type { INodeProperties } from 'n8n-workflow';

import { isKustomerId } from '../../domain/kustomer-id';
import { InputError } from '../../http/errors';
import { checkPhone } from '../../kustomer/validate/contacts';
import { optionOf, requiredText } from './fields';
import type { ItemParameters } from './parameters';
import { textOf } from './values';

/** What a person has asked for. */
export interface AskedCall {
	/** E.164. */
	to: string;
	/** E.164: the number that the other side sees. */
	from?: string;
	/** Kustomer id of the conversation from which the call is made. */
	conversationId?: string;
}

/** The fields of the panel. @param description what becomes of the conversation */
export function askedCallFields(description: string): INodeProperties[] {
	return [
		{
			displayName: 'Phone Number',
			name: 'callTo',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +49 30 901820',
			description: 'Whom to call, with the country code',
		},
		{
			displayName: 'Kustomer Conversation ID',
			name: 'conversationId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5f8a2b7c9d1e4f0012345678',
			description,
		},
	];
}

/** An option beside them. @param whose who chooses the number when the field is empty */
export function outboundNumberOption(whose: string): INodeProperties {
	return {
		displayName: 'Outbound Number',
		name: 'outboundNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +49 30 901820',
		description: `Number of yours that the other side sees. When empty, the one of ${whose}.`,
	};
}

/**
 * Reads these fields of an item.
 *
 * @throws {InputError} for the first one that cannot be meant
 */
export function askedCallOf(parameters: ItemParameters): AskedCall {
	const to = checkPhone(requiredText(parameters, 'callTo', 'Phone Number'), 'callTo', undefined);
	const from = textOf(optionOf(parameters, 'outboundNumber'), 'Outbound Number');
	const conversationId = textOf(parameters.get('conversationId'), 'Kustomer Conversation ID');
	if (conversationId !== undefined && !isKustomerId(conversationId)) {
		throw new InputError(
			'conversationId',
			"'Kustomer Conversation ID' is not an ID of Kustomer.",
			'It has 24 characters, 0 to 9 and a to f. Check the expression, or leave it empty.',
		);
	}
	return {
		to,
		...(from === undefined ? {} : { from: checkPhone(from, 'outboundNumber', undefined) }),
		...(conversationId === undefined ? {} : { conversationId }),
	};
}
