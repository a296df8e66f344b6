import { readFile, writeFile } from 'node:fs/promises';

/** Sampling where the kernel does not keep a high-water mark that can be reset. */
const SAMPLE_MS = 20;

/** Megabytes (of 1024 kilobytes) in `/proc/<pid>/status`. */
async function read(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
}

/**
 * By how many megabytes the resident memory of a process exceeds, at its highest, what it was before some work.
 * https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
 */
export async function peakGrowth(pid: number, work: () => Promise<void>): Promise<number> {
	const kernelKeeps = await writeFile(`/proc/${pid}/clear_refs`, '5').then(
		() => true,
		() => false,
	);
	const before = await read(pid, 'VmRSS');
	let highest = before;
	const sampling = setInterval(() => {
		void read(pid, 'VmRSS').then((now) => (highest = Math.max(highest, now)));
	}, SAMPLE_MS);
	try {
		await work();
	} finally {
		clearInterval(sampling);
	}
	if (kernelKeeps) highest = Math.max(highest, await read(pid, 'VmHWM'));
	return highest - before;
}
