import { cutText, readSession } from '../../../lib/domain/session-shape';
import { tooLong } from '../../cpu-time';

const nameOf = (name: string) =>
	readSession({ source: 'a', id: 'b', channel: 'voice', endUser: { name } })?.endUser.name;

describe('texts of a session', () => {
	it('X16: a long text of half emoji, or of the sign NUL, takes no time', () => {
		for (const sign of ['\ud800', '\u0000']) {
			expect(tooLong(() => nameOf(sign.repeat(1_000_000)), 50)).toBeUndefined();
		}
	});

	it('X2: what is cut ends in a sign that says so, half emoji are replaced, and blanks around it go', () => {
		expect(nameOf(`  a\ud800b${'c'.repeat(5000)}`)).toBe(cutText(`a\ufffdb${'c'.repeat(5000)}`, 256));
		expect(nameOf(` Jo\u0000 `)).toBe('Jo');
		expect(nameOf(' \u0000 ')).toBeUndefined();
	});
});
