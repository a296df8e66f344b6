import { notFound } from '../errors';
import type { NoteRecord } from '../records';
import {
	checkNewNote,
	checkNewNoteOfConversation,
	checkNoteReplacement,
	checkNoteUpdate,
} from '../schemas/note';
import {
	bodyOf,
	checkBackdating,
	checkChosenId,
	found,
	gone,
	idOf,
	made,
	type Answer,
	type Call,
	type Endpoint,
} from './endpoint';
import { pageOf } from './paging';

function create(call: Call, conversationId: string): Answer {
	checkBackdating(call);
	checkChosenId(call);
	const body = bodyOf(call);
	const customerId = call.store.conversations.get(conversationId)?.customerId;
	if (body.importedAt === undefined && customerId !== undefined) {
		call.limits.creation('note', customerId, call.now);
	}
	return made(call.documents.note(call.store.createNote(conversationId, body, call.userId)));
}

function update(call: Call): Answer {
	checkBackdating(call);
	return found(call.documents.note(call.store.updateNote(idOf(call), bodyOf(call), call.userId)));
}

function listed(call: Call, notes: NoteRecord[]): Answer {
	return pageOf(call, notes, (note) => call.documents.note(note));
}

export const endpoints: Endpoint[] = [
	{
		method: 'post',
		path: '/conversations/:id/notes',
		access: 'noteCreate',
		handle: (call) => {
			const conversationId = idOf(call);
			checkNewNoteOfConversation(call.body);
			if (!call.store.conversations.has(conversationId)) throw notFound('id');
			return create(call, conversationId);
		},
	},
	{
		method: 'post',
		path: '/notes',
		access: 'noteCreate',
		handle: (call) => {
			// assumes: note-create-takes-conversation
			checkNewNote(call.body);
			return create(call, (bodyOf(call).conversation as string).toLowerCase());
		},
	},
	{
		method: 'get',
		path: '/notes',
		access: 'noteRead',
		handle: (call) => listed(call, [...call.store.notes.values()]),
	},
	{
		method: 'get',
		path: '/conversations/:id/notes',
		access: 'noteRead',
		handle: (call) => {
			const id = idOf(call);
			if (!call.store.conversations.has(id)) throw notFound('id');
			return listed(call, call.store.notesOf(id));
		},
	},
	{
		method: 'get',
		path: '/customers/:id/notes',
		access: 'noteRead',
		handle: (call) => {
			const customer = call.store.customers.get(idOf(call));
			if (customer === undefined) throw notFound('id');
			return listed(
				call,
				customer.noteIds.flatMap((id) => call.store.notes.get(id) ?? []),
			);
		},
	},
	{
		method: 'get',
		path: '/notes/:id',
		access: 'noteRead',
		handle: (call) => {
			const note = call.store.notes.get(idOf(call));
			if (note === undefined) throw notFound('id');
			return found(call.documents.note(note));
		},
	},
	{
		method: 'put',
		path: '/notes/:id',
		access: 'noteUpdate',
		handle: (call) => {
			checkNoteReplacement(call.body);
			return update(call);
		},
	},
	{
		method: 'patch',
		path: '/notes/:id',
		access: 'noteUpdate',
		handle: (call) => {
			checkNoteUpdate(call.body);
			return update(call);
		},
	},
	{
		method: 'delete',
		path: '/notes/:id',
		access: 'noteDelete',
		handle: (call) => {
			call.store.deleteNote(idOf(call));
			return gone;
		},
	},
];
