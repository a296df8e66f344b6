/** Reads the parameters that several operations share. Field names are those that the panel shows. */
import type {
	ConversationTarget,
	CustomAttributes,
	CustomerTarget,
	NoteText,
	UnknownAttributePolicy,
} from '../../../kustomer/inputs';
import { customAttributesOf } from '../../panel/custom-attributes';
import type { ItemParameters } from '../../panel/parameters';
import { fieldsOf, locatedValues, requiredLocator, type Fields } from '../../panel/fields';
import { choiceOf, listOf, textOf } from '../../panel/values';

/** The conversation that the parameter `conversation` names. */
export function conversationTarget(parameters: ItemParameters): ConversationTarget {
	const { mode, value } = requiredLocator(parameters, 'conversation', 'Conversation');
	return mode === 'externalId' ? { externalId: value } : { id: value };
}

/** The customer that the parameter `customer` names by any of its modes. */
export function customerTarget(parameters: ItemParameters): CustomerTarget {
	const { mode, value } = requiredLocator(parameters, 'customer', 'Customer');
	switch (mode) {
		case 'externalId':
			return { externalId: value };
		case 'phone':
			return { phone: value };
		case 'email':
			return { email: value };
		default:
			return { id: value };
	}
}

/**
 * Tags, each once: those of a list, or the one of a row. The first version of the node has those that were chosen and those
 * that were typed in two fields.
 */
export function tagsOf(fields: Fields): string[] | undefined {
	const tags = [
		...locatedValues(fields.tag, 'Tag'),
		...locatedValues(fields.tags, 'Tags'),
		...(listOf(fields.otherTags, 'Other Tags') ?? []),
	];
	return tags.length === 0 ? undefined : [...new Set(tags)];
}

/** The note of an operation that may carry one. */
export function optionalNote(parameters: ItemParameters): NoteText | undefined {
	const body = textOf(parameters.get('note'), 'Note');
	return body === undefined ? undefined : { body, key: textOf(parameters.get('noteKey'), 'Note Key') };
}

/** What the options say about ids and custom attributes, and the custom attributes themselves. */
export interface WritingOptions {
	chooseId: boolean;
	custom: CustomAttributes | undefined;
	unknownAttributes: UnknownAttributePolicy;
}

/** Reads {@link WritingOptions}. */
export function writingOptions(parameters: ItemParameters): WritingOptions {
	const options = fieldsOf(parameters.get('options'));
	const whenEmpty = choiceOf(options.emptyAttributes, 'Empty Custom Attributes', ['leave', 'clear']);
	return {
		chooseId: options.chooseId !== false,
		custom: customAttributesOf(
			parameters.get('customAttributes.value'),
			whenEmpty ?? 'leave',
			parameters.timezone,
		),
		unknownAttributes:
			choiceOf(options.unknownAttributes, 'Unknown Custom Attributes', ['stop', 'leaveOut']) ?? 'stop',
	};
}
