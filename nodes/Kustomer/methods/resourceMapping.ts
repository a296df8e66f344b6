/** Describes the organisation's custom attributes to n8n's field mapper. */
import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import type { AttributeDefinition, CustomisableKind } from '../../../lib/kustomer/documents';
import { readAttributeDefinitions } from '../../../lib/kustomer/resources/metadata';
import { suffixOf } from '../../../lib/kustomer/validate/custom-attributes';
import { ask } from './client';

/** Custom attributes of the kind of object that the node works on. */
export async function getCustomAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const resource = this.getNodeParameter('resource', 'conversation') as CustomisableKind;
	const definitions = await ask(this, (client) => readAttributeDefinitions(client, resource));
	const fields = Object.entries(definitions)
		.map(([name, definition]) => fieldOf(name, definition))
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	return { fields };
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
