/** Mails as they stand in a mailbox: https://www.rfc-editor.org/rfc/rfc5322, https://www.rfc-editor.org/rfc/rfc2045 */

/** A piece of a mail. */
export interface MailPart {
	/** For example `text/plain`; text gets its character set added. */
	type: string;
	content: string | Buffer;
	/** Default: as it is, 8 bit. */
	encoding?: '8bit' | 'base64' | 'quoted-printable';
	/** Of text. Default: utf-8. */
	charset?: 'utf-8' | 'iso-8859-1';
	/** Makes it an attachment. */
	fileName?: string;
	/** Shows a file or a forwarded mail within the text, as some programs do. */
	inline?: boolean;
}

export interface MailOptions {
	from?: string;
	subject?: string;
	date?: Date;
	/** More of them, or others than a mail has by itself; by default the server of the mailbox confirms the sender. */
	headers?: Record<string, string>;
	/** One, or the same content in several forms. */
	body: MailPart | MailPart[];
	attachments?: MailPart[];
}

/** Who sends the platform's mails, according to its documentation. */
export const PLATFORM_SENDER = 'no-reply@ccaiplatform.com';

/** The server of the mailbox, by the name with which its results begin. */
export const MAIL_SERVER = 'mx.example.com';
/** What it says of a mail whose sender is real: https://www.rfc-editor.org/rfc/rfc8601 */
export const confirmedSender = (domain: string) => `${MAIL_SERVER}; dmarc=pass header.from=${domain}`;

let made = 0;

export function mail(options: MailOptions): string {
	const { body, attachments = [] } = options;
	const forms = [body].flat();
	const text = forms.length === 1 ? part(forms[0] as MailPart) : multipart('alternative', forms.map(part));
	const content = attachments.length === 0 ? text : multipart('mixed', [text, ...attachments.map(part)]);
	made += 1;
	const from = options.from ?? `CCAI Platform <${PLATFORM_SENDER}>`;
	const headers = {
		'Authentication-Results': confirmedSender(/@([^@>]+)>?$/.exec(from)?.[1] ?? ''),
		From: from,
		To: 'sessions@example.com',
		Subject: headerText(options.subject ?? 'Session outcome'),
		Date: (options.date ?? new Date()).toUTCString().replace('GMT', '+0000'),
		'Message-ID': `<${made}.${Date.now()}@example.com>`,
		'MIME-Version': '1.0',
		...options.headers,
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return `${lines.join('\r\n')}\r\n${content}`;
}

function part({ type, content, encoding = '8bit', charset = 'utf-8', fileName, inline }: MailPart): string {
	const bytes =
		typeof content === 'string' ? Buffer.from(content, charset === 'utf-8' ? 'utf8' : 'latin1') : content;
	const isText = type.startsWith('text/') && typeof content === 'string';
	const headers = [
		`Content-Type: ${type}${isText ? `; charset=${charset}` : ''}`,
		`Content-Transfer-Encoding: ${encoding}`,
	];
	if (fileName !== undefined || inline === true) {
		headers.push(
			`Content-Disposition: ${inline === true ? 'inline' : 'attachment'}${fileNameField(fileName)}`,
		);
	}
	return `${headers.join('\r\n')}\r\n\r\n${encoded(bytes, encoding, charset)}`;
}

/** https://www.rfc-editor.org/rfc/rfc2183, https://www.rfc-editor.org/rfc/rfc2231 */
function fileNameField(fileName: string | undefined): string {
	if (fileName === undefined) return '';
	if (!/^[\x20-\x7e]*$/.test(fileName)) return `; filename*=utf-8''${encodeURIComponent(fileName)}`;
	return `; filename="${fileName.replace(/["\\]/g, '\\$&')}"`;
}

function encoded(bytes: Buffer, encoding: string, charset: string): string {
	if (encoding === 'base64') return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
	if (encoding === 'quoted-printable') return quotedPrintable(bytes);
	// The mail is written to disk as UTF-8, which holds other character sets only in an encoding.
	if (charset !== 'utf-8') throw new Error('Choose an encoding for other character sets.');
	return bytes.toString('utf8').replace(/\r?\n/g, '\r\n');
}

/** With line breaks in the middle of words, at most 76 characters a line. */
function quotedPrintable(bytes: Buffer): string {
	const lines = bytes
		.toString('latin1')
		.split(/\r?\n/)
		.map((line) => {
			const escaped = line.replace(/[^\x21-\x3c\x3e-\x7e ]| $/g, (byte) => {
				return `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
			});
			return (escaped.match(/(?:=[\dA-F]{2}|[^=]){1,24}/g) ?? ['']).join('=\r\n');
		});
	return lines.join('\r\n');
}

function multipart(kind: 'alternative' | 'mixed', parts: string[]): string {
	made += 1;
	const boundary = `part-${made}-${kind}`;
	return [
		`Content-Type: multipart/${kind}; boundary="${boundary}"\r\n`,
		...parts.map((one) => `--${boundary}\r\n${one}`),
		`--${boundary}--\r\n`,
	].join('\r\n');
}

/** https://www.rfc-editor.org/rfc/rfc2047 */
function headerText(text: string): string {
	return /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}
