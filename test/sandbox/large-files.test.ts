import { createHash } from 'node:crypto';
import { request } from 'node:http';

import { sha256Of, startLargeFiles, type LargeFiles } from '../../sandbox/large-files';

let files: LargeFiles;
beforeAll(async () => {
	files = await startLargeFiles();
}, 60_000);
beforeEach(async () => {
	await files.reset();
});
afterAll(() => {
	files.stop();
});

const hash = (content: ArrayBuffer) => createHash('sha256').update(Buffer.from(content)).digest('hex');

/** Sends a form. */
async function send(content: ArrayBuffer, fields: Record<string, string> = {}): Promise<number> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append('file', new Blob([content]), 'call-1.mp3');
	return (await fetch(files.uploadUrl, { method: 'POST', body: form })).status;
}

describe('the source and the storage of large files', () => {
	it('give and take the same bytes, also over the edges of their blocks', async () => {
		for (const bytes of [1, 5_000, 1024 * 1024, 2_500_001]) {
			const content = await (await fetch(files.fileUrl('call-1.mp3', bytes))).arrayBuffer();
			expect(content.byteLength).toBe(bytes);
			expect(hash(content)).toBe(sha256Of(bytes));
			expect(await send(content, { 'X-Amz-Meta-Attachment-Id': `of ${bytes}` })).toBe(204);
			const { uploads } = await files.report();
			expect(uploads.at(-1)).toEqual({ attachmentId: `of ${bytes}`, bytes, sha256: sha256Of(bytes) });
		}
	});

	it('no two blocks are the same, so that a lost or doubled one would show', () => {
		expect(sha256Of(2 * 1024 * 1024)).not.toBe(sha256Of(1024 * 1024));
	});

	it('refuse a file that is not as long as announced', async () => {
		const policy = Buffer.from(JSON.stringify({ length: 11 })).toString('base64');
		expect(await send(new ArrayBuffer(10), { Policy: policy })).toBe(400);
		expect((await files.report()).uploads).toEqual([]);
	});

	it('forget an upload that breaks off', async () => {
		await new Promise<void>((resolve) => {
			const sending = request(files.uploadUrl, {
				method: 'POST',
				headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '100000' },
			});
			sending.on('error', () => resolve());
			sending.write('--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nbeginning');
			setTimeout(() => sending.destroy(), 100);
		});
		expect((await files.report()).uploads).toEqual([]);
	});
});
