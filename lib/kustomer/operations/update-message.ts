import type { KustomerAnswer, KustomerClient } from '../client';
import type { Message } from '../documents';
import { KustomerError } from '../errors';
import { InputError } from '../../http/errors';
import type { MessageResult, UpdateMessageInput } from '../inputs';
import { ownId } from '../own-id';
import { objectIn } from '../resources/answers';
import { findMessageByExternalId, patchMessage } from '../resources/messages';
import { given } from '../validate/customer-fields';
import { checkMessageFields } from '../validate/message-fields';
import { checkExternalId, checkId } from '../validate/text';
import { accepted, writeWithAttributes } from './unknown-attributes';

const OPTIONAL = ['subject', 'preview', 'sentAt', 'status'];

/**
 * Changes a message: status, preview, subject, times, meta data and custom attributes. Channel, app and direction stay as
 * they were created. Requests: one.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function updateMessage(
	client: KustomerClient,
	input: UpdateMessageInput,
): Promise<MessageResult> {
	const { subject, preview, status, sentAt, meta } = input;
	const { body, custom } = checkMessageFields({
		subject,
		preview,
		status,
		sentAt,
		meta,
		custom: input.custom,
	});
	const place = await locateMessage(client, input);
	const outcome = await writeWithAttributes(client, {
		operation: 'message.update',
		kind: 'message',
		custom,
		policy: input.unknownAttributes,
		optional: input.refusedValues === 'leaveOut' ? OPTIONAL : undefined,
		send: (known, refused) =>
			place.send((id) =>
				write(client, id, given({ ...accepted(body, refused), custom: known }), input.once === true),
			),
	});
	if (outcome.refusal !== undefined) throw outcome.refusal;
	return {
		message: objectIn<Message>('message.update', outcome.answer),
		created: false,
		leftOut: outcome.leftOut,
	};
}

function write(
	client: KustomerClient,
	id: string,
	body: Record<string, unknown>,
	once: boolean,
): Promise<KustomerAnswer> {
	if (Object.keys(body).length > 0) return patchMessage(client, id, body, { once });
	return client.request({ operation: 'message.get', method: 'GET', path: ['messages', id], accept: [404] });
}

interface MessagePlace {
	send: (request: (id: string) => Promise<KustomerAnswer>) => Promise<KustomerAnswer>;
}

async function locateMessage(client: KustomerClient, input: UpdateMessageInput): Promise<MessagePlace> {
	const { target, chooseId } = input;
	if ('id' in target && target.id !== undefined) {
		const id = checkId(target.id, 'target.id', 'The message ID');
		return { send: async (request) => found(await request(id), 'id') };
	}
	const externalId = checkExternalId(
		'externalId' in target ? target.externalId : undefined,
		'target.externalId',
	);
	if (externalId === undefined) {
		throw new InputError(
			'target.externalId',
			'It is not said which message is meant: the external ID is empty.',
			'Enter the external ID that the message was created with, or its Kustomer ID.',
		);
	}
	let id = chooseId ? ownId('message', externalId) : await lookUp(client, externalId);
	return {
		send: async (request) => {
			const answer = await request(id);
			if (answer.status !== 404 || !chooseId) return found(answer, 'externalId');
			id = await lookUp(client, externalId);
			return found(await request(id), 'externalId');
		},
	};
}

async function lookUp(client: KustomerClient, externalId: string): Promise<string> {
	const message = await findMessageByExternalId(client, externalId);
	if (message === undefined) throw notFound('externalId');
	return message.id;
}

function found(answer: KustomerAnswer, by: 'id' | 'externalId'): KustomerAnswer {
	if (answer.status === 404) throw notFound(by);
	return answer;
}

function notFound(by: 'id' | 'externalId'): KustomerError {
	return new KustomerError({
		kind: 'notFound',
		status: 404,
		operation: 'message.get',
		parameter: `target.${by}`,
		message: `Kustomer has no message with this ${by === 'id' ? 'ID' : 'external ID'}.`,
		advice:
			by === 'id'
				? 'Check the ID. The message may have been deleted.'
				: 'The step that creates the message may not have run yet, or it failed. Check that both steps use the same external ID.',
	});
}
