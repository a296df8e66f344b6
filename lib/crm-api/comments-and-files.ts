/** Comments and files of a record (rules G9, G10). */
import { KustomerError } from '../kustomer/errors';
import type { FileTarget, UploadRecordingResult } from '../kustomer/inputs';
import { uploadRecording } from '../kustomer/operations/upload-recording';
import { findConversation } from '../kustomer/resources/conversations';
import { findMessageByExternalId } from '../kustomer/resources/messages';
import { pageOf } from '../kustomer/web-app';
import { evaluate } from '../domain/parameter-functions';
import { writeText } from './notes';
import { noRecord } from './records';
import { plainText } from './variables';
import { leftOutOf, missing, needed, Refusal, type Answered, type Work } from './work';

/** Add a comment: a note, once. Requests: one, and one more where only the session says which record it is. */
export async function addComment(work: Work): Promise<Answered> {
	const text = needed(work, 'comment');
	if (plainText(text) === '')
		throw new Refusal(422, "The parameter 'comment' holds no text, only HTML tags.");
	const conversationId = await recordOf(work);
	const session = work.named?.externalId;
	const { created, noteId, shortened } = await writeText(work, conversationId, {
		kind: 'comment',
		text,
		session,
	}).catch(orNoRecord);
	return {
		status: created ? 201 : 200,
		body: { id: noteId },
		item: {
			outcome: created ? 'created' : 'unchanged',
			reason: created ? 'The comment is a note on the record.' : 'The record had this comment already.',
			conversationId,
			...(session === undefined ? {} : { externalId: session }),
			...leftOutOf(work, shortened ? ['end of the comment'] : []),
		},
	};
}

/** Upload a file: an attachment of a note on the record, once. */
export async function uploadFile(work: Work): Promise<Answered> {
	const { client, settings, request, told, named } = work;
	if (request.file === undefined) {
		throw new Refusal(
			422,
			"The request holds no file. In CCAI Platform, add the parameter 'file' with the value {FILE_DATA} to the endpoint.",
		);
	}
	const { file } = request;
	const conversationId = told.recordId ?? told.id;
	if (conversationId === undefined && named === undefined) {
		throw new Refusal(422, missing(work.unread, ['id', 'recordId', 'callId', 'chatId']));
	}
	const upload = (target: FileTarget): Promise<UploadRecordingResult> =>
		uploadRecording(
			client,
			{
				target,
				store: 'file',
				addTo: 'note',
				textAsNote: false,
				fileName: told.fileName,
				contentType: told.contentType,
				duration: told.callDuration,
				chooseId: settings.log.chooseId,
			},
			{ source: file, sendForm: settings.sendForm },
		);
	const onRecord = conversationId === undefined ? undefined : { conversation: { id: conversationId } };
	const uploaded =
		named === undefined
			? await upload(onRecord as FileTarget).catch(orNoRecord)
			: await upload({ session: named.externalId }).catch(async (error: unknown) =>
					isNotFound(error) && onRecord !== undefined
						? await upload(onRecord).catch(orNoRecord)
						: await orNoRecord(error),
				);
	return await answerOf(work, uploaded);
}

async function answerOf(work: Work, uploaded: UploadRecordingResult): Promise<Answered> {
	const { outcome, attachmentId, conversationId } = uploaded;
	const url = await addressOf(work, uploaded);
	return {
		status: outcome === 'alreadyThere' ? 200 : 201,
		body: {
			...(attachmentId === undefined ? {} : { id: attachmentId }),
			...(url === undefined ? {} : { url }),
		},
		item: {
			outcome,
			reason: outcome === 'alreadyThere' ? 'The record had this file already.' : 'The file is on the record.',
			conversationId,
			...(work.named === undefined ? {} : { externalId: work.named.externalId }),
			...leftOutOf(work),
		},
	};
}

/**
 * Where people find the file: the address that somebody has set, else the page of the conversation in Kustomer. Requests: one for
 * that page, where the request does not name the account.
 */
async function addressOf(
	{ client, settings, told }: Work,
	{ attachmentId, conversationId }: UploadRecordingResult,
): Promise<string | undefined> {
	const values: Readonly<Record<string, string | undefined>> = {
		RECORD_ID: conversationId,
		ATTACHMENT_ID: attachmentId,
	};
	const { fileUrl } = settings;
	const { webBaseUrl } = client;
	if (fileUrl !== undefined && fileUrl.trim() !== '') {
		return evaluate(fileUrl, (name) => (Object.hasOwn(values, name) ? values[name] : undefined));
	}
	if (webBaseUrl === undefined) return undefined;
	const customerId =
		told.contactId ?? (await findConversation(client, conversationId))?.relationships?.customer?.data?.id;
	return customerId === undefined ? undefined : pageOf(webBaseUrl, { customerId, conversationId });
}

/** The conversation that a request is about. @throws {Refusal} */
async function recordOf(work: Work): Promise<string> {
	const { client, told, named } = work;
	const id = told.recordId ?? told.id;
	if (id !== undefined) return id;
	if (named === undefined)
		throw new Refusal(422, missing(work.unread, ['id', 'recordId', 'callId', 'chatId']));
	const message = await findMessageByExternalId(client, named.externalId);
	const conversationId = message?.relationships?.conversation?.data?.id;
	if (conversationId !== undefined) return conversationId;
	throw new Refusal(
		404,
		"The session that 'callId', 'chatId' or 'sessionId' names has no record yet. Create it first.",
	);
}

function isNotFound(error: unknown): boolean {
	return error instanceof KustomerError && error.kind === 'notFound';
}

async function orNoRecord(error: unknown): Promise<never> {
	return await Promise.reject(isNotFound(error) ? noRecord() : error);
}
