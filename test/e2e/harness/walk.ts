/**
 * A walk through n8n's editor as a person takes it, which counts what the person has to do: clicks, and fields that are
 * filled in or chosen from.
 */
import type { Locator } from 'playwright-core';

/** What has to be done for one purpose. */
export interface WalkedStep {
	/** In words for people, such as `Import the workflow`. */
	title: string;
	/** What is clicked, in order. A double click counts once. */
	clicks: string[];
	/** What is filled in. */
	fields: string[];
}

/** Takes steps and remembers them. */
export class Walk {
	readonly steps: WalkedStep[] = [];

	/** Begins the next step: what follows is counted for it. */
	begin(title: string): void {
		this.steps.push({ title, clicks: [], fields: [] });
	}

	/** @param what as the editor calls it */
	async click(what: string, target: Locator): Promise<void> {
		await target.click();
		this.current.clicks.push(what);
	}

	async doubleClick(what: string, target: Locator): Promise<void> {
		await target.dblclick();
		this.current.clicks.push(what);
	}

	/** Puts text into a field. The click into it is not counted: people go on with the Tab key. */
	async fill(what: string, target: Locator, value: string): Promise<void> {
		await target.fill(value);
		this.current.fields.push(what);
	}

	/** Counts what a person does and the test cannot do, such as a click that would ask a registry. */
	told(what: string): void {
		this.current.clicks.push(what);
	}

	get clicks(): number {
		return this.steps.reduce((sum, { clicks }) => sum + clicks.length, 0);
	}

	get fields(): number {
		return this.steps.reduce((sum, { fields }) => sum + fields.length, 0);
	}

	/** The whole walk as a table of a page, with a row for the sums. */
	table(): string {
		const rows = this.steps.map(({ title, clicks, fields }) => [
			title,
			`${clicks.length}: ${clicks.join(', ')}`,
			fields.length === 0 ? '0' : `${fields.length}: ${fields.join(', ')}`,
		]);
		const lines = [
			['Step', 'Clicks', 'Fields'],
			['---', '---', '---'],
			...rows,
			['**Together**', `**${this.clicks}**`, `**${this.fields}**`],
		];
		return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	}

	private get current(): WalkedStep {
		const step = this.steps.at(-1);
		if (step === undefined) throw new Error('The walk has no step yet: call begin() first.');
		return step;
	}
}
