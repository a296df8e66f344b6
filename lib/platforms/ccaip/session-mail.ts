/**
 * The mails that CCAI Platform sends about sessions: who really sent one, how to name it in messages, and which session its
 * files belong to (rule U4). https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 */
import { readSessionFileName } from '../../files/file-name';
import { isRecord } from '../../domain/record';
import { toDateTime } from '../../domain/time';

/** A mail as n8n's step Email Trigger (IMAP) gives it in the format Resolved. */
export interface ResolvedMail {
	/** `from.value[].address`, as the mail server has understood the header. */
	from?: unknown;
	subject?: unknown;
	date?: unknown;
	html?: unknown;
	text?: unknown;
}

/** A file of a mail. */
export interface MailFile {
	fileName?: string;
	mimeType: string;
}

/** Characters of a subject that are shown. */
const MOST_SUBJECT = 100;
/** Characters of a subject that are looked at. */
const MOST_READ = 1000;

/** Digits that could be a phone number. */
const NUMBER = /\+?\d[\d\s()./-]{5,}\d/g;

/** The addresses of the sender, in lower case. The name in front of an address can say anything. */
export function sendersOf({ from }: ResolvedMail): string[] {
	const list = isRecord(from) && Array.isArray(from.value) ? (from.value as unknown[]) : [];
	return list.flatMap((one) =>
		isRecord(one) && typeof one.address === 'string' ? [one.address.trim().toLowerCase()] : [],
	);
}

/**
 * Whether a mail may be read.
 *
 * @param allowed ends of addresses, such as `@ccaiplatform.com`; none allows all
 */
export function mayBeRead(mail: ResolvedMail, allowed: readonly string[]): boolean {
	const ends = allowed.map((end) => end.trim().toLowerCase()).filter((end) => end !== '');
	return ends.length === 0 || sendersOf(mail).some((sender) => ends.some((end) => sender.endsWith(end)));
}

/** The mail in words: subject, date and the sender's domain. Neither phone numbers nor addresses. */
export function nameOfMail(mail: ResolvedMail): string {
	const subject =
		typeof mail.subject === 'string' && mail.subject.trim() !== '' ? mail.subject : 'no subject';
	const shown = subject.slice(0, MOST_READ).replace(NUMBER, '…').slice(0, MOST_SUBJECT);
	const date = toDateTime(mail.date)?.slice(0, 16).replace('T', ' ');
	const domain = sendersOf(mail)[0]?.split('@')[1] ?? '';
	return [
		`"${shown}"`,
		date === undefined ? 'no date' : `${date} UTC`,
		`from ${domain === '' ? 'an unknown sender' : domain}`,
	].join(', ');
}

/** The forms of the mail's text, HTML first. */
export function textsOfMail({ html, text }: ResolvedMail): string[] {
	return [html, text].filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The sessions that the names of files lead to, such as `chat-987` for `chat-987.txt`, each once. */
export function sessionsOfFiles(files: readonly MailFile[]): string[] {
	const names = files.flatMap(({ fileName }) => {
		const found = readSessionFileName(fileName ?? '');
		return found !== undefined && /^\d+$/.test(found.sessionId)
			? [`${found.channel}-${found.sessionId}`]
			: [];
	});
	return [...new Set(names)];
}

/** Whether several of the files are texts, so that none of them is *the* transcript. */
export function hasSeveralTexts(files: readonly MailFile[]): boolean {
	return files.filter(({ mimeType }) => mimeType === 'text/plain').length > 1;
}
