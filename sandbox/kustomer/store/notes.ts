/** Notes of conversations. */
import { badParameter, notFound } from '../errors';
import { NOTE_FIELDS, remove, rest, textOf, type Body } from '../fields';
import type { NoteRecord } from '../records';
import { Attachments } from './attachments';

export abstract class Notes extends Attachments {
	createNote(conversationId: string, body: Body, by: string): NoteRecord {
		const conversation = this.conversations.get(conversationId);
		if (conversation === undefined) throw badParameter('conversation', 'Unknown conversation');
		if (body.conversation !== undefined && body.conversation !== conversationId) {
			throw badParameter('conversation', 'Not the conversation of the path');
		}
		const id = this.chosenId(body, this.notes);
		this.checkExternalId(this.noteExternalIds, body.externalId, undefined);
		const attachments = this.checkAttachments(body.attachments);
		const createdAt = textOf(body.createdAt) ?? new Date().toISOString();
		const createdBy = textOf(body.createdBy) ?? by;
		const note: NoteRecord = {
			id,
			customerId: conversation.customerId,
			conversationId,
			createdAt,
			updatedAt: createdAt,
			modifiedAt: textOf(body.modifiedAt) ?? createdAt,
			createdBy,
			modifiedBy: textOf(body.modifiedBy) ?? createdBy,
			rev: 1,
			body: body.body as string,
			externalId: textOf(body.externalId),
			userMentions: (body.userMentions as NoteRecord['userMentions'] | undefined) ?? [],
			attachments,
			other: rest(body, NOTE_FIELDS),
		};
		this.notes.set(id, note);
		if (note.externalId !== undefined) this.noteExternalIds.assign(id, [note.externalId]);
		conversation.noteIds.push(id);
		this.touch(conversation);
		const customer = this.customers.get(conversation.customerId);
		customer?.noteIds.push(id);
		if (customer !== undefined) this.customerActive(customer, createdAt);
		this.tell({ type: 'note', id, customerId: conversation.customerId });
		return note;
	}

	updateNote(id: string, body: Body, by: string): NoteRecord {
		const note = this.notes.get(id);
		if (note === undefined) throw notFound('id');
		this.checkExternalId(this.noteExternalIds, body.externalId, id);
		const attachments = body.attachments === undefined ? undefined : this.checkAttachments(body.attachments);
		if (body.conversation !== undefined && body.conversation !== note.conversationId) {
			const to = this.conversations.get(body.conversation as string);
			if (to === undefined) throw badParameter('conversation', 'Unknown conversation');
			this.leave(note);
			note.conversationId = to.id;
			note.customerId = to.customerId;
			to.noteIds.push(id);
			this.customers.get(to.customerId)?.noteIds.push(id);
			this.touch(to);
		}
		if (body.externalId !== undefined) {
			if (note.externalId !== undefined) this.noteExternalIds.release(id, [note.externalId]);
			note.externalId = textOf(body.externalId);
			if (note.externalId !== undefined) this.noteExternalIds.assign(id, [note.externalId]);
		}
		if (body.body !== undefined) note.body = body.body as string;
		if (body.userMentions !== undefined) note.userMentions = body.userMentions as NoteRecord['userMentions'];
		if (attachments !== undefined) note.attachments = attachments;
		if (typeof body.createdAt === 'string') note.createdAt = body.createdAt;
		note.other = { ...note.other, ...rest(body, NOTE_FIELDS) };
		this.edited(note, textOf(body.modifiedBy) ?? by);
		this.tell({ type: 'note', id, customerId: note.customerId });
		return note;
	}

	deleteNote(id: string): void {
		const note = this.notes.get(id);
		if (note === undefined) throw notFound('id');
		this.leave(note);
		if (note.externalId !== undefined) this.noteExternalIds.release(id, [note.externalId]);
		this.notes.delete(id);
		this.tell({ type: 'note', id, customerId: note.customerId });
	}

	private leave(note: NoteRecord): void {
		const conversation = this.conversations.get(note.conversationId);
		if (conversation !== undefined) {
			remove(conversation.noteIds, note.id);
			this.touch(conversation);
		}
		const customer = this.customers.get(note.customerId);
		if (customer !== undefined) remove(customer.noteIds, note.id);
	}
}
