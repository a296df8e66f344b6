/** What the node gives back: a flat object with the fields that workflows use, or what Kustomer answered. */
import type { IDataObject } from 'n8n-workflow';

import type { KustomerObject } from '../../../lib/kustomer/documents';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';
import { present } from '../../../lib/n8n/run/present';

export {
	simpleConversation,
	simpleCustomer,
	simpleMessage,
	simpleNote,
	simpleUser,
} from '../../../lib/n8n/kustomer/objects';

/**
 * What was done, together with the object: flat when Simplify is on, else the object as Kustomer answered it under its
 * type's name.
 *
 * @param done facts about the run, for example `created` or `leftOut`
 */
export function result<T extends KustomerObject>(
	parameters: ItemParameters,
	done: Record<string, unknown>,
	object: T | undefined,
	simple: (object: T) => IDataObject,
): IDataObject {
	const facts = present(done);
	if (object === undefined) return facts;
	if (parameters.get('simplify') === false) {
		return { ...facts, [object.type]: object as unknown as IDataObject };
	}
	return { ...facts, ...simple(object) };
}
