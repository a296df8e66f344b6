import { htmlToText, isHtml } from '../../../lib/platforms/html-text';
import { jsonInText } from '../../../lib/platforms/json-in-text';
import { tooLong } from '../../cpu-time';

const METADATA = {
	id: 987,
	chat_type: 'Messaging Inbound (Web Chat)',
	feedback: 'Très bien, "merci" & à bientôt {…} 😀 I <3 it',
	agent_info: { id: 11, name: 'Ana' },
	transfers: [{ id: 1, status: 'finished' }],
};
const JSON_TEXT = JSON.stringify(METADATA, null, 2);

const escapeHtml = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const objectsIn = (text: string) => jsonInText(text).objects;

describe('U4: JSON in the text of a mail', () => {
	it.each([
		['nothing around it', JSON_TEXT],
		[
			'text around it',
			`Hello,\r\n\r\nthis is session 987:\r\n${JSON_TEXT}\r\n-- \r\nSupport {team}\r\nTel. 0800`,
		],
		['a byte order mark before it', `\ufeff${JSON_TEXT}`],
		['a quote mark at each line', JSON_TEXT.replace(/^/gm, '> > ')],
		['braces in the prose before it', `Dear {name}, } here { it is: ${JSON_TEXT}`],
		[
			'no-break spaces as indentation',
			JSON_TEXT.replace(/^ +/gm, (blanks) => '\u00a0'.repeat(blanks.length)),
		],
	])('is found with %s', (_, text) => {
		expect(jsonInText(text)).toEqual({ objects: [METADATA], broken: false });
	});

	it.each([
		['a paragraph', `<p>${escapeHtml(JSON_TEXT)}</p>`],
		[
			'a page with style, script and comment',
			`<!DOCTYPE html><html><head><style>p { color: red }</style></head><body><!-- {"id": 1} --><script>{"a": 1}</script><pre>${escapeHtml(JSON_TEXT)}</pre><p>Best regards</p></body></html>`,
		],
		[
			'one line each with entities',
			JSON_TEXT.split('\n')
				.map(
					(line) => `<div>${escapeHtml(line).replaceAll('"', '&quot;').replace(/^ +/, '&nbsp;&nbsp;')}</div>`,
				)
				.join('\r\n'),
		],
		[
			'breaks and text before the first tag',
			`${escapeHtml(JSON_TEXT).replaceAll('\n', '<br>\n')}<br>--<br>Sent`,
		],
		[
			'accents as entities',
			`<p>${escapeHtml(JSON_TEXT).replaceAll('è', '&egrave;').replaceAll('à', '&#224;').replaceAll('ô', '&#xF4;')}</p>`,
		],
	])('is found in HTML: %s', (_, html) => {
		expect(objectsIn(html)).toEqual([METADATA]);
	});

	/** As the standard wants it: codes for what is no plain ASCII, and lines of 76 characters. */
	const quotedPrintable = (text: string) =>
		[...Buffer.from(text)]
			.map((byte) =>
				byte === 61 || byte > 126 || (byte < 32 && byte !== 10)
					? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
					: String.fromCharCode(byte),
			)
			.join('')
			.replace(/((?:=..|[^=\n]){60,70})(?!\n)/g, '$1=\r\n');

	it.each([
		['plain', JSON_TEXT],
		['on one line', `Content-Type: text/plain; charset="utf-8"\n\n${JSON.stringify(METADATA)}`],
		['HTML', `<p style="a">${escapeHtml(JSON_TEXT).replaceAll('"', '&quot;')}</p>`],
	])('U4: is found where a mail was passed on in quoted-printable as it came: %s', (_, text) => {
		expect(objectsIn(quotedPrintable(text))).toEqual([METADATA]);
	});

	it('U4: a sign of equality in a value is one', () => {
		const value = { menuPath: 'a=41', url: 'https://a.example/?x=22&y=3D', b: '=', c: 'x=\ny' };
		for (const text of [JSON.stringify(value), `=====\nSee: ${JSON.stringify(value)}`]) {
			expect(objectsIn(text)).toEqual([value]);
		}
	});

	it('keeps the text of a link, and not its address', () => {
		const html = '<p>{"id": 1, "recording_url": "<a href="https://a.example/x">https://a.example/x</a>"}</p>';
		expect(objectsIn(html)).toEqual([{ id: 1, recording_url: 'https://a.example/x' }]);
	});

	it('takes a value as it is when the whole text is JSON, tags and entities included', () => {
		const value = { feedback: '<br>&amp;' };
		expect(objectsIn(JSON.stringify(value))).toEqual([value]);
	});

	it('joins lines that a mail program has wrapped inside a value', () => {
		expect(objectsIn('Session:\n{"feedback": "Quick and\r\n   friendly", "id": 1}')).toEqual([
			{ feedback: 'Quick and friendly', id: 1 },
		]);
	});

	it('straightens quotes that an office program has curled', () => {
		expect(objectsIn('{“id”: 1, “name”: “Ana”}')).toEqual([{ id: 1, name: 'Ana' }]);
	});

	it('finds several, and those of a list', () => {
		expect(objectsIn('One: {"id": 1}\nTwo: {"id": 2}')).toEqual([{ id: 1 }, { id: 2 }]);
		expect(objectsIn('[{"id": 1}, {"id": 2}, 3]')).toEqual([{ id: 1 }, { id: 2 }]);
	});

	it.each([
		['empty', ''],
		['an absence note', 'I am away until Monday :-} {Ana}'],
		['a number', '42'],
		['a stray brace', 'this { has no end'],
		['HTML without any', '<html><head><style>p {"x": 1}</style></head><body>Hello</body></html>'],
	])('finds none in a text that is %s, and does not call it broken', (_, text) => {
		expect(jsonInText(text)).toEqual({ objects: [], broken: false });
	});

	it.each([
		['breaks off, and takes none of its inner objects', JSON_TEXT.slice(0, -30)],
		['lacks a comma', JSON_TEXT.replace(',', '')],
		['lacks a quote', JSON_TEXT.replace('"id"', '"id')],
		['breaks off in HTML', `<p>${escapeHtml(JSON_TEXT.slice(0, -30))}</p>`],
		['has nothing but braces without an end', '{'.repeat(1000)],
	])('says that it is broken when it %s', (_, text) => {
		expect(jsonInText(text)).toEqual({ objects: [], broken: true });
	});

	it.each([
		['braces', '{ '.repeat(500_000)],
		['tags', '<style'.repeat(200_000)],
		['comments', '<p><!--'.repeat(200_000)],
		['open strings', '{"a'.repeat(300_000)],
		['quote marks', '> '.repeat(500_000)],
		['lines', `{"a": "${'\n'.repeat(500_000)}`],
		['escaped curly quotes', `hello {“${'\\“'.repeat(500_000)}}`],
		['curly quotes', `hello {${'“'.repeat(1_000_001)}}`],
		['escapes in a value', `{"a": "\n${'\\"'.repeat(500_000)}"}`],
		['blanks before a tag ends', `<p>{"a": 1 "</style${' '.repeat(1_000_000)}`],
		['entities without an end', `<p>${'&#1'.repeat(333_333)}`],
		['braces, nothing else', '{'.repeat(1_000_000)],
		['codes of quoted-printable', `{=22a=22:${'=41=\n'.repeat(160_000)}}`],
	])('X16: takes no longer for a million of %s', (_, text) => {
		expect(tooLong(() => jsonInText(text), 50)).toBeUndefined();
	});

	it('X2: says that a text was not looked at to its end', () => {
		expect(jsonInText(`${'x'.repeat(2_000_000)}${JSON_TEXT}`)).toEqual({ objects: [], broken: true });
	});
});

describe('text of HTML', () => {
	it('leaves out what is not for reading, and ends lines where the page does', () => {
		expect(htmlToText('<div>One</div><p>Two<br/>Three</p><style>x</style>&amp;&unknown;&#9999999;')).toBe(
			'One\nTwo\nThree\n&&unknown;&#9999999;',
		);
	});

	it('keeps angle brackets that are no tags', () => {
		expect(isHtml('Ana <ana@example.com> wrote: 1 < 2')).toBe(false);
		expect(htmlToText('1 < 2 > 0')).toBe('1 < 2 > 0');
	});
});
