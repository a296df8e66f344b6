import {
	anything,
	atLeast,
	attachment,
	boolean,
	custom,
	exactly,
	id,
	list,
	nullable,
	number,
	oneOf,
	sentiment,
	set,
	text,
	time,
	without,
	type Schema,
} from './build';
import { check } from './validate';

const failure = exactly({
	status: number,
	code: text(),
	title: text(),
	detail: text(),
	source: anything,
	meta: anything,
	links: anything,
});
const meta: Schema = { type: 'object', maxProperties: 100 };

const created: Record<string, Schema> = {
	id,
	externalId: text(256),
	customer: id,
	conversation: id,
	reference: exactly({ message: id, type: oneOf('reply', 'replyAll', 'forward') }, ['message', 'type']),
	channel: oneOf(
		'email',
		'sms',
		'chat',
		'facebook',
		'twitter-dm',
		'twitter-tweet',
		'voice',
		'instagram',
		'whatsapp',
	),
	app: text(),
	direction: oneOf('in', 'out'),
	preview: text(10_240),
	subject: text(256),
	size: number,
	related: text(),
	status: oneOf('sent', 'received', 'error'),
	error: failure,
	errorAt: time,
	auto: boolean,
	sentAt: time,
	source: oneOf('bulk', 'satisfaction'),
	shortcuts: list(id),
	kbArticles: list(id),
	attachments: { anyOf: [set(attachment), set(id)] },
	location: atLeast({
		name: text(),
		address: text(256),
		address2: text(256),
		address3: text(256),
		latitude: number,
		longitude: number,
		countryCode: text(2, 2),
		countryName: text(64),
		regionCode: text(2),
		regionName: text(128),
		cityName: text(128),
		zipCode: text(30),
		areaCode: text(30),
	}),
	meta,
	custom,
	sentiment,
	createdAt: time,
	modifiedAt: time,
	createdBy: id,
	modifiedBy: id,
	importedAt: time,
	lang: nullable(text(100)),
	queue: { ...exactly({ id, external: oneOf('amazon-connect') }), minProperties: 1 },
};

/** `POST /v1/messages` */
export const checkNewMessage = check(exactly(created, ['channel', 'app', 'direction']));
/** `POST /v1/conversations/{id}/messages` */
export const checkNewMessageOfConversation = check(exactly(created, ['channel', 'app']));
/** `POST /v1/customers/{id}/messages` */
export const checkNewMessageOfCustomer = check(exactly(without(created, 'customer'), ['channel', 'app']));

const updated: Record<string, Schema> = {
	conversation: id,
	externalId: nullable(text(256)),
	preview: nullable(text(10_240)),
	subject: nullable(text(256)),
	status: oneOf('sent', 'received', 'error'),
	error: failure,
	errorAt: time,
	sentAt: nullable(time),
	size: number,
	attachments: set(attachment),
	meta,
	custom,
	related: text(),
	sentiment,
	createdAt: time,
	modifiedAt: time,
	updatedAt: time,
	createdBy: id,
	modifiedBy: nullable(id),
	lang: nullable(text(100)),
};

export const checkMessageUpdate = check(exactly(updated));
/** PUT knows two properties more than PATCH. */
export const checkMessageReplacement = check(
	exactly({
		...updated,
		spam: boolean,
		reactions: set(
			exactly(
				{ subjectId: id, subjectType: oneOf('customer', 'user'), name: oneOf('love'), createdAt: time },
				['subjectId', 'subjectType', 'name'],
			),
			100,
		),
	}),
);
