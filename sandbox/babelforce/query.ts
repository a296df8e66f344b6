/** Reads query parameters strictly. assumes: unknown-parameter-is-400 */
import { ApiError } from './errors';

/** assumes: largest-page */
const LARGEST_PAGE = 100;
const USUAL_PAGE = 20;

export type Pairs = ReadonlyArray<readonly [name: string, value: string]>;

/** As the contract writes ids in filters; in paths they have no hyphens. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a parameter takes. `prefixed` ones may also be written with `filters.` in front. */
export interface Parameter {
	kind: 'text' | 'uuid' | 'number' | 'boolean' | readonly string[];
	/** Whether it may be sent several times. */
	many?: boolean;
}

/** The values of the parameters; each a list. */
export class Query {
	private readonly values = new Map<string, string[]>();

	/**
	 * @param prefix an alternative way to write the names: `filters.`
	 * @throws {ApiError} 400
	 */
	constructor(pairs: Pairs, known: Readonly<Record<string, Parameter>>, prefix?: string) {
		const all: Record<string, Parameter> = { ...known, page: { kind: 'number' }, max: { kind: 'number' } };
		for (const [sent, value] of pairs) {
			const name = prefix !== undefined && sent.startsWith(prefix) ? sent.slice(prefix.length) : sent;
			const parameter = Object.hasOwn(all, name) ? all[name] : undefined;
			if (parameter === undefined) throw new ApiError(400, `Unknown parameter ${sent}`);
			if (!fits(parameter, value)) throw new ApiError(400, `Invalid value for parameter ${sent}`);
			const values = this.values.get(name) ?? [];
			if (values.length > 0 && parameter.many !== true) {
				throw new ApiError(400, `Parameter ${sent} was sent several times`);
			}
			values.push(parameter.kind === 'uuid' ? value.replaceAll('-', '').toLowerCase() : value);
			this.values.set(name, values);
		}
	}

	one(name: string): string | undefined {
		return this.values.get(name)?.[0];
	}

	/** Whether a value is among those asked for, or nothing was asked. */
	admits(name: string, value: string | null | undefined): boolean {
		const wanted = this.values.get(name);
		return wanted === undefined || (typeof value === 'string' && wanted.includes(value));
	}

	/** Whether one of the values is among those asked for, or nothing was asked. */
	admitsSome(name: string, values: readonly string[]): boolean {
		const wanted = this.values.get(name);
		return wanted === undefined || values.some((value) => wanted.includes(value));
	}

	/** The envelope of the page that was asked for. */
	page<Item>(items: readonly Item[]): unknown {
		const current = Number(this.one('page') ?? 1);
		const max = Math.min(Number(this.one('max') ?? USUAL_PAGE), LARGEST_PAGE);
		if (current < 1 || max < 1) throw new ApiError(400, 'page and max start at 1');
		const pages = Math.max(1, Math.ceil(items.length / max));
		return {
			items: items.slice((current - 1) * max, current * max),
			pagination: {
				pages,
				total: items.length,
				current,
				max,
				maxResults: max,
				...(current < pages ? { next: `page=${current + 1}&max=${max}` } : {}),
			},
			success: true,
		};
	}
}

function fits({ kind }: Parameter, value: string): boolean {
	switch (kind) {
		case 'text':
			return value !== '';
		case 'uuid':
			return UUID.test(value);
		case 'number':
			return /^\d{1,12}$/.test(value);
		case 'boolean':
			return value === 'true' || value === 'false';
		default:
			return kind.includes(value);
	}
}
