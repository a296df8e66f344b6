/** What carrying a file costs at least: curl's two requests, one after the other. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const QUIET = ['--silent', '--show-error', '--fail', '--noproxy', '*'];

/**
 * Fetches a file to the disk and sends it as a form.
 *
 * @returns milliseconds of both requests, or undefined where there is no curl
 * @throws Error when a request fails
 */
export async function carryWithCurl(fileUrl: string, uploadUrl: string): Promise<number | undefined> {
	const folder = await mkdtemp(join(tmpdir(), 'curl-'));
	const file = join(folder, 'recording.mp3');
	const began = performance.now();
	try {
		await run('curl', [...QUIET, '--output', file, fileUrl]);
		await run('curl', [...QUIET, '--form', 'key=recording', '--form', `file=@${file}`, uploadUrl]);
		return performance.now() - began;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
