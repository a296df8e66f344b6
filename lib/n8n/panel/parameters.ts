import type { IExecuteFunctions } from 'n8n-workflow';

/** The node's parameters as they are for one item. */
export interface ItemParameters {
	/** The item's position in the input, from 0. */
	readonly itemIndex: number;
	/** The workflow's time zone, for times that name none. */
	readonly timezone: string;
	/** A parameter with its expressions resolved; undefined when the node has no such parameter. */
	get(name: string): unknown;
}

/**
 * Reads a node's parameters. Resolving them takes n8n about as long as a request on a fast line, so:
 *
 * - a parameter without expressions is the same for every item and is resolved once;
 * - the others can be resolved ahead for the next item, while earlier items wait for answers.
 */
export class NodeParameters {
	private readonly constants = new Map<string, unknown>();

	/** Names of parameters with expressions, in the order of their first use. */
	private readonly variable = new Set<string>();

	private readonly ahead = new Map<number, Map<string, { value: unknown }>>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** The parameters of one item. What was resolved once is remembered: operations read some of them twice. */
	forItem(itemIndex: number): ItemParameters {
		const resolved = this.ahead.get(itemIndex) ?? new Map<string, { value: unknown }>();
		this.ahead.delete(itemIndex);
		return {
			itemIndex,
			timezone: this.context.getTimezone(),
			get: (name) => {
				const known = resolved.get(name) ?? { value: this.read(name, itemIndex) };
				resolved.set(name, known);
				return known.value;
			},
		};
	}

	/** Resolves for an item what earlier items have read. An expression that fails, fails when the item is worked on. */
	resolveAhead(itemIndex: number): void {
		if (this.ahead.has(itemIndex)) return;
		const resolved = new Map<string, { value: unknown }>();
		for (const name of this.variable) {
			const outcome = attempt(() => this.read(name, itemIndex));
			// What failed is left to be read, and to fail, again.
			if (outcome !== undefined) resolved.set(name, outcome);
		}
		this.ahead.set(itemIndex, resolved);
	}

	private read(name: string, itemIndex: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		if (!this.variable.has(name)) {
			const raw = this.context.getNodeParameter(name, itemIndex, null, { rawExpressions: true }) as unknown;
			if (!hasExpression(raw)) {
				this.constants.set(name, raw ?? undefined);
				return raw ?? undefined;
			}
			this.variable.add(name);
		}
		// Values are checked where they are used: n8n's own check would refuse "12" where 12 is meant.
		const value = this.context.getNodeParameter(name, itemIndex, null, { skipValidation: true }) as unknown;
		return value ?? undefined;
	}
}

function attempt(read: () => unknown): { value: unknown } | undefined {
	try {
		return { value: read() };
	} catch {
		return undefined;
	}
}

/** Whether a parameter, or any part of it, is an expression. */
export function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(hasExpression);
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
