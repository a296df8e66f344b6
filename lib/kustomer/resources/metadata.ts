import type { KustomerClient } from '../client';
import type { AttributeDefinition, CustomizableKind, Metadata } from '../documents';
import { readOne } from './answers';

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
