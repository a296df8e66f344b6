import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A stand-in Kustomer that runs in its own process. */
export interface KustomerProcess {
	url: string;
	apiKey: string;
	stop(): void;
}

/**
 * Starts `bench/stand-in.ts` and waits for its address.
 *
 * @param latencyMs what each request takes at least, as a network would
 * @param storageUrl where uploads go; the stand-in itself when it is left out
 * @throws Error when the process ends before it has an address
 */
export async function startKustomerProcess(latencyMs: number, storageUrl?: string): Promise<KustomerProcess> {
	const child: ChildProcess = spawn(
		process.execPath,
		[
			'--import',
			'tsx',
			path.join(__dirname, 'stand-in.ts'),
			String(latencyMs),
			...(storageUrl === undefined ? [] : [storageUrl]),
		],
		{ stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
	);
	if (child.stdout === null) throw new Error('The stand-in Kustomer has no output to read.');
	for await (const line of createInterface({ input: child.stdout })) {
		const { url, apiKey } = JSON.parse(line) as { url: string; apiKey: string };
		return { url, apiKey, stop: () => void child.kill() };
	}
	throw new Error('The stand-in Kustomer ended before it was ready.');
}
