/** The custom CRM in a real n8n: a workflow of one node, its address, and the combinations of what an administrator may set. */
import { randomUUID } from 'node:crypto';

import type { WorkflowFile } from '../../../sandbox/launcher';

/** Part of the node's address. */
const PATH = 'custom-crm';

/** A workflow with the node alone. */
export interface CrmWorkflow {
	workflow: WorkflowFile;
	/** Below `/webhook/`. */
	path: string;
}

/**
 * Makes the workflow.
 *
 * @param name of the workflow; part of its path as well
 * @param webhook name of the webhook credential
 * @param kustomer name of the Kustomer credential
 */
export function crmWorkflow(
	name: string,
	webhook: string,
	kustomer: string,
	parameters: Record<string, unknown> = {},
): CrmWorkflow {
	const webhookId = randomUUID();
	const path = `${PATH}-${name}`;
	return {
		path: `${webhookId}/${path}`,
		workflow: {
			name: `Custom CRM (${name})`,
			nodes: [
				{
					id: randomUUID(),
					name: 'Custom CRM',
					type: 'n8n-nodes-kustomer.crmApiTrigger',
					typeVersion: 1,
					position: [0, 0],
					webhookId,
					parameters: { path, timeout: 10, customerSettings: { defaultCountry: 'US' }, ...parameters },
					credentials: {
						contactCenterWebhookApi: { name: webhook },
						kustomerApi: { name: kustomer },
					},
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		},
	};
}

/** Values of several settings, by their names. */
type Choices = Readonly<Record<string, readonly unknown[]>>;
type Combination<C extends Choices> = { [Name in keyof C]: C[Name][number] };

/** The fewest combinations, or nearly so, in which every two values of different settings come together. */
export function pairwise<C extends Choices>(choices: C): Array<Combination<C>> {
	const names = Object.keys(choices);
	const all = names.reduce<Array<Record<string, number>>>(
		(before, name) =>
			before.flatMap((one) => (choices[name] ?? []).map((_, index) => ({ ...one, [name]: index }))),
		[{}],
	);
	const pairsOf = (one: Record<string, number>) =>
		names.flatMap((a, index) => names.slice(index + 1).map((b) => `${a}=${one[a]} ${b}=${one[b]}`));
	const open = new Set(all.flatMap(pairsOf));
	const chosen: Array<Record<string, number>> = [];
	while (open.size > 0) {
		const gain = (one: Record<string, number>) => pairsOf(one).filter((pair) => open.has(pair)).length;
		const best = all.reduce((a, b) => (gain(b) > gain(a) ? b : a));
		for (const pair of pairsOf(best)) open.delete(pair);
		chosen.push(best);
	}
	return chosen.map(
		(one) =>
			Object.fromEntries(names.map((name) => [name, choices[name]?.[one[name] ?? 0]])) as Combination<C>,
	);
}
