/**
 * Milliseconds of this process's own work that something takes. Other than a clock's time, they do not grow when the
 * machine is busy with something else.
 */
export function cpuMilliseconds(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
