/**
 * Attachments: announced first, then uploaded as a form, and named by a note or message last:
 * https://developer.kustomer.com/docs/guides/attachments
 */
import type { KustomerClient } from '../client';
import type { Attachment, AttachmentReference, ObjectDocument } from '../documents';
import { unexpectedAnswerError } from '../errors';
import { lookUp, objectIn } from './answers';

/** A file that is to be stored, or that stays where it is. */
export interface NewAttachment {
	name: string;
	contentType: string;
	/** Bytes. */
	contentLength: number;
	/** https: Kustomer then stores nothing and shows this link. */
	externalUrl?: string;
}

/** Where and with which form fields a file is uploaded. */
export interface UploadForm {
	url: string;
	fields: Record<string, string>;
}

/**
 * Announces a file. Announcing it twice leaves one that nobody names, so it is repeated where the network fails.
 *
 * @throws {KustomerError}
 */
export async function createAttachment(
	client: KustomerClient,
	attachment: NewAttachment,
): Promise<{ id: string; upload?: UploadForm }> {
	const answer = await client.request<ObjectDocument<Attachment> & { meta?: { upload?: unknown } }>({
		operation: 'attachment.create',
		method: 'POST',
		path: ['attachments'],
		body: attachment,
		repeatable: true,
	});
	const { id } = objectIn<Attachment>('attachment.create', answer);
	if (attachment.externalUrl !== undefined) return { id };
	const upload = uploadIn(answer.body.meta?.upload);
	if (upload !== undefined) return { id, upload };
	throw unexpectedAnswerError(
		'attachment.create',
		'its answer does not say where to upload the file',
		answer.status,
	);
}

function uploadIn(value: unknown): UploadForm | undefined {
	if (typeof value !== 'object' || value === null || !('url' in value)) return undefined;
	const { url } = value;
	const fields =
		'fields' in value && typeof value.fields === 'object' ? Object.entries(value.fields ?? {}) : [];
	if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
	return { url, fields: Object.fromEntries(fields.map(([name, text]) => [name, String(text)])) };
}

/** Several attachments at once; those that do not exist any more are left out. */
export async function getAttachments(
	client: KustomerClient,
	ids: readonly string[],
): Promise<AttachmentReference[]> {
	if (ids.length === 0) return [];
	// A list of ids is one path segment: https://developer.kustomer.com/kustomer-api-docs/reference/getattachment
	const found = await lookUp<Attachment>(client, 'attachment.get', ['attachments', ids.join(',')]);
	return found.map(({ id, attributes }) => ({
		_id: id,
		name: attributes.name,
		contentType: attributes.contentType,
		contentLength: attributes.contentLength,
	}));
}
