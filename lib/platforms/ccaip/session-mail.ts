/**
 * The mails that CCAI Platform sends about sessions: who really sent one, how to name it in messages, and which session its
 * files belong to (rule U4). https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 */
import { readSessionFileName } from '../../files/file-name';
import { isRecord } from '../../domain/record';
import { toDateTime } from '../../domain/time';
import { shownText } from '../../http/shown-text';

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

/** Characters of a subject, and of a domain, that are shown. */
const MOST_SHOWN = 100;

/**
 * The addresses of the sender, in lower case, also those of a group (`Team: ana@example.com;`). The name in front of an
 * address can say anything.
 */
export function sendersOf({ from }: ResolvedMail): string[] {
	return isRecord(from) ? addressesIn(from.value) : [];
}

/** @param isGroup whether they stand in a group, which holds no other */
function addressesIn(list: unknown, isGroup = false): string[] {
	return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((one) => {
		if (!isRecord(one)) return [];
		const own = typeof one.address === 'string' ? [one.address.trim().toLowerCase()] : [];
		return isGroup ? own : [...own, ...addressesIn(one.group, true)];
	});
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
	const subject = typeof mail.subject === 'string' ? shownText(mail.subject, MOST_SHOWN) : undefined;
	const date = toDateTime(mail.date)?.slice(0, 16).replace('T', ' ');
	const domain = shownText(sendersOf(mail)[0]?.split('@').at(-1), MOST_SHOWN);
	return [
		`"${subject ?? 'no subject'}"`,
		date === undefined ? 'no date' : `${date} UTC`,
		`from ${domain ?? 'an unknown sender'}`,
	].join(', ');
}

/** The forms of the mail's text, HTML first. */
export function textsOfMail({ html, text }: ResolvedMail): string[] {
	return [html, text].filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The session that the name of a file leads to, such as `chat-987` for `chat-987.txt`; undefined when it leads to none. */
export function sessionOfFile({ fileName }: MailFile): string | undefined {
	const found = readSessionFileName(fileName ?? '');
	return found !== undefined && /^\d+$/.test(found.sessionId)
		? `${found.channel}-${found.sessionId}`
		: undefined;
}

/** The sessions that the names of files lead to, each once. */
export function sessionsOfFiles(files: readonly MailFile[]): string[] {
	return [...new Set(files.flatMap((file) => sessionOfFile(file) ?? []))];
}

/** Whether several of the files are texts, so that none of them is *the* transcript. */
export function hasSeveralTexts(files: readonly MailFile[]): boolean {
	return files.filter(({ mimeType }) => mimeType === 'text/plain').length > 1;
}
