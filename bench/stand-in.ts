/**
 * The stand-in Kustomer in a process of its own, so that answering and asking do not share one thread.
 * Prints its address, key and process id as one line of JSON. Usage: tsx bench/stand-in.ts [latency in milliseconds]
 * [address of the storage for uploads]
 */
import { startKustomerStandIn } from '../sandbox/kustomer';

async function main(): Promise<void> {
	const standIn = await startKustomerStandIn({
		latencyMs: Number(process.argv[2] ?? 0),
		rateLimitPerMinute: 0,
		storageUrl: process.argv[3],
	});
	console.log(JSON.stringify({ url: standIn.url, apiKey: standIn.apiKey }));
	process.on('disconnect', () => process.exit(0));
}

void main();
