import type { KustomerClient } from '../../../../lib/kustomer/client';
import type { Conversation } from '../../../../lib/kustomer/documents';
import { KustomerError } from '../../../../lib/kustomer/errors';
import type { ConversationTarget } from '../../../../lib/kustomer/inputs';
import {
	findConversationByExternalId,
	getConversation,
} from '../../../../lib/kustomer/resources/conversations';
import { checkId } from '../../../../lib/kustomer/validate/text';

/**
 * The one conversation that is named by its id, or by the external id it was created with.
 *
 * @throws {KustomerError} of the kind `notFound`
 */
export async function readConversation(
	client: KustomerClient,
	target: ConversationTarget,
): Promise<Conversation> {
	if ('id' in target) {
		return await getConversation(client, checkId(target.id, 'conversation', 'The conversation ID'));
	}
	const conversation = await findConversationByExternalId(client, target.externalId);
	if (conversation !== undefined) return conversation;
	throw new KustomerError({
		kind: 'notFound',
		operation: 'conversation.get',
		status: 404,
		message: 'Kustomer has no conversation with this external ID.',
		advice: 'Check the external ID. If an earlier step creates the conversation, it must have run before.',
	});
}
