/** Attachments: announce, upload as a form, read. */
import type { NextFunction, Request, Response } from 'express';
import type { Documents } from '../documents';
import { badParameter, notFound } from '../errors';
import { readForm } from '../multipart';
import { checkAttachmentUpdate, checkNewAttachment } from '../schemas/attachment';
import type { KustomerStore } from '../store';
import { bodyOf, found, idOf, idsOf, type Call, type Endpoint } from './endpoint';

export const endpoints: Endpoint[] = [
	{
		method: 'post',
		path: '/attachments',
		access: 'attachmentCreate',
		handle: (call) => {
			checkNewAttachment(call.body);
			checkExternal(call);
			const attachment = call.store.createAttachment(bodyOf(call));
			return {
				status: 201,
				body: {
					data: call.documents.attachment(attachment),
					meta: attachment.externalUrl === undefined ? { upload: call.documents.upload(attachment) } : {},
				},
			};
		},
	},
	{
		method: 'get',
		path: '/attachments/:id',
		access: 'attachmentRead',
		handle: (call) => {
			const ids = idsOf(call);
			const attachments = ids.flatMap((id) => call.store.attachments.get(id) ?? []);
			if (ids.length > 1) return found(attachments.map((one) => call.documents.attachment(one)));
			const attachment = attachments[0];
			if (attachment === undefined) throw notFound('id');
			return {
				status: 200,
				body: {
					data: call.documents.attachment(attachment),
					meta: { upload: call.documents.upload(attachment) },
				},
			};
		},
	},
	{
		method: 'put',
		path: '/attachments/:id',
		access: 'attachmentCreate',
		handle: (call) => {
			const id = idOf(call);
			checkAttachmentUpdate(call.body);
			const attachment = call.store.attachments.get(id);
			if (attachment === undefined) throw notFound('id');
			Object.assign(attachment, bodyOf(call));
			return {
				status: 200,
				body: {
					data: call.documents.attachment(attachment),
					meta: { upload: call.documents.upload(attachment) },
				},
			};
		},
	},
];

function checkExternal(call: Call): void {
	const { externalUrl, renderMode } = bodyOf(call);
	if (externalUrl === undefined) {
		if (renderMode !== undefined) throw badParameter('renderMode', 'Only together with externalUrl');
		return;
	}
	const url = new URL(externalUrl as string);
	if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
		throw badParameter('externalUrl', 'Must be https and without credentials');
	}
}

/** `POST /files`: the form upload. assumes: upload-policy */
export function uploadHandler(store: KustomerStore, documents: Documents, maxBytes: number) {
	return (request: Request, response: Response, next: NextFunction): void => {
		const refuse = (status: number, code: string): void => {
			response
				.status(status)
				.type('application/xml')
				.send(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
		};
		if (request.headers.authorization !== undefined) {
			request.resume();
			refuse(400, 'InvalidArgument');
			return;
		}
		readForm(request, maxBytes).then((form) => {
			if (form === 'tooLarge') return refuse(400, 'EntityTooLarge');
			if (form === 'malformed' || form.file === undefined) return refuse(400, 'MalformedPOSTRequest');
			const attachment = store.attachments.get(form.fields['X-Amz-Meta-Attachment-Id'] ?? '');
			if (attachment === undefined) return refuse(403, 'AccessDenied');
			for (const [name, value] of Object.entries(documents.upload(attachment).fields)) {
				if (form.fields[name] !== value) return refuse(403, 'AccessDenied');
			}
			const { length } = form.file;
			if (length < attachment.contentLength) return refuse(400, 'EntityTooSmall');
			if (length > attachment.contentLength) return refuse(400, 'EntityTooLarge');
			store.fileArrived(attachment, form.file);
			response.status(204).end();
			return undefined;
		}, next);
	};
}

/** `GET /files/{id}`: the signed link that answers carry. */
export function downloadHandler(store: KustomerStore) {
	return (request: Request, response: Response): void => {
		const attachment = store.attachments.get(String(request.params.id));
		if (attachment?.content === undefined || request.query.signature !== attachment.signature) {
			response
				.status(403)
				.type('application/xml')
				.send('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>');
			return;
		}
		response.setHeader('content-type', attachment.contentType);
		response.setHeader('content-disposition', 'attachment');
		response.end(attachment.content);
	};
}
