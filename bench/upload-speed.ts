/** How fast a recording goes through n8n into a storage, beside curl making the same two requests. */
import type { PublishedWorkflow, RunningN8n } from '../sandbox/launcher';
import type { LargeFiles } from '../sandbox/large-files';
import { carryWithCurl } from '../sandbox/large-files/curl';
import { runUpload } from '../sandbox/large-files/workflow';

/** Who carries what. */
export interface UploadRace {
	n8n: RunningN8n;
	/** That of `uploadWorkflow('url')`; its uploads have to go to the `countingUrl` of the storage. */
	workflow: PublishedWorkflow;
	conversationId: string;
	source: LargeFiles;
	storage: LargeFiles;
	bytes: number;
	rounds: number;
}

/**
 * Lets n8n and curl take turns.
 *
 * @returns for each round curl's time divided by n8n's: above 1 means that n8n is faster. Empty where there is no curl
 */
export async function raceAgainstCurl(race: UploadRace): Promise<number[]> {
	const { n8n, workflow, conversationId, source, storage, bytes, rounds } = race;
	const curl = async () => await carryWithCurl(source.fileUrl('curl.mp3', bytes), storage.countingUrl);
	const ours = async (name: string) =>
		await runUpload(n8n, workflow, {
			conversationId,
			files: [{ name, url: source.fileUrl(name, bytes) }],
			concurrency: 1,
		});
	const ratios: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const name = `race-${Date.now()}.mp3`;
		// Whoever comes second finds a warmer machine, so they take turns.
		const first = round % 2 === 0 ? undefined : await curl();
		const carried = await ours(name);
		const beside = first ?? (await curl());
		if (beside !== undefined) ratios.push(beside / carried);
	}
	return ratios;
}

/**
 * Environment for an n8n whose Node.js 24 frees sent pieces of files as soon as Node.js 22 does:
 * https://github.com/nodejs/node/issues/61967
 */
export const FREES_SOONER = { NODE_OPTIONS: `--require "${require.resolve('./free-buffers-sooner.cjs')}"` };
