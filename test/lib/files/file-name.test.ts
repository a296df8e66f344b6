import fc from 'fast-check';

import {
	cleanFileName,
	nameInDisposition,
	nameInUrl,
	readSessionFileName,
	sessionFileName,
	sessionIdIn,
	withExtension,
} from '../../../lib/files/file-name';

describe('U5: names of session files', () => {
	it.each([
		['call-123.mp3', { channel: 'call', sessionId: '123', extension: 'mp3' }],
		['call-123.wav', { channel: 'call', sessionId: '123', extension: 'wav' }],
		[
			'call-123-photo-9.jpg',
			{ channel: 'call', sessionId: '123', part: { kind: 'photo', id: '9' }, extension: 'jpg' },
		],
		[
			'chat-77-video-2.mp4',
			{ channel: 'chat', sessionId: '77', part: { kind: 'video', id: '2' }, extension: 'mp4' },
		],
		[
			'call-123-photo-5b1e2c44-77aa-4f0e.jpg',
			{
				channel: 'call',
				sessionId: '123',
				part: { kind: 'photo', id: '5b1e2c44-77aa-4f0e' },
				extension: 'jpg',
			},
		],
		[
			'chat-7c3f00aa-12de-video-5b1e-44.mp4',
			{
				channel: 'chat',
				sessionId: '7c3f00aa-12de',
				part: { kind: 'video', id: '5b1e-44' },
				extension: 'mp4',
			},
		],
		['chat-77.txt', { channel: 'chat', sessionId: '77', extension: 'txt' }],
		['call-123.json', { channel: 'call', sessionId: '123', extension: 'json' }],
		['call-7c3f00aa-12de-4b1e.mp3', { channel: 'call', sessionId: '7c3f00aa-12de-4b1e', extension: 'mp3' }],
	] as const)('reads and writes %s', (name, expected) => {
		expect(readSessionFileName(name)).toEqual(expected);
		expect(sessionFileName(expected)).toBe(name);
	});

	it('reads them with their folder, in capitals, and not when they are something else', () => {
		expect(readSessionFileName('ujet-voice-recordings/CALL-1.MP3')).toMatchObject({
			sessionId: '1',
			extension: 'mp3',
		});
		for (const name of ['', 'call-.mp3', 'recall-1.mp3', 'call-1', 'photo-1.jpg', 'call 1.mp3']) {
			expect(readSessionFileName(name)).toBeUndefined();
		}
	});

	it('makes names of sessions with any ID', () => {
		const ofPlatform = sessionFileName({
			channel: 'chat',
			sessionId: sessionIdIn('ccaip:chat-987'),
			extension: 'txt',
		});
		expect(ofPlatform).toBe('chat-987.txt');
		const name = sessionFileName({ channel: 'call', sessionId: 'a/b c', extension: 'mp3' });
		expect(name).toBe('call-a_b_c.mp3');
		expect(sessionIdIn('eu:babelforce:7c3f')).toBe('7c3f');
		expect(sessionIdIn('7c3f')).toBe('7c3f');
	});
});

describe('X5: cleaning', () => {
	it.each([
		['../../etc/passwd', 'passwd'],
		['C:\\recordings\\call.mp3', 'call.mp3'],
		['call\r\nX-Evil: 1.mp3', 'callX-Evil_ 1.mp3'],
		['  .hidden.mp3. ', 'hidden.mp3'],
		['a\u202egpj.exe', 'agpj.exe'],
		['con.mp3', '_con.mp3'],
		['Gespräch Müller.mp3', 'Gespräch Müller.mp3'],
	])('%j becomes %j', (raw, clean) => expect(cleanFileName(raw)).toBe(clean));

	it.each([[''], ['/'], ['..'], ['\u0000'], [undefined], [7]])('%j is no name', (raw) =>
		expect(cleanFileName(raw)).toBeUndefined(),
	);

	it('keeps the end of a long name', () => {
		const clean = cleanFileName(`${'a'.repeat(100_000)}.mp3`) ?? '';
		expect(clean).toHaveLength(200);
		expect(clean).toMatch(/^a+\.mp3$/);
		expect(cleanFileName(`${'é'.repeat(1_000)}.mp3`)).toMatch(/^é+\.mp3$/);
	});

	it('X5, X16: whatever is cut or added, a name has 200 characters at most and no dot at its end', () => {
		expect(cleanFileName(`${'x'.repeat(199)}.${'y'.repeat(50)}`)).toBe('x'.repeat(199));
		const without = cleanFileName('é'.repeat(10_000)) ?? '';
		expect(withExtension(without, 'audio/mpeg')).toMatch(/^é{196}\.mp3$/);
	});

	it('never leaves a folder or a control character, and cleaning twice changes nothing', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (raw) => {
				const clean = cleanFileName(raw);
				if (clean === undefined) return;
				expect(clean).not.toMatch(/[/\\\p{Cc}"<>|?*:]/u);
				expect([...clean].length).toBeLessThanOrEqual(201);
				expect(cleanFileName(clean)).toBe(clean);
			}),
		);
	});
});

it('X5: reads names from headers and addresses', () => {
	expect(nameInDisposition('attachment; filename="call \\"1\\".mp3"')).toBe('call "1".mp3');
	expect(nameInDisposition('attachment; filename=call-1.mp3; size=3')).toBe('call-1.mp3');
	expect(nameInDisposition("attachment; filename=x; filename*=UTF-8''Gespr%C3%A4ch.mp3")).toBe(
		'Gespräch.mp3',
	);
	expect(nameInDisposition("attachment; filename*=UTF-8''%E0%A4%A; filename=ok.mp3")).toBe('ok.mp3');
	expect(nameInDisposition('inline')).toBeUndefined();
	expect(nameInDisposition('attachment; filename=""')).toBe('');
	expect(nameInDisposition('attachment; filename=')).toBeUndefined();
	expect(nameInUrl('https://a.example/b/call-1.mp3?sig=1')).toBe('call-1.mp3');
	expect(nameInUrl('https://a.example/recordings/1/download')).toBeUndefined();
	expect(nameInUrl('https://a.example/%E0%A4%A.mp3')).toBeUndefined();
	expect(withExtension('Recording 1', 'audio/mpeg')).toBe('Recording 1.mp3');
	expect(withExtension('call.wav', 'audio/mpeg')).toBe('call.wav');
	expect(withExtension('data', 'application/octet-stream')).toBe('data');
});

it.each([
	['attachment; filename=call 1 of 2.mp3; size=3', 'call 1 of 2.mp3'],
	['attachment; filename="call-1.mp3', 'call-1.mp3'],
	["attachment; filename*=iso-8859-1'de'Gespr%E4ch.mp3; filename=x.mp3", 'Gespräch.mp3'],
	['attachment; filename*="UTF-8\'\'Gespr%C3%A4ch.mp3"', 'Gespräch.mp3'],
	// Headers come as one character for each byte.
	[`attachment; filename="${Buffer.from('Gespräch €.mp3').toString('latin1')}"`, 'Gespräch €.mp3'],
	['attachment; filename="Gespräch.mp3"', 'Gespräch.mp3'],
])('X5: a header that keeps to no rule still tells the name: %j', (header, name) =>
	expect(nameInDisposition(header)).toBe(name),
);
