/** Describes the organization's custom attributes to n8n's field mapper. */
import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { hasCredential, reasonOf } from '../../panel/ask';
import { byDisplayName } from '../../panel/sorting';
import type { AttributeDefinition, CustomizableKind } from '../../../kustomer/documents';
import { readAttributeDefinitions } from '../../../kustomer/resources/metadata';
import { suffixOf } from '../../../kustomer/validate/custom-attributes';
import { askKustomer, kustomerCredentialOf } from '../ask';

/** Custom attributes of the kind of object that the node works on, for the parameter `customAttributes`. */
export async function getCustomAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const resource = this.getNodeParameter('resource', 'conversation') as CustomizableKind;
	return await attributesFor(this, resource, 'customAttributes');
}

/** Custom attributes of conversations, for the parameter `conversationAttributes`. */
export async function getConversationAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await attributesFor(this, 'conversation', 'conversationAttributes');
}

/** Custom attributes of customers, for the parameter `customerAttributes`. */
export async function getCustomerAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await attributesFor(this, 'customer', 'customerAttributes');
}

/**
 * n8n shows nothing at all when the list is empty or cannot be loaded, so a notice takes its place. A node that has
 * attributes already gets the error instead: an empty list would remove them from the panel.
 *
 * @param parameter name of the mapper
 */
async function attributesFor(
	context: ILoadOptionsFunctions,
	kind: CustomizableKind,
	parameter: string,
): Promise<ResourceMapperFields> {
	const inUse = context.getNodeParameter(`${parameter}.schema`, []);
	const isMapped = Array.isArray(inUse) && inUse.length > 0;
	if (!isMapped && !hasCredential(context, kustomerCredentialOf(context)))
		return nothingToShow(NOTHING_CHOSEN);
	return await askKustomer(context, (client) => readAttributeDefinitions(client, kind)).then(
		(definitions) => {
			const fields = Object.entries(definitions)
				.map(([name, definition]) => fieldOf(name, definition))
				.sort(byDisplayName);
			return fields.length === 0 ? nothingToShow(NONE_DEFINED) : { fields };
		},
		async (error: unknown) =>
			isMapped
				? await Promise.reject(error)
				: nothingToShow(
						`The custom attributes could not be loaded. ${reasonOf(error).replaceAll('<', '&lt;')}`,
					),
	);
}

/** n8n asks once, when the panel is opened, and not when somebody chooses a credential. */
const NOTHING_CHOSEN =
	"Your organization's custom attributes are offered here once a Kustomer credential is chosen above. If one is chosen already, close this panel and open it again.";

const NONE_DEFINED = 'No custom attributes are defined in Kustomer for this kind of object.';

function nothingToShow(notice: string): ResourceMapperFields {
	return { fields: [], emptyFieldsNotice: notice };
}

function fieldOf(name: string, definition: AttributeDefinition): ResourceMapperField {
	const choices = Array.isArray(definition.enumeration) ? definition.enumeration : [];
	return {
		id: name,
		displayName: definition.displayName ?? name,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: typeOf(name, definition, choices),
		...(choices.length === 0 ? {} : { options: choices.map((choice) => ({ name: choice, value: choice })) }),
	};
}

/** The end of the name decides, as it does in Kustomer: https://developer.kustomer.com/docs/concepts/custom-attributes */
function typeOf(name: string, definition: AttributeDefinition, choices: string[]): FieldType {
	if (definition.multi === true) return 'array';
	if (choices.length > 0) return 'options';
	switch (suffixOf(name)) {
		case 'Num':
			return 'number';
		case 'At':
			return 'dateTime';
		case 'Bool':
			return 'boolean';
		default:
			return 'string';
	}
}
