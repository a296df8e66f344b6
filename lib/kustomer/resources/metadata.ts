import type { KustomerAnswer, KustomerClient } from '../client';
import type { AttributeDefinition, CustomizableKind, Metadata } from '../documents';
import { readOne } from './answers';

/** Most definitions in one update, by the published schema of `PUT /v1/metadata/{resource}`. */
export const MAX_DEFINITIONS = 100;

/**
 * The custom attributes that the organization has defined for one kind of object, by name.
 * https://developer.kustomer.com/docs/concepts/custom-attributes
 */
export async function readAttributeDefinitions(
	client: KustomerClient,
	kind: CustomizableKind,
): Promise<Record<string, AttributeDefinition>> {
	const metadata = await readOne<Metadata>(client, 'metadata.get', ['metadata', kind]);
	return metadata.attributes?.properties ?? {};
}

/**
 * Defines custom attributes. Kustomer takes the type from the end of the name. Whether attributes that are not named stay
 * is not documented; see `createSessionFields`. 409 is returned, because callers have their own answer to it.
 * https://developer.kustomer.com/api/core-resources/update-custom-attribute-metadata
 *
 * @param properties by name, at most {@link MAX_DEFINITIONS}
 */
export function putMetadata(
	client: KustomerClient,
	kind: CustomizableKind,
	properties: Record<string, AttributeDefinition>,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'metadata.update',
		method: 'PUT',
		path: ['metadata', kind],
		body: { properties },
		accept: [409],
	});
}
