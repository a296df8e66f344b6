import type { FileSource } from '../../../lib/files/file-source';
import { inspectFile } from '../../../lib/files/inspect-file';

/** A source that tells a length, or none, and sends without end. */
function endless(length?: number): { source: FileSource; closed: () => number; sent: () => number } {
	let closed = 0;
	let sent = 0;
	async function* content(): AsyncGenerator<Uint8Array> {
		for (;;) {
			sent += 1000;
			yield Buffer.alloc(1000, 'ID3');
			await Promise.resolve();
		}
	}
	const open = () => Promise.resolve({ content: content(), length, close: () => void (closed += 1) });
	return { source: { label: 'files.example.com', open }, closed: () => closed, sent: () => sent };
}

describe('X16: a file without end', () => {
	it.each([
		['that tells no length', undefined],
		['that tells more than can be stored', 1_000_000_000_000],
	])('%s is given up, and said to be so', async (_, length) => {
		const { source, closed, sent } = endless(length);
		await expect(inspectFile(source, { name: 'a.mp3' }, 50_000)).rejects.toMatchObject({
			kind: 'fileLength',
			message: 'The file from files.example.com has more than 50,000 bytes, or no end.',
			mayHelp: false,
		});
		expect(closed()).toBe(1);
		expect(sent()).toBeLessThan(52_000);
	});

	it('that tells less than it sends is counted once, and given up as well', async () => {
		const { source } = endless(2000);
		expect(await inspectFile(source, { name: 'a.mp3' }, 50_000)).toMatchObject({ length: 2000 });
		await expect(inspectFile(source, { name: 'a.mp3', count: true }, 50_000)).rejects.toMatchObject({
			kind: 'fileLength',
		});
	});
});
