import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { WorkflowFile } from './workflows';

function digest(workflow: WorkflowFile): string {
	return createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
}

/** Remembers, beside n8n's own data, which content of which workflow was imported last. */
export class ImportedWorkflows {
	private readonly file: string;

	constructor(userFolder: string) {
		this.file = join(userFolder, 'imported-workflows.json');
	}

	/**
	 * The id of the workflow in n8n when this very content was imported before.
	 *
	 * @param existing the workflows that n8n has
	 */
	async idOf(
		workflow: WorkflowFile,
		existing: Array<{ id: string; name: string }>,
	): Promise<string | undefined> {
		if ((await this.read())[workflow.name] !== digest(workflow)) return undefined;
		return existing.find(({ name }) => name === workflow.name)?.id;
	}

	async note(workflow: WorkflowFile): Promise<void> {
		const all = { ...(await this.read()), [workflow.name]: digest(workflow) };
		await writeFile(this.file, JSON.stringify(all, null, 2));
	}

	private async read(): Promise<Record<string, string>> {
		const text = await readFile(this.file, 'utf8').catch(() => '{}');
		try {
			return JSON.parse(text) as Record<string, string>;
		} catch {
			// Damaged: everything is imported again.
			return {};
		}
	}
}
