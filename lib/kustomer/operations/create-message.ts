import type { KustomerAnswer, KustomerClient } from '../client';
import type { Message } from '../documents';
import { KustomerError } from '../errors';
import { InputError } from '../../http/errors';
import type { CreateMessageInput, MessageResult } from '../inputs';
import { objectIn } from '../resources/answers';
import { findMessage, findMessageByExternalId, postMessage } from '../resources/messages';
import { given } from '../validate/customer-fields';
import { checkMessageFields } from '../validate/message-fields';
import { checkExternalId, checkId } from '../validate/text';
import { type Located, checkTarget, locate, sendAbout } from './conversation-target';
import { createOnce } from './create-once';
import { accepted, writeWithAttributes } from './unknown-attributes';

/** Fields without which a message still stands for its session. */
const OPTIONAL = ['subject', 'preview', 'sentAt', 'status', 'direction'];

/**
 * Records a message in a conversation, or for a customer, where Kustomer opens a conversation for it. With an external
 * id only once (rule X1). Requests: one.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function createMessage(
	client: KustomerClient,
	input: CreateMessageInput,
): Promise<MessageResult> {
	const { body, custom } = checkMessageFields(input);
	for (const field of ['channel', 'app'] as const) {
		if (body[field] !== undefined) continue;
		throw new InputError(
			field,
			`The ${field} of the message is missing.`,
			field === 'channel'
				? 'Choose the channel, for example voice.'
				: 'Enter one name for your integration, for example "babelforce", and keep it.',
		);
	}
	const externalId = checkExternalId(input.externalId);
	const sendTo = await parentOf(client, input);

	const made = await createOnce<Message>(client, {
		kind: 'message',
		externalId,
		chooseId: input.chooseId,
		send: (identity, repeatable) =>
			writeWithAttributes(client, {
				operation: 'message.create',
				kind: 'message',
				custom,
				policy: input.unknownAttributes,
				optional: input.refusedValues === 'leaveOut' ? OPTIONAL : undefined,
				send: (known, refused) =>
					sendTo(given({ ...identity, ...accepted(body, refused), custom: known }), repeatable),
			}),
		find: async (name, id) =>
			(id === undefined ? undefined : await findMessage(client, id)) ??
			(await findMessageByExternalId(client, name)),
		read: ({ answer }) => objectIn<Message>('message.create', answer),
	});
	return { message: made.object, created: made.created, leftOut: made.leftOut };
}

type SendMessage = (body: Record<string, unknown>, repeatable: boolean) => Promise<KustomerAnswer>;

async function parentOf(client: KustomerClient, input: CreateMessageInput): Promise<SendMessage> {
	const { target } = input;
	if ('customerId' in target) {
		const customerId = checkId(target.customerId, 'target.customerId', 'The customer ID');
		return async (body, repeatable) => {
			const answer = await postMessage(client, { customerId }, body, repeatable);
			if (answer.status !== 404) return answer;
			throw new KustomerError({
				kind: 'notFound',
				status: 404,
				operation: 'message.create',
				parameter: 'target.customerId',
				message: 'Kustomer has no customer with this ID.',
				advice: 'Check the ID. The customer may have been deleted or merged into another one.',
			});
		};
	}
	let located: Located = await locate(client, checkTarget(target), input.chooseId);
	return async (body, repeatable) => {
		const sent = await sendAbout(client, located, (conversationId) =>
			postMessage(client, { conversationId }, body, repeatable),
		);
		located = sent.located;
		return sent.answer;
	};
}
