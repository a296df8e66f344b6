/** A source of large files and a storage for them, in a process of their own. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export { sha256Of } from './content';

/** A file that has arrived at the storage as a whole. */
export interface ArrivedUpload {
	/** As the form says. */
	attachmentId: string;
	bytes: number;
	/** In hexadecimal; absent when the storage only counted. */
	sha256?: string;
}

export interface UploadReport {
	/** In the order in which they ended. */
	uploads: ArrivedUpload[];
	/** Most uploads that were on their way at the same time. */
	mostAtOnce: number;
}

export interface LargeFiles {
	/** Address of a file of this length. */
	fileUrl(name: string, bytes: number): string;
	/** Where forms are sent to. */
	uploadUrl: string;
	/** Where forms are sent to that are only counted: hashing takes longer than sending. */
	countingUrl: string;
	report(): Promise<UploadReport>;
	/** Forgets what has arrived so far. */
	reset(): Promise<void>;
	stop(): void;
}

/**
 * Starts the process and waits for its address.
 *
 * @throws Error when it ends before it has one
 */
export async function startLargeFiles(): Promise<LargeFiles> {
	const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'server.ts')], {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
	});
	const output = child.stdout;
	if (output === null) throw new Error('The process has no output to read.');
	for await (const line of createInterface({ input: output })) {
		const { url } = JSON.parse(line) as { url: string };
		const uploads = async (method: string) =>
			(await (await fetch(`${url}/uploads`, { method })).json()) as UploadReport;
		return {
			fileUrl: (name, bytes) => `${url}/file/${name}?bytes=${bytes}`,
			uploadUrl: `${url}/files`,
			countingUrl: `${url}/files?hash=no`,
			report: async () => await uploads('GET'),
			reset: async () => void (await uploads('DELETE')),
			stop: () => void child.kill(),
		};
	}
	throw new Error('The source of large files ended before it was ready.');
}
