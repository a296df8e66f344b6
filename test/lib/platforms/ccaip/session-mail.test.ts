import {
	hasSeveralTexts,
	mayBeRead,
	nameOfMail,
	sendersOf,
	sessionOfFile,
	sessionsOfFiles,
	textsOfMail,
} from '../../../../lib/platforms/ccaip/session-mail';
import { tooLong } from '../../../cpu-time';

const from = (...addresses: unknown[]) => ({ from: { value: addresses.map((address) => ({ address })) } });

describe('U4: who sent a mail', () => {
	it.each([
		['no-reply@ccaiplatform.com', true],
		['No-Reply@CCAIPlatform.com', true],
		['mallory@elsewhere.example', false],
		// The name in front of the address says what it likes; the address does not.
		['no-reply@ccaiplatform.com.elsewhere.example', false],
		['', false],
		[7, false],
	])('%p may be read: %s', (address, expected) => {
		expect(mayBeRead(from(address), ['@ccaiplatform.com'])).toBe(expected);
	});

	it('U4: no rule allows everybody, and what is no sender is nobody', () => {
		expect(mayBeRead(from('a@b.example'), [' '])).toBe(true);
		for (const strange of [undefined, null, 'a@ccaiplatform.com', { value: 'x' }, { value: [null, 1] }]) {
			expect(sendersOf({ from: strange })).toEqual([]);
			expect(mayBeRead({ from: strange }, ['@ccaiplatform.com'])).toBe(false);
		}
	});
});

describe('U4: how a mail is named in messages', () => {
	it.each([
		[
			{ subject: 'Chat 12', date: '2026-11-20T09:30:59Z', ...from('a@b.example') },
			'"Chat 12", 2026-11-20 09:30 UTC, from b.example',
		],
		[{ subject: 'Re: +49 30 1234567 away' }, '"Re: [number] away", no date, from an unknown sender'],
		[{ subject: '٠٣٠١٢٣٤٥٦٧, +49–30–123–4567' }, '"[number], [number]", no date, from an unknown sender'],
		[{ subject: 'of jo@example.com' }, '"of [email]", no date, from an unknown sender'],
		[{ subject: 'a\r\nThe mail \u202e"b"' }, '"a The mail "b"", no date, from an unknown sender'],
		[{ subject: 'x '.repeat(2500), date: 'soon' }, `"${'x '.repeat(50)}…", no date, from an unknown sender`],
		[from(`a@${'b.'.repeat(5000)}`), `"no subject", no date, from ${'b.'.repeat(50)}…`],
		[{ subject: { a: 1 } }, '"no subject", no date, from an unknown sender'],
	])('%j', (mail, expected) => {
		expect(nameOfMail(mail)).toBe(expected);
	});

	it('X16: a subject of a megabyte of digits takes no time', () => {
		const subject = '1 '.repeat(500_000);
		expect(tooLong(() => nameOfMail({ subject }), 100)).toBeUndefined();
	});
});

describe('U4, U5: the files of a mail', () => {
	const file = (fileName: string, mimeType = 'text/plain') => ({ fileName, mimeType });

	it.each([
		[[file('CHAT-7.txt'), file('logo.png', 'image/png')], ['chat-7']],
		[
			[file('chat-7.txt'), file('call-8.mp3')],
			['chat-7', 'call-8'],
		],
		[[file('chat-7-photo-3.jpg'), file('chat-7.txt')], ['chat-7']],
		[[file('transcript.txt'), file('chat-abc.txt'), { mimeType: 'text/plain' }], []],
	])('of %j lead to %j', (files, expected) => {
		expect(sessionsOfFiles(files)).toEqual(expected);
	});

	it('U4: of several texts none is the transcript', () => {
		expect(hasSeveralTexts([file('a.txt'), file('b.jpg', 'image/jpeg')])).toBe(false);
		expect(hasSeveralTexts([file('a.txt'), file('b.txt')])).toBe(true);
	});

	it('U4: tell the session of one of them, too', () => {
		expect(sessionOfFile(file('Chat-7-photo-3.jpg'))).toBe('chat-7');
		expect(sessionOfFile(file('logo.png'))).toBeUndefined();
	});

	it('U4: HTML is read before text, and what is no text is not', () => {
		expect(textsOfMail({ html: '<p>', text: 'plain' })).toEqual(['<p>', 'plain']);
		expect(textsOfMail({ html: '', text: 7 })).toEqual([]);
	});
});
