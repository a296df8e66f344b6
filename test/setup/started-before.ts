/**
 * The folder of an n8n that has been started once, for tests in a real n8n: a new n8n spends a third of its start on the
 * migrations of an empty database, and they are the same each time. Made before the first test, where it is missing.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { n8nVersion, SANDBOX_FOLDER, startN8n } from '../../sandbox/launcher';

/** Where it is. It holds no package and no workflow. */
export async function startedBefore(): Promise<string> {
	return join(SANDBOX_FOLDER, `started-before-${await n8nVersion()}`);
}

export default async function make(): Promise<void> {
	const folder = await startedBefore();
	if (existsSync(folder)) return;
	// In a folder of its own until it is whole: two runs at once may make it.
	const workshop = await mkdtemp(join(SANDBOX_FOLDER, 'starting-'));
	try {
		const n8n = await startN8n({ userFolder: workshop, editor: false });
		await n8n.stop();
		await rename(workshop, folder).catch(() => undefined);
	} finally {
		await rm(workshop, { recursive: true, force: true });
	}
}
