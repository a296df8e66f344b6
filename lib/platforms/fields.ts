/**
 * Reads the fields of a webhook whatever way the sender has written them: `call.id`, `call: { id }`, `call[id]`,
 * `call_id`, `CALL.ID`; as text or number; from the query or the body. What is empty or was left unfilled
 * (`{call.id}`) counts as missing. Nothing here throws.
 */
import { isJsonLike } from '../domain/bounds';
import { isRecord } from '../domain/record';
import type { SessionFile } from '../domain/session';
import { cutText } from '../domain/session-shape';
import { isoTime } from '../domain/time';

/** Deeper nesting and more fields than this are not read: no contact center sends them. */
const DEEPEST = 8;
const MOST_FIELDS = 5000;

/** A name longer than this is an accident or an attack; cut, it still fits into every text that is made of it. */
const LONGEST_NAME = 256;
/** Of a longer text the rest is not read: nothing that is made of a field is longer. */
const LONGEST_TEXT = 10_000;
/** No number and no SIP address is longer. */
const LONGEST_NUMBER = 256;

/** A template's placeholder that the sender did not replace: `{call.id}`, `{{ call.id }}`, `${call.id}`. */
const PLACEHOLDER = /^\$?\{\{?[\w.[\] $-]{0,150}\}?\}$/;

/** What templates write where there is no value. "Null" is a family name. */
const NOTHING = new Set(['', 'null', 'NULL', 'undefined']);

/** What is written in that spelling already. Most names are, and a body may have thousands of them. */
const PLAIN_PART = /^[a-z\d]+$/;

/** One spelling for all of them: lower case, dots between parts, no separators inside a part. */
function canonical(path: string): string {
	if (PLAIN_PART.test(path)) return path;
	if (!/[.[]/.test(path)) return canonicalPart(path);
	return path
		.replace(/\[([^[\]]*)\]/g, '.$1')
		.split('.')
		.map(canonicalPart)
		.filter((part) => part !== '')
		.join('.');
}

function canonicalPart(part: string): string {
	return part.replace(/[\s_-]+/g, '').toLowerCase();
}

/** The fields of one event. */
export class Fields {
	private readonly values = new Map<string, unknown>();
	private readonly inexact = new Map<string, string>();
	private withNumber: string[] | undefined;

	/** @param sources from the least to the most important: where two fill the same field, the later one wins */
	constructor(...sources: unknown[]) {
		for (const source of sources) this.add(source, '', 0);
	}

	private add(source: unknown, prefix: string, depth: number): void {
		if (typeof source !== 'object' || source === null || depth > DEEPEST) return;
		const inner: Array<[path: string, value: unknown]> = [];
		for (const key of Object.keys(source)) {
			if (this.values.size > MOST_FIELDS) return;
			const value = (source as Record<string, unknown>)[key];
			const name = canonical(key);
			if (name === '') continue;
			const path = prefix === '' ? name : `${prefix}.${name}`;
			if (isFilled(value) || !this.values.has(path)) this.values.set(path, value);
			if (isInexact(value)) this.inexact.set(path, key);
			inner.push([path, value]);
		}
		// What stands on top is read first, so that a long list inside does not use up the fields.
		for (const [path, value] of inner) this.add(value, path, depth + 1);
	}

	/**
	 * The same fields, where those that stand under one of these names, as an object or as JSON text, are found without it
	 * as well: of `{ data: { id } }`, `id`. They win over fields of the same name outside.
	 */
	under(...names: string[]): Fields {
		const inner = new Fields();
		for (const [path, value] of this.values) inner.values.set(path, value);
		for (const [path, key] of this.inexact) inner.inexact.set(path, key);
		for (const name of names.map(canonical)) {
			for (const [path, value] of this.values) {
				if (path.startsWith(`${name}.`) && isFilled(value))
					inner.values.set(path.slice(name.length + 1), value);
			}
			const value = this.values.get(name);
			if (typeof value === 'string') inner.add(fromJson(value), '', 0);
		}
		return inner;
	}

	/** The first field that has a value, as it came. */
	value(...paths: string[]): unknown {
		return this.filled(paths)?.value;
	}

	/** Names of the fields whose number has lost digits on the way, see {@link text}, as the sender writes them. */
	inexactIn(...paths: string[]): string[] {
		return paths.flatMap((path) => this.inexact.get(canonical(path)) ?? []);
	}

	/**
	 * Text without spaces at its ends, cut after 10,000 characters. Numbers become text, anything else is missing. So is a
	 * number of more digits than a number in JSON keeps, such as 12345678901234567890: as an id it would be that of others, too.
	 */
	text(...paths: string[]): string | undefined {
		for (const path of paths) {
			const value = this.filled([path])?.value;
			const found = isInexact(value) ? undefined : scalar(value);
			if (found !== undefined) return cutText(found, LONGEST_TEXT).trim();
		}
		return undefined;
	}

	/** Name of a person or a queue: text, cut after 256 characters. */
	name(...paths: string[]): string | undefined {
		const found = this.text(...paths);
		return found === undefined ? undefined : cutText(found, LONGEST_NAME);
	}

	/**
	 * A phone number as it was written. A plus sign that was lost in a URL (`?from=+49…`) comes back. What is longer than
	 * 256 characters is no number and missing.
	 */
	phone(...paths: string[]): string | undefined {
		for (const path of paths) {
			const found = scalar(this.filled([path])?.value);
			if (found === undefined || found.length > LONGEST_NUMBER) continue;
			return /^ +\d{6}/.test(found) ? `+${found.trim()}` : found.trim();
		}
		return undefined;
	}

	/** A point in time, ISO 8601 in UTC with milliseconds. From ISO text, Unix seconds or Unix milliseconds. */
	time(...paths: string[]): string | undefined {
		for (const path of paths) {
			const found = isoTime(scalar(this.filled([path])?.value));
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** Seconds, from a number or from `1:05` or `0:01:05`. Never negative. */
	seconds(...paths: string[]): number | undefined {
		for (const path of paths) {
			const found = seconds(this.text(path));
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** A number, also when written as text. */
	number(...paths: string[]): number | undefined {
		for (const path of paths) {
			const found = this.text(path);
			if (found !== undefined && Number.isFinite(Number(found))) return Number(found);
		}
		return undefined;
	}

	/** True or false, also when written as text, `yes`, `1`. */
	flag(...paths: string[]): boolean | undefined {
		const found = this.value(...paths);
		if (typeof found === 'boolean') return found;
		const word = scalar(found)?.trim().toLowerCase() ?? '';
		if (['true', 'yes', '1', 'on'].includes(word)) return true;
		if (['false', 'no', '0', 'off'].includes(word)) return false;
		return undefined;
	}

	/** An object as it came, keys untouched. */
	object(...paths: string[]): Record<string, unknown> | undefined {
		for (const path of paths) {
			const found = fromJson(this.filled([path])?.value);
			if (isRecord(found) && Object.keys(found).length > 0) return found;
		}
		return undefined;
	}

	/** A list: an array, a list in JSON text, numbered fields (`items[0]`), or one value alone. */
	list(...paths: string[]): unknown[] {
		for (const path of paths) {
			const found = fromJson(this.filled([path])?.value);
			if (Array.isArray(found)) return found;
			if (isRecord(found) && Object.keys(found).length > 0 && Object.keys(found).every(isIndex)) {
				return Object.values(found);
			}
			if (found !== undefined) return [found];
			const numbered = this.numbered(canonical(path));
			if (numbered.length > 0) return numbered;
		}
		return [];
	}

	/** True when one of these fields still carries the placeholder of a template. */
	isUnfilled(...paths: string[]): boolean {
		return this.spellings(paths).some((path) => isPlaceholder(this.values.get(path)));
	}

	/** True when the sender has written nothing at all, not even a placeholder. */
	get isEmpty(): boolean {
		return ![...this.values.values()].some((value) => isFilled(value) || isPlaceholder(value));
	}

	private filled(paths: string[]): { value: unknown } | undefined {
		for (const path of this.spellings(paths)) {
			const value = this.values.get(path);
			if (isFilled(value)) return { value };
		}
		return undefined;
	}

	/** `call.id` is also looked for as `callId` or `call_id`. */
	private spellings(paths: string[]): string[] {
		return paths.flatMap((path) => {
			const name = canonical(path);
			return name.includes('.') ? [name, name.replace(/\./g, '')] : [name];
		});
	}

	/** Names with a number in them. They are looked for once: a body may have thousands of names, and many lists are read. */
	private get namesWithNumber(): string[] {
		return (this.withNumber ??= [...this.values.keys()].filter((name) => /\.\d+\./.test(name)));
	}

	private numbered(path: string): unknown[] {
		const rows = new Map<string, Record<string, unknown>>();
		for (const name of this.namesWithNumber) {
			const value = this.values.get(name);
			const match = name.startsWith(`${path}.`) ? /^(\d+)\.(.+)$/.exec(name.slice(path.length + 1)) : null;
			if (match?.[1] === undefined || match[2] === undefined) continue;
			const row = rows.get(match[1]) ?? {};
			row[match[2]] = value;
			rows.set(match[1], row);
		}
		return [...rows.values()];
	}
}

/**
 * Recordings and other files out of a list whose entries are objects or plain URLs. Entries without an id and
 * without a URL are left out.
 */
export function sessionFiles(entries: unknown[], kind: SessionFile['kind']): SessionFile[] {
	const files: SessionFile[] = [];
	for (const entry of entries) {
		const fields = isRecord(entry) ? new Fields(entry) : new Fields({ [isUrl(entry) ? 'url' : 'id']: entry });
		const file = known<SessionFile>({
			kind,
			id: fields.text('id', 'recording.id', 'file.id'),
			url: fields.text('url', 'recording.url', 'file.url', 'link'),
			name: fields.text('name', 'filename', 'file.name'),
			contentType: fields.text('contentType', 'mimeType', 'file.contentType'),
			size: fields.number('size', 'file.size'),
			duration: fields.seconds('duration'),
		});
		if (file.id !== undefined || file.url !== undefined) files.push(file);
	}
	return files;
}

/** The object without the entries that are undefined: a session says what it knows, everything else is absent. */
export function known<T extends object>(facts: T): T {
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}

/** Like {@link known}, and undefined when nothing is known at all. */
export function knownOrNothing<T extends object>(facts: T): T | undefined {
	const rest = known(facts);
	return Object.keys(rest).length > 0 ? rest : undefined;
}

function seconds(written: string | undefined): number | undefined {
	if (written === undefined) return undefined;
	if (/^\d{1,9}(\.\d+)?$/.test(written)) return Number(written);
	const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d\d)$/.exec(written);
	if (clock === null) return undefined;
	return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
}

/** Text of a single value. Of several (`?id=1&id=2`), the first that is filled. */
function scalar(value: unknown): string | undefined {
	if (Array.isArray(value)) return value.map(scalar).find((entry) => entry !== undefined);
	if (typeof value === 'number') return Number.isFinite(value) ? plainNumber(value) : undefined;
	return typeof value === 'string' && isFilled(value) ? value : undefined;
}

/** Whether a number stands for others as well, because JSON's numbers have no more digits. Of several, whether the first one does. */
function isInexact(value: unknown): boolean {
	if (Array.isArray(value)) return isInexact(value[0]);
	return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** Digits without an exponent: phone numbers and Unix times arrive as numbers too. */
function plainNumber(value: number): string {
	return Number.isSafeInteger(value) ? BigInt(value).toString() : String(value);
}

function isFilled(value: unknown): boolean {
	if (value === undefined || value === null) return false;
	if (typeof value === 'string') return !NOTHING.has(beginningOf(value)) && !isPlaceholder(value);
	return true;
}

function isPlaceholder(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(isPlaceholder);
	return typeof value === 'string' && PLACEHOLDER.test(beginningOf(value));
}

/** What is read of a text. What follows makes neither nothing nor a placeholder of it. */
function beginningOf(text: string): string {
	return text.slice(0, LONGEST_TEXT).trim();
}

function fromJson(value: unknown): unknown {
	if (typeof value !== 'string' || !isJsonLike(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

function isUrl(value: unknown): boolean {
	return typeof value === 'string' && /^https?:\/\//i.test(value.trim());
}

function isIndex(key: string): boolean {
	return /^\d+$/.test(key);
}
