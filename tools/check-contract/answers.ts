/** Drives every endpoint that the package relies on. */
import { SANDBOX } from '../../sandbox/kustomer';
import { idOf, type Driver } from './driver';
import type { Json } from './document';

const { ana, ben } = SANDBOX.users;
const sentiment = { polarity: 1, confidence: 0.5 };

function fullCustomer(driver: Driver): Json {
	const key = driver.unique('customer');
	return {
		name: 'Full Customer',
		externalId: key,
		username: key,
		signedUpAt: '2025-01-02T03:04:05.678Z',
		avatarUrl: 'https://example.com/a.png',
		emails: [{ email: `${key}@example.com`, type: 'work', verified: true }],
		sharedEmails: [{ email: 'shared@example.com', type: 'home' }],
		phones: [{ phone: driver.freshPhone(), type: 'mobile' }],
		sharedPhones: [{ phone: '+12125550142', type: 'work' }],
		socials: [{ type: 'twitter', username: key, userid: '1', url: 'https://example.com/s' }],
		urls: [{ url: 'https://example.com', type: 'website' }],
		locations: [{ type: 'home', address: 'Main Street 1' }],
		locale: 'en_US',
		timeZone: 'Europe/Berlin',
		birthdayAt: '1990-01-02T00:00:00.000Z',
		gender: 'f',
		tags: ['VIP'],
		sentiment,
		custom: { loyaltyNum: 3 },
		defaultLang: 'en_us',
	};
}

function fullConversation(driver: Driver): Json {
	return {
		externalId: driver.unique('conversation'),
		name: 'Call',
		status: 'open',
		priority: 3,
		direction: 'in',
		tags: ['Voice', 'VIP'],
		assignedUsers: [ana.id],
		assignedTeams: [SANDBOX.teams.voice.id],
		custom: { callIdStr: 'abc', vipBool: true },
		defaultLang: 'en_us',
		queue: { id: SANDBOX.queues.voice.id },
	};
}

function fullMessage(driver: Driver): Json {
	return {
		externalId: driver.unique('message'),
		channel: 'voice',
		app: 'contact-center',
		direction: 'in',
		subject: 'Call',
		preview: 'A call',
		status: 'received',
		size: 12,
		sentAt: '2026-01-02T03:04:05.678Z',
		meta: { from: '+12125550187' },
		custom: { sessionIdStr: 'abc' },
		sentiment,
		lang: 'en_us',
	};
}

/** Answers: with everything given, and with as little as possible. */
export async function driveAnswers(driver: Driver): Promise<void> {
	for (const size of ['full', 'sparse'] as const) {
		const few = size === 'sparse';
		const options = { sparse: few };

		const customerBody = few ? {} : fullCustomer(driver);
		const created = await driver.exchange('CreateCustomer', 'post', '/v1/customers', {
			...options,
			body: customerBody,
		});
		const customerId = idOf(created);
		const conversation = await driver.exchange('CreateConversation', 'post', '/v1/conversations', {
			...options,
			body: few
				? { customer: customerId }
				: { ...fullConversation(driver), id: driver.freshId(), customer: customerId },
		});
		const conversationId = idOf(conversation);
		await driver.exchange(
			'CreateConversationForCustomer',
			'post',
			`/v1/customers/${customerId}/conversations`,
			{
				...options,
				body: few ? {} : fullConversation(driver),
			},
		);

		const messageBody = () => (few ? { channel: 'voice', app: 'a', direction: 'in' } : fullMessage(driver));
		const message = await driver.exchange(
			'CreateMessageFromConversation',
			'post',
			`/v1/conversations/${conversationId}/messages`,
			{
				...options,
				body: few ? { channel: 'voice', app: 'a' } : { ...fullMessage(driver), id: driver.freshId() },
			},
		);
		await driver.exchange('CreateMessage', 'post', '/v1/messages', {
			...options,
			body: { ...messageBody(), conversation: conversationId },
		});
		await driver.exchange('CreateMessageByCustomer', 'post', `/v1/customers/${customerId}/messages`, {
			...options,
			body: messageBody(),
		});
		const noteBody = few
			? { body: 'A note' }
			: {
					id: driver.freshId(),
					externalId: driver.unique('note'),
					body: 'A note',
					userMentions: [{ user: ana.id }],
					lang: 'en_us',
				};
		const note = await driver.exchange(
			'CreateNoteWithinConversation',
			'post',
			`/v1/conversations/${conversationId}/notes`,
			{ ...options, body: noteBody },
		);
		await driver.exchange('CreateNote', 'post', '/v1/notes', {
			...options,
			body: {
				conversation: conversationId,
				body: 'Another',
				...(few ? {} : { externalId: driver.unique('note') }),
			},
		});

		const messageId = idOf(message);
		const noteId = idOf(note);
		for (const [operationId, path] of [
			['GetCustomerById', `/v1/customers/${customerId}`],
			['GetCustomers', '/v1/customers?pageSize=2'],
			['GetConversation', `/v1/conversations/${conversationId}`],
			['GetConversations', '/v1/conversations?pageSize=2'],
			['GetConversationsByCustomer', `/v1/customers/${customerId}/conversations`],
			['GetMessage', `/v1/messages/${messageId}`],
			['GetMessages', '/v1/messages?pageSize=3'],
			['GetMessagesByConversation', `/v1/conversations/${conversationId}/messages`],
			['GetMessagesByCustomer', `/v1/customers/${customerId}/messages`],
			['GetNoteById', `/v1/notes/${noteId}`],
			['GetNotesForOrg', '/v1/notes'],
			['GetNotesByConversation', `/v1/conversations/${conversationId}/notes`],
			['GetNotesByCustomer', `/v1/customers/${customerId}/notes`],
		] as const) {
			// Lists hold whatever was there before, so they are held against the schema for little.
			await driver.exchange(operationId, 'get', path, {
				sparse: few || /s\?|s$/.test(path),
			});
		}
		if (!few) {
			const { externalId, emails, phones } = customerBody as {
				externalId: string;
				emails: Array<{ email: string }>;
				phones: Array<{ phone: string }>;
			};
			await driver.exchange('GetCustomerByExternalId', 'get', `/v1/customers/externalId=${externalId}`);
			await driver.exchange(
				'GetCustomerByEmail',
				'get',
				`/v1/customers/email=${encodeURIComponent(emails[0]!.email)}`,
			);
			await driver.exchange(
				'GetCustomerByPhone',
				'get',
				`/v1/customers/phone=${encodeURIComponent(phones[0]!.phone)}`,
			);
			const attributes = (conversation.data as { attributes: { externalId: string } }).attributes;
			await driver.exchange(
				'GetConversationByExternalId',
				'get',
				`/v1/conversations/externalId=${attributes.externalId}`,
			);
			const ofMessage = (message.data as { attributes: { externalId: string } }).attributes;
			await driver.exchange(
				'GetMessageByExternalID',
				'get',
				`/v1/messages/externalid=${ofMessage.externalId}`,
			);
		}

		const customerChange = few ? { locale: 'de' } : { ...fullCustomer(driver), name: 'Changed' };
		await driver.exchange('UpdateCustomer', 'put', `/v1/customers/${customerId}`, {
			...options,
			body: customerChange,
		});
		await driver.exchange('UpdateCustomerAttributes', 'patch', `/v1/customers/${customerId}`, {
			...options,
			body: few ? { locale: 'fr' } : { name: 'Changed again' },
		});
		const conversationChange = few
			? { priority: 2 }
			: { name: 'Bridged', assignedUsers: [ben.id], queue: { external: 'amazon-connect' } };
		for (const [operationId, method] of [
			['UpdateConversation', 'put'],
			['UpdateConversationAttributes', 'patch'],
		] as const) {
			await driver.exchange(operationId, method, `/v1/conversations/${conversationId}`, {
				...options,
				body: conversationChange,
			});
		}
		await driver.exchange('AppendTagsToConversation', 'post', `/v1/conversations/${conversationId}/tags`, {
			...options,
			body: ['Answered'],
		});
		await driver.exchange(
			'RemoveTagsFromConversation',
			'delete',
			`/v1/conversations/${conversationId}/tags`,
			{
				...options,
				body: ['Answered'],
			},
		);
		for (const [operationId, method] of [
			['UpdateMessage', 'put'],
			['UpdateMessageAttributes', 'patch'],
		] as const) {
			await driver.exchange(operationId, method, `/v1/messages/${messageId}`, {
				...options,
				body: { status: 'error' },
			});
		}
		// A session is logged step by step: its message is filled, and may leave for another conversation.
		const another = await driver.exchange('CreateConversation', 'post', '/v1/conversations', {
			...options,
			body: few ? { customer: customerId } : { ...fullConversation(driver), customer: customerId },
		});
		await driver.exchange('UpdateMessageAttributes', 'patch', `/v1/messages/${messageId}`, {
			...options,
			body: {
				meta: { session: { state: 'ended', transfers: [{ id: 1 }] } },
				custom: few ? {} : { queueNameStr: 'Orders', callDurationNum: 95 },
				preview: 'Voice call, 1 min 35 s',
				status: 'received',
			},
		});
		for (const home of [idOf(another), conversationId]) {
			await driver.exchange('UpdateMessageAttributes', 'patch', `/v1/messages/${messageId}`, {
				...options,
				body: { conversation: home },
			});
		}
		await driver.exchange('UpdateConversationAttributes', 'patch', `/v1/conversations/${idOf(another)}`, {
			...options,
			body: { status: 'done', ...(few ? {} : { queue: { external: 'amazon-connect' } }) },
		});
		await driver.exchange('GetConversation', 'get', `/v1/conversations/${idOf(another)}`, options);
		await driver.exchange('UpdateNoteById', 'put', `/v1/notes/${noteId}`, {
			...options,
			body: { conversation: conversationId, body: 'Changed' },
		});
		await driver.exchange('PatchNoteById', 'patch', `/v1/notes/${noteId}`, {
			...options,
			body: { body: 'Again' },
		});

		await driver.exchange('CustomerSearch', 'post', '/v1/customers/search?pageSize=1', {
			...options,
			body: few
				? { queryContext: 'customer' }
				: { queryContext: 'customer', and: [{ customer_name: { equals: 'Changed again' } }] },
		});
		for (const kind of ['customer', 'conversation', 'message']) {
			await driver.exchange('GetCustomAttributeMetadata', 'get', `/v1/metadata/${kind}`, options);
		}
		await driver.exchange('UpdateCustomAttributeMetadata', 'put', '/v1/metadata/message', {
			...options,
			body: {
				properties: {
					waitTimeNum: { displayName: 'Wait Time' },
					csatCommentTxt: { displayName: 'CSAT Comment', type: 'text', description: 'Of the customer' },
				},
			},
		});
		await driver.exchange('UpdateCustomAttributeMetadata', 'put', '/v1/metadata/conversation', {
			...options,
			body: few ? {} : { properties: { rankingNum: { displayName: 'Ranking' } } },
		});

		const attachment = await driver.exchange('CreateAttachment', 'post', '/v1/attachments', {
			body: { name: 'call.mp3', contentType: 'audio/mpeg', contentLength: 3 },
		});
		const attachmentId = idOf(attachment);
		await driver.exchange('GetAttachmentsById', 'get', `/v1/attachments/${attachmentId}`);
		await driver.exchange('UpsertAttachment', 'put', `/v1/attachments/${attachmentId}`, {
			body: { name: 'b.mp3' },
		});
		const reference = { _id: attachmentId, name: 'b.mp3', contentType: 'audio/mpeg', contentLength: 3 };
		const withFile = await driver.exchange(
			'CreateMessageFromConversation',
			'post',
			`/v1/conversations/${conversationId}/messages`,
			{ ...options, body: { ...messageBody(), attachments: [reference] } },
		);
		await driver.exchange(
			'GetAttachmentByMessageAndAttachmentId',
			'get',
			`/v1/messages/${idOf(withFile)}/attachments/${attachmentId}`,
		);
		await driver.exchange(
			'GetConversationAttachments',
			'get',
			`/v1/conversations/${conversationId}/attachments`,
		);
		await driver.exchange(
			'GetMessagesByConversation',
			'get',
			`/v1/conversations/${conversationId}/messages?pageSize=1`,
			{
				sparse: few,
			},
		);

		await driver.exchange('GetConversation', 'get', '/v1/conversations/000000000000000000000000', {
			status: 404,
		});
		await driver.exchange('GetConversation', 'get', '/v1/conversations/no-id', { status: 400 });
		await driver.exchange('DeleteNoteById', 'delete', `/v1/notes/${noteId}`, { status: 204 });
		await driver.exchange('DeleteConversation', 'delete', `/v1/conversations/${conversationId}`, {
			status: 204,
		});
		await driver.exchange('DeleteCustomer', 'delete', `/v1/customers/${customerId}`, { status: 204 });
	}
}
