import type { FactsOf } from '../../../../lib/n8n/run/execution-data';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';

/** What a conversation that was created or changed says of its run, in the simple form or as Kustomer answered it. */
export const conversationFacts: FactsOf = (item) => {
	const raw = fieldsOf(item.conversation);
	const { externalId, assignedUsers, id } = { ...item, ...fieldsOf(raw.attributes), ...raw };
	return { session: externalId, outcome: outcomeOf(item), conversation: id, assignedTo: assignedUsers };
};

function outcomeOf({ created, found }: { created?: unknown; found?: unknown }): string | undefined {
	if (typeof created === 'boolean') return created ? 'created' : 'existed';
	if (typeof found === 'boolean') return found ? 'updated' : 'notFound';
	return undefined;
}
