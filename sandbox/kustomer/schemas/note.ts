import {
	atLeast,
	attachment,
	boolean,
	exactly,
	id,
	list,
	nullable,
	set,
	text,
	time,
	without,
	type Schema,
} from './build';
import { check } from './validate';

const body = text(10_240, 1);
const mention = atLeast({ user: text(), team: text() });

const created: Record<string, Schema> = {
	id,
	conversation: id,
	externalId: text(256),
	body,
	userMentions: list(mention, 20),
	attachments: set(attachment),
	createdAt: time,
	modifiedAt: time,
	createdBy: id,
	modifiedBy: id,
	importedAt: time,
	lang: nullable(text(100)),
};

/** `POST /v1/conversations/{id}/notes` */
export const checkNewNoteOfConversation = check(exactly(created, ['body']));

/** `POST /v1/notes`. assumes: note-create-takes-conversation */
export const checkNewNote = check(
	exactly(without(created, 'attachments', 'importedAt'), ['conversation', 'body']),
);

const updated: Record<string, Schema> = {
	conversation: id,
	externalId: nullable(text(256)),
	body,
	userMentions: list(mention),
	deleted: nullable(boolean),
	attachments: set(attachment),
	createdAt: time,
	modifiedAt: time,
	updatedAt: time,
	createdBy: id,
	modifiedBy: nullable(id),
	lang: nullable(text(100)),
};
export const checkNoteUpdate = check(exactly(updated));
export const checkNoteReplacement = check(exactly(updated, ['conversation', 'body']));
