import {
	atLeast,
	boolean,
	custom,
	exactly,
	id,
	integer,
	list,
	nullable,
	number,
	numberBetween,
	oneOf,
	sentiment,
	set,
	tag,
	tags,
	text,
	time,
	type Schema,
} from './build';
import { check } from './validate';

const queue: Schema = {
	...exactly({ id: nullable(id), external: nullable(oneOf('amazon-connect')) }),
	minProperties: 1,
};
const assignees = set(id, 10);

const both: Record<string, Schema> = {
	direction: oneOf('in', 'out'),
	priority: integer(1, 5),
	replyChannel: nullable(text(256)),
	tags,
	assignedUsers: assignees,
	assignedTeams: assignees,
	custom,
	defaultLang: nullable(text(100)),
	queue,
};

const created: Record<string, Schema> = {
	...both,
	id,
	externalId: text(256),
	name: text(256),
	status: oneOf('open', 'done'),
	createdAt: time,
	importedAt: time,
};

export const checkNewConversation = check(exactly({ ...created, customer: id }, ['customer']));

/** `POST /v1/customers/{id}/conversations` */
export const checkNewConversationOfCustomer = check(exactly({ ...created, campaign: id }));

export const checkConversationUpdate = check(
	exactly({
		...both,
		externalId: nullable(text(256)),
		name: nullable(text(256)),
		status: oneOf('open', 'snoozed', 'done'),
		satisfaction: nullable(numberBetween(-1, 1)),
		satisfactionLevel: exactly(
			{
				form: id,
				formResponse: id,
				createdAt: time,
				updatedAt: time,
				status: oneOf('scheduled', 'offered', 'rated', 'commented', 'canceled', 'unresponded'),
				scheduledFor: time,
				firstAnswer: text(1024),
				sentAt: time,
				score: oneOf(0, 1),
				rating: integer(0, 10),
				channel: oneOf(
					'email',
					'sms',
					'chat',
					'facebook',
					'twitter-dm',
					'twitter-tweet',
					'voice',
					'instagram',
					'instagram-comment',
					'whatsapp',
					'form',
				),
				sentBy: id,
				sentByTeams: list(id),
			},
			['createdAt', 'status'],
		),
		suggestedShortcuts: list(
			atLeast({ shortcutId: text(), confidence: numberBetween(-1, 1) }, ['shortcutId', 'confidence']),
		),
		subStatus: id,
		snooze: exactly({ time, status: oneOf('scheduled', 'canceled', 'elapsed') }, ['status']),
		suggestedTags: set(atLeast({ tag, confidence: number }, ['tag', 'confidence']), 20),
		sentiment,
		deleted: nullable(boolean),
		ended: boolean,
		endedAt: time,
		endedReason: text(128),
		endedBy: id,
		endedByType: oneOf('user', 'customer'),
		locked: boolean,
		rev: number,
	}),
);

/** Moving to another customer: nothing else may stand beside it. */
export const checkConversationMove = check(exactly({ customer: id }, ['customer']));

/** A bare array of tag names or ids. */
export const checkTagList = check(tags);
