import { TRANSCRIPT_BYTES, transcriptText } from '../../../lib/files/transcript-text';

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
});
