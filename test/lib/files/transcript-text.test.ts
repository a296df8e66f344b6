import { TRANSCRIPT_BYTES, transcriptText } from '../../../lib/files/transcript-text';
import { tooLong } from '../../cpu-time';

const of = (text: string, isJson = false, longest = 100) =>
	transcriptText(Buffer.from(text), isJson, longest);

describe('C23: the text of a transcript', () => {
	it('is the text itself', () => {
		expect(of(' Ana: Hi\r\nJonas: Hello\n')).toBe('Ana: Hi\nJonas: Hello');
		expect(of(' \n')).toBeUndefined();
	});

	it('of JSON is read line by line, else shown as it is', () => {
		expect(of('[{"sender": {"name": "Ana"}, "message": "Hi", "at": "10:00"}, "Bye"]', true)).toBe(
			'[10:00] Ana: Hi\nBye',
		);
		expect(of('{"data": {"entries": [{"role": "agent", "content": {"text": "Hi"}}]}}', true)).toBe(
			'agent: Hi',
		);
		expect(of('{"a": 1}', true)).toBe('{\n  "a": 1\n}');
		expect(of('{"a": ', true)).toBe('{"a":');
	});

	it('that is too long is cut at the end of a line, and says so', () => {
		const cut = of('Ana: one two three\n'.repeat(20)) ?? '';
		expect(cut.length).toBeLessThanOrEqual(100);
		expect(cut).toMatch(/three\n… \(cut; the whole transcript is in the file\)$/);
		expect(of('😀'.repeat(80))).not.toMatch(/\p{Surrogate}/u);
		expect(of('a'.repeat(TRANSCRIPT_BYTES), false, TRANSCRIPT_BYTES * 2)).toMatch(/cut; the whole/);
	});

	it('is read in the encoding that it has, also where it was cut within a character', () => {
		const text = 'Ana: Grüße, 5 €';
		const read = (bytes: Buffer) => transcriptText(bytes, false, 100);
		expect(read(Buffer.from(text))).toBe(text);
		expect(read(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(text);
		expect(read(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toBe(text);
		expect(read(Buffer.from('Ana: Gr\xfc\xdfe, 5 \x80 \x96 \x93', 'latin1'))).toBe('Ana: Grüße, 5 € – “');
		expect(read(Buffer.from(`${text}€`).subarray(0, -1))).toBe(text);
	});

	it('loses what nobody can read, and what would turn the direction of the rest', () => {
		expect(of('Ana:\u0000\u0007 Hi\u001b[31m\tthere\u202e!')).toBe('Ana: Hi[31m\tthere!');
	});

	it('C23, X16: of JSON that hides its words at any depth is shown, and nothing breaks', () => {
		const hidden = (depth: number) => `[${'{"text":'.repeat(depth)}"Hi"${'}'.repeat(depth)}]`;
		expect(of(hidden(3), true)).toBe('Hi');
		for (const depth of [100, 25_000]) expect(of(hidden(depth), true)?.startsWith('[{"text"')).toBe(true);
		expect(of('[{"text": "Hi", "__proto__": {"name": "x"}}]', true)).toBe('Hi');
		for (const json of [hidden(25_000), `${'['.repeat(131_000)}${']'.repeat(131_000)}`]) {
			expect(tooLong(() => of(json, true), 50)).toBeUndefined();
		}
	});

	it('of JSON that goes very deep is shown as it came, without filling the memory', () => {
		const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
		const deepKeys = `{"a":${'{"b":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
		const took = tooLong(() => {
			expect(of(deep, true)?.startsWith('[[[[')).toBe(true);
			expect(of(deepKeys, true)?.startsWith('{"a":{"b"')).toBe(true);
		}, 1_000);
		expect(took).toBeUndefined();
	});
});
