import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { mistypedIn, refuseMistyped, type Mistyped } from './mistyped';

/** The node's parameters as they are for one item. */
export interface ItemParameters {
	/** The item's position in the input, from 0. */
	readonly itemIndex: number;
	/** The workflow's time zone, for times that name none. */
	readonly timezone: string;
	/** A parameter with its expressions resolved; undefined when the node has no such parameter. */
	get(name: string): unknown;
	/** Whether the parameter is an expression, or holds one: it may then be empty for one item and not for another. */
	varies(name: string): boolean;
}

/**
 * Reads a node's parameters. One with a text that was meant as an expression and is none is refused when it is read. Resolving them takes n8n about as long as a request on a fast line, so:
 *
 * - a parameter without expressions is the same for every item and is resolved once;
 * - the others can be resolved ahead for the next item, while earlier items wait for answers.
 */
export class NodeParameters {
	/** As people wrote them, expressions unresolved: the same for every item. */
	private readonly written = new Map<string, Written>();

	/** Names of parameters with expressions, in the order of their first use. */
	private readonly variable = new Set<string>();

	private readonly ahead = new Map<number, Map<string, { value: unknown }>>();

	/** @param properties the panel, for the names that fields have there */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly properties: INodeProperties[] = [],
	) {}

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
			varies: (name) => this.asWritten(name).varies,
		};
	}

	/**
	 * One of the options that hold for the whole run, as it is for the first item. Alone: with the whole collection, n8n
	 * would also resolve the expressions of options that belong to single items.
	 *
	 * @returns undefined when it was not added
	 */
	option(name: string): unknown {
		const { value: options } = this.asWritten('options');
		const isThere = typeof options === 'object' && options !== null && Object.hasOwn(options, name);
		const value = isThere ? (options as Record<string, unknown>)[name] : undefined;
		if (!hasExpression(value)) return value ?? undefined;
		const resolved = this.context.getNodeParameter(`options.${name}`, 0, null) as unknown;
		return resolved ?? undefined;
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

	private asWritten(name: string): Written {
		const known = this.written.get(name);
		if (known !== undefined) return known;
		const raw = this.context.getNodeParameter(name, 0, null, { rawExpressions: true }) as unknown;
		const written = {
			value: raw ?? undefined,
			varies: hasExpression(raw),
			mistyped: mistypedIn(raw, name.split('.')),
		};
		this.written.set(name, written);
		return written;
	}

	private read(name: string, itemIndex: number): unknown {
		const written = this.asWritten(name);
		if (written.mistyped !== undefined) refuseMistyped(written.mistyped, this.properties);
		if (!written.varies) return written.value;
		this.variable.add(name);
		// Values are checked where they are used: n8n's own check would refuse "12" where 12 is meant.
		const value = this.context.getNodeParameter(name, itemIndex, null, { skipValidation: true }) as unknown;
		return value ?? undefined;
	}
}

interface Written {
	value: unknown;
	varies: boolean;
	/** Refused with the item that reads it. */
	mistyped: Mistyped | undefined;
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
