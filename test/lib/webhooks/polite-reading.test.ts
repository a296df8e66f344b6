import { clearMemories } from '../../../lib/process/memory';
import { AskedTooOften, PoliteReading } from '../../../lib/webhooks/polite-reading';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = 1_800_000_000_000;

beforeEach(clearMemories);

describe('what a server tells and rarely changes', () => {
	const fails = () => Promise.reject(new Error('down'));

	it('G2: is asked for once however many wait, and not again while it is young', async () => {
		const reading = new PoliteReading<string>(10 * MINUTE, MINUTE);
		const read = jest.fn(() => Promise.resolve('keys'));
		expect(await Promise.all([1, 2, 3].map(async () => await reading.get('a', NOW, read)))).toEqual([
			'keys',
			'keys',
			'keys',
		]);
		await reading.get('a', NOW + 9 * MINUTE, read);
		expect(read).toHaveBeenCalledTimes(1);
	});

	it('G2: is believed for a day while the server is down, and no longer, however often it is asked for', async () => {
		const reading = new PoliteReading<string>(10 * MINUTE, MINUTE);
		await reading.get('a', NOW, () => Promise.resolve('keys'));
		for (let hours = 1; hours < 24; hours += 1) {
			expect(await reading.get('a', NOW + hours * 60 * MINUTE, fails)).toBe('keys');
		}
		await expect(reading.get('a', NOW + DAY + MINUTE, fails)).rejects.toThrow('down');
	});

	it('G2: is not asked for again and again while the server is down', async () => {
		const reading = new PoliteReading<string>(10 * MINUTE, MINUTE);
		await expect(reading.get('a', NOW, fails)).rejects.toThrow('down');
		await expect(reading.get('a', NOW + 1000, fails)).rejects.toThrow(AskedTooOften);
	});
});
