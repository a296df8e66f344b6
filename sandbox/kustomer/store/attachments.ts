/** Files that messages and notes refer to. */
import { randomBytes } from 'node:crypto';
import { badParameter } from '../errors';
import { textOf, type Body } from '../fields';
import type { AttachmentRecord, AttachmentReference } from '../records';
import { Organization } from './organization';

export abstract class Attachments extends Organization {
	createAttachment(body: Body): AttachmentRecord {
		const attachment: AttachmentRecord = {
			id: this.newId(),
			name: body.name as string,
			contentType: body.contentType as string,
			contentLength: body.contentLength as number,
			redacted: false,
			createdAt: new Date().toISOString(),
			externalUrl: textOf(body.externalUrl),
			renderMode: textOf(body.renderMode),
			signature: randomBytes(32).toString('hex'),
		};
		this.attachments.set(attachment.id, attachment);
		return attachment;
	}

	/** Keeps an uploaded file. */
	fileArrived(attachment: AttachmentRecord, content: Buffer): void {
		attachment.content = content;
		this.tell({ type: 'attachment', id: attachment.id });
	}

	/** assumes: attachment-before-upload */
	protected checkAttachments(value: unknown): AttachmentReference[] {
		if (!Array.isArray(value)) return [];
		return (value as Array<string | AttachmentReference>).map((entry) => {
			const id = typeof entry === 'string' ? entry : entry._id;
			const attachment = this.attachments.get(id);
			if (attachment === undefined) throw badParameter('attachments', 'Unknown attachment');
			if (typeof entry !== 'string') return entry;
			const { name, contentType, contentLength } = attachment;
			return { _id: id, name, contentType, contentLength };
		});
	}
}
