import type { IWebhookFunctions } from 'n8n-workflow';

import { BOUNDS } from '../../domain/bounds';

/**
 * The request as n8n's webhook server extends it. `rawBody` is the body byte for byte, after any gzip; it is there
 * once n8n, or a call of `readRawBody`, has read the stream.
 */
export type WebhookServerRequest = ReturnType<IWebhookFunctions['getRequestObject']>;

/** The raw body, read from the network if that has not happened. Undefined when it cannot be had. */
export async function readRawBody(request: WebhookServerRequest): Promise<Buffer | undefined> {
	// n8n hands multipart over as files; its bytes are gone.
	if (request.contentType?.startsWith('multipart/')) return undefined;
	if (!Buffer.isBuffer(request.rawBody) && typeof request.readRawBody === 'function') {
		const isRead = await request.readRawBody().then(
			() => true,
			() => false,
		);
		if (!isRead) return undefined;
	}
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : undefined;
}

/**
 * The body's fields. n8n has parsed what announces itself as JSON or form; anything else is tried as JSON, then as
 * form fields, and stays text when it is neither. Undefined when the body is empty.
 */
export function readBody(request: WebhookServerRequest, rawBody: Buffer | undefined): unknown {
	const parsed = request.body as unknown;
	if (request.contentType?.startsWith('multipart/')) {
		return isObject(parsed) && 'data' in parsed ? parsed.data : parsed;
	}
	if (typeof parsed === 'string') return parseText(parsed);
	if (isObject(parsed) && (Array.isArray(parsed) || Object.keys(parsed).length > 0)) return plain(parsed);
	if (request.contentType === 'application/json' && parsed !== undefined && !isObject(parsed)) return parsed;
	return rawBody === undefined || rawBody.length === 0 ? undefined : parseText(rawBody.toString('utf8'));
}

/** Levels that are read at all: far more than an event may have, and few enough to take no time (rule X16). */
const DEEPEST_READ = 100_000;

/** The JSON that a text holds; undefined when it holds none, or nothing but brackets in brackets. */
export function jsonOf(text: string): unknown {
	if (isDeeper(text, DEEPEST_READ)) return undefined;
	try {
		return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
	} catch {
		return undefined;
	}
}

/** Whether JSON in a text opens more levels than `most` at once. */
function isDeeper(text: string, most: number): boolean {
	if (text.length <= most) return false;
	let levels = 0;
	let isInString = false;
	for (let at = 0; at < text.length; at += 1) {
		const sign = text[at];
		if (sign === '"') isInString = !isInString;
		else if (isInString) at += sign === '\\' ? 1 : 0;
		else if (sign === '[' || sign === '{') levels += 1;
		else if (sign === ']' || sign === '}') levels -= 1;
		if (levels > most) return true;
	}
	return false;
}

function parseText(text: string): unknown {
	const trimmed = text.replace(/^\uFEFF/, '').trim();
	if (trimmed === '') return undefined;
	if (/^[[{]/.test(trimmed)) return jsonOf(trimmed) ?? trimmed;
	// Form fields are one line of name=value pairs without spaces.
	return /^[^\s<>=&]+=\S*$/.test(trimmed) ? formFields(trimmed) : trimmed;
}

function formFields(text: string): Record<string, string | string[]> {
	const fields = new Map<string, string[]>();
	for (const [name, value] of new URLSearchParams(firstFields(text))) {
		const earlier = fields.get(name);
		if (earlier === undefined) fields.set(name, [value]);
		else earlier.push(value);
	}
	return Object.fromEntries(
		[...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
	);
}

/** One field more than an event may hold: that there are too many is noticed, and how many more does not matter. */
function firstFields(text: string): string {
	let at = -1;
	for (let fields = 0; fields <= BOUNDS.values; fields += 1) {
		at = text.indexOf('&', at + 1);
		if (at < 0) return text;
	}
	return text.slice(0, at);
}

/** Node's form parser makes objects without a prototype, on which expressions stumble. */
function plain(value: object): unknown {
	return Array.isArray(value) || Object.getPrototypeOf(value) !== null ? value : { ...value };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
