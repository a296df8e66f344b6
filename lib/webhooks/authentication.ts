/**
 * Decides whether a webhook comes from the contact center: pure, on the headers and the raw body, in constant time.
 * An empty or incomplete credential refuses everything.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

import { isRecord, ownValue } from '../domain/record';
import { isSafeOnTheWay } from '../http/host';
import { sameSecret } from './same-secret';
import { millisecondsOf } from '../domain/time';
import { open } from './signed-text';

/** `signedToken`: the agent desktop shows a token that n8n has signed for whoever signed in there. `oAuth2`: of an authorization server. */
export type WebhookMethod = 'basicAuth' | 'header' | 'hmac' | 'signedToken' | 'oAuth2';

/** The text that a platform signs: the body alone, or with the timestamp header's value in front of it. */
export type SignedContent = 'body' | 'timestampBody' | 'timestampDotBody';

/** What a caller must present: the fields of the credential type `contactCenterWebhookApi`, as n8n hands them out. */
export interface WebhookCredential {
	method?: WebhookMethod;
	user?: string;
	password?: string;
	headerName?: string;
	headerValue?: string;
	/** Further headers that all have to fit, as a JSON object of names and values (rule G2). */
	moreHeaders?: string;
	/** Name of the header that carries the signature. */
	signatureHeader?: string;
	/** Default `hex`. */
	signatureEncoding?: 'hex' | 'base64';
	/** Text in front of each signature, for example `sha256=`. */
	signaturePrefix?: string;
	secret?: string;
	/** Accepted as well, so that a secret can be changed without losing events. */
	secondSecret?: string;
	/** Name of the header with the time of sending: Unix seconds or milliseconds, or ISO 8601. */
	timestampHeader?: string;
	/** Seconds. Default {@link DEFAULT_TOLERANCE}. */
	timestampTolerance?: number;
	/** Default `body`. */
	signedContent?: SignedContent;
	/** Address of the authorization server. */
	issuer?: string;
	audience?: string;
	/** The platform's client id at the authorization server. */
	client?: string;
	scope?: string;
	checkedBy?: 'keys' | 'introspection';
	/** Where the server's keys are, or where to ask it about a token, when its description does not say so. */
	checkUrl?: string;
	ownClient?: string;
	ownSecret?: string;
}

/** A webhook as it came over the network. */
export interface ReceivedWebhook {
	method: string;
	/** Names in lower case, as Node's HTTP server gives them. */
	headers: Record<string, string | string[] | undefined>;
	/** The body byte for byte (after any gzip). Undefined when it cannot be had, as with multipart. */
	rawBody?: Uint8Array;
}

export type Authentication =
	| { ok: true }
	| {
			ok: false;
			/** What to answer when it is not 401. */
			status?: 403 | 503;
			/** For the log, never a secret. Not for the caller: it tells what the credential asks for. */
			reason: string;
			/** Value for the answer's `WWW-Authenticate` header, when the method has one. */
			challenge?: string;
	  };

/** Seconds that a timestamp may be off when the credential does not say. */
export const DEFAULT_TOLERANCE = 300;

const CHALLENGE = 'Basic realm="Contact Center Trigger", charset="UTF-8"';

/** Names that a caller can use for a header (RFC 9110, section 5.1). */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const SHORT_SECRET = 16;

/** More signatures than this in one header are not looked at. */
const MOST_SIGNATURES = 20;

/**
 * Checks a webhook against the credential. Tokens of OAuth 2.0 need the authorization server: `oauth2.ts` checks them, and
 * here they are refused.
 *
 * @param now the current time in milliseconds
 */
export function authenticateWebhook(
	webhook: ReceivedWebhook,
	credential: WebhookCredential,
	now = Date.now(),
): Authentication {
	const { missing } = checkWebhookCredential(credential);
	if (missing.length > 0) {
		return { ok: false, reason: `The webhook credential in n8n is not complete. ${missing[0]}` };
	}
	const authentication = checkProof(webhook, credential, now);
	if (authentication.ok) return authentication;
	const sent = methodSent(webhook.headers);
	if (sent === undefined || sent === credential.method) return authentication;
	return {
		...authentication,
		reason: `${authentication.reason} The caller sends ${WORDS[sent]} instead: choose a webhook credential with that method in the node.`,
	};
}

function checkProof(webhook: ReceivedWebhook, credential: WebhookCredential, now: number): Authentication {
	switch (credential.method) {
		case 'basicAuth':
			return checkBasic(webhook, credential);
		case 'header':
			return checkHeaders(webhook, credential);
		case 'signedToken':
			return checkToken(webhook, credential, now);
		case 'oAuth2':
			return { ok: false, reason: 'A token cannot be checked without the authorization server.' };
		default:
			return checkSignature(webhook, credential, now);
	}
}

/** In the middle of a sentence. */
const WORDS: Record<WebhookMethod, string> = {
	basicAuth: 'user and password',
	header: 'a secret header',
	hmac: 'a signature',
	signedToken: 'a signed token',
	oAuth2: 'an OAuth 2.0 token',
};

/** The method of which a caller shows something, as far as its headers tell. A secret header may have any name. */
function methodSent(headers: ReceivedWebhook['headers']): WebhookMethod | undefined {
	const authorization = headerOf(headers, 'authorization') ?? '';
	if (/^basic\s/i.test(authorization)) return 'basicAuth';
	if (/^bearer\s+[\w-]+\.[\w-]+\.[\w-]*$/i.test(authorization)) return 'oAuth2';
	if (/^bearer\s/i.test(authorization)) return 'signedToken';
	return Object.keys(headers).some((name) => /signature|hmac/i.test(name)) ? 'hmac' : undefined;
}

/** A method as the credential calls it, with what tells two credentials apart. No secrets. */
export function methodLabel(credential: WebhookCredential): string {
	switch (credential.method) {
		case 'basicAuth':
			return named('User and Password', credential.user);
		case 'header':
			return named('Secret Header', credential.headerName);
		case 'hmac':
			return named('Signature', credential.signatureHeader);
		case 'signedToken':
			return 'Signed Token';
		case 'oAuth2':
			return named('OAuth 2.0 Token', credential.issuer);
		default:
			return 'no method';
	}
}

function named(method: string, detail: string | undefined): string {
	return text(detail) === '' ? method : `${method} (${text(detail)})`;
}

/** Methods for the middle of a sentence: `user and password, a signature, or a signed token`. */
export function methodsInWords(methods: readonly WebhookMethod[]): string {
	const last = methods.length - 1;
	return methods
		.map((method, index) => (index === last && last > 0 ? `or ${WORDS[method]}` : WORDS[method]))
		.join(', ');
}

/**
 * What is missing from a credential (then every webhook is refused), and what is unwise about it.
 * Each entry is one sentence for the person who fills it in.
 */
export function checkWebhookCredential(credential: WebhookCredential): {
	missing: string[];
	warnings: string[];
} {
	const missing: string[] = [];
	const warnings: string[] = [];
	const needed = (value: unknown, label: string) => {
		if (text(value) === '') missing.push(`'${label}' is empty.`);
	};
	const neededSecret = (value: unknown, label: string) => {
		needed(value, label);
		if (typeof value === 'string' && value !== value.trim()) {
			warnings.push(`'${label}' begins or ends with a space. Spaces there are not part of the secret.`);
		}
		const { length } = text(value);
		if (length > 0 && length < SHORT_SECRET) {
			warnings.push(`'${label}' is short. Use at least ${SHORT_SECRET} random characters.`);
		}
	};
	const neededHeader = (value: unknown, label: string) => {
		needed(value, label);
		if (text(value) !== '' && !HEADER_NAME.test(text(value))) {
			missing.push(`'${label}' is not a header name. Use letters, digits and hyphens only.`);
		}
	};

	switch (credential.method) {
		case 'basicAuth':
			needed(credential.user, 'User');
			if (text(credential.user).includes(':')) missing.push("'User' must not contain a colon (:).");
			neededSecret(credential.password, 'Password');
			break;
		case 'header':
			neededHeader(credential.headerName, 'Header Name');
			neededSecret(credential.headerValue, 'Header Value');
			if (moreHeadersOf(credential) === undefined) {
				missing.push(
					'\'Further Headers\' is not a JSON object of header names and values, such as {"X-Tenant": "berlin"}.',
				);
			}
			break;
		case 'oAuth2':
			missing.push(...missingForTokens(credential));
			break;
		case 'hmac':
			neededSecret(credential.secret, 'Secret');
			if (text(credential.secondSecret) !== '') neededSecret(credential.secondSecret, 'Second Secret');
			neededHeader(credential.signatureHeader, 'Signature Header');
			if (text(credential.timestampHeader) !== '') {
				neededHeader(credential.timestampHeader, 'Timestamp Header');
				if (signedContentOf(credential) === 'body') {
					warnings.push(
						"The timestamp is checked but not signed, so it does not protect from replays. Choose a 'Signed Content' with the timestamp if the platform offers one.",
					);
				}
			} else if (signedContentOf(credential) !== 'body') {
				missing.push("'Timestamp Header' is empty, but 'Signed Content' needs it.");
			}
			break;
		case 'signedToken':
			if (text(credential.secret) === '') neededSecret(credential.secret, 'Secret');
			else if (!isAbsentOrLong(credential.secret))
				missing.push("'Secret' is too short to sign tokens with: it takes 16 characters.");
			if (!isAbsentOrLong(credential.secondSecret))
				missing.push("'Second Secret' is too short to sign tokens with: it takes 16 characters.");
			break;
		default:
			missing.push("'Method' is not chosen.");
	}
	return { missing, warnings };
}

function checkBasic(webhook: ReceivedWebhook, credential: WebhookCredential): Authentication {
	const [scheme = '', encoded = ''] = (headerOf(webhook.headers, 'authorization') ?? '').split(/\s+/, 2);
	if (scheme.toLowerCase() !== 'basic' || encoded === '') {
		return {
			ok: false,
			reason: 'The user and password are missing. Send them with HTTP Basic authentication.',
			challenge: CHALLENGE,
		};
	}
	const presented = Buffer.from(encoded, 'base64');
	if (!isSecret(presented, `${text(credential.user)}:${text(credential.password)}`)) {
		return {
			ok: false,
			reason: 'The user or the password is not the one in the webhook credential.',
			challenge: CHALLENGE,
		};
	}
	return { ok: true };
}

function checkHeaders(webhook: ReceivedWebhook, credential: WebhookCredential): Authentication {
	const first: [string, string] = [text(credential.headerName), text(credential.headerValue)];
	// All are compared, so that the time taken does not tell which of them was wrong.
	const checks = [first, ...(moreHeadersOf(credential) ?? [])].map(([name, value]) =>
		checkHeader(webhook, name, value),
	);
	return checks.find(({ ok }) => !ok) ?? { ok: true };
}

function checkHeader(webhook: ReceivedWebhook, name: string, value: string): Authentication {
	const presented = headerOf(webhook.headers, name);
	if (presented === undefined) return { ok: false, reason: `The header '${name}' is missing.` };
	// Node reads header values as Latin-1, one byte a character.
	if (!isSecret(Buffer.from(presented, 'latin1'), value)) {
		return {
			ok: false,
			reason: `The value of the header '${name}' is not the one in the webhook credential.`,
		};
	}
	return { ok: true };
}

/** A token that this n8n has signed: whoever holds it may send until it ends. */
function checkToken(webhook: ReceivedWebhook, credential: WebhookCredential, now: number): Authentication {
	const [, token] = /^Bearer\s+(\S+)$/i.exec(headerOf(webhook.headers, 'authorization') ?? '') ?? [];
	if (token === undefined) return { ok: false, reason: 'The token is missing. Send it as Bearer token.' };
	// Whoever can guess the secret can sign.
	const secrets = [credential.secret, credential.secondSecret]
		.map(text)
		.filter((secret) => secret.length >= SHORT_SECRET);
	const opened = secrets.map((secret) => open('desktop', token, secret, now));
	if (opened.some((one) => !('refused' in one))) return { ok: true };
	const hasEnded = opened.some((one) => 'refused' in one && one.refused === 'ended');
	return {
		ok: false,
		reason: hasEnded
			? 'The token has ended. The agent has to sign in once more.'
			: 'The token was not signed with the secret of the webhook credential.',
	};
}

function isAbsentOrLong(secret: unknown): boolean {
	return text(secret) === '' || text(secret).length >= SHORT_SECRET;
}

/** The further headers, by name; undefined when they cannot be read or one of them is empty. */
function moreHeadersOf({ moreHeaders }: WebhookCredential): Array<[string, string]> | undefined {
	if (text(moreHeaders) === '') return [];
	try {
		const read = JSON.parse(text(moreHeaders)) as unknown;
		if (!isRecord(read)) return undefined;
		const headers = Object.entries(read).map(([name, value]): [string, string] => [name.trim(), text(value)]);
		return headers.every(([name, value]) => HEADER_NAME.test(name) && value !== '') ? headers : undefined;
	} catch {
		return undefined;
	}
}

/** What a credential lacks for tokens to be checked. Without a recipient, tokens for others would be accepted, too. */
function missingForTokens(credential: WebhookCredential): string[] {
	const missing: string[] = text(credential.issuer) === '' ? ["'Issuer' is empty."] : [];
	for (const [label, value] of [
		['Issuer', credential.issuer],
		['Address for the Check', credential.checkUrl],
	] as const) {
		if (text(value) === '') continue;
		const url = URL.canParse(text(value)) ? new URL(text(value)) : undefined;
		if (url === undefined || !isSafeOnTheWay(url)) {
			missing.push(`'${label}' is not an address that begins with https://.`);
		}
	}
	if (text(credential.audience) === '' && text(credential.client) === '') {
		missing.push(
			"'Audience' and 'Client ID of the Platform' are both empty: then every token of the server would be accepted. Fill in at least one.",
		);
	}
	if (credential.checkedBy === 'introspection') {
		if (text(credential.ownClient) === '') missing.push("'Own Client ID' is empty.");
		if (text(credential.ownSecret) === '') missing.push("'Own Client Secret' is empty.");
	}
	return missing;
}

function checkSignature(
	webhook: ReceivedWebhook,
	credential: WebhookCredential,
	now: number,
): Authentication {
	if (webhook.method.toUpperCase() === 'GET') {
		return {
			ok: false,
			reason:
				'A GET request has no body that could be signed. Send the event with POST, or choose another method in the webhook credential.',
		};
	}
	if (webhook.rawBody === undefined) {
		return {
			ok: false,
			reason: 'The body could not be read as it was sent. Send JSON or form fields, not multipart/form-data.',
		};
	}
	if (webhook.rawBody.length === 0) {
		return { ok: false, reason: 'The body is empty, so there is nothing that a signature could protect.' };
	}
	const name = text(credential.signatureHeader);
	const presented = headerOf(webhook.headers, name);
	if (presented === undefined) return { ok: false, reason: `The signature header '${name}' is missing.` };

	const timestampName = text(credential.timestampHeader);
	const timestamp = timestampName === '' ? '' : headerOf(webhook.headers, timestampName);
	if (timestamp === undefined)
		return { ok: false, reason: `The timestamp header '${timestampName}' is missing.` };
	if (timestampName !== '') {
		const sent = millisecondsOf(timestamp);
		if (sent === undefined) {
			return {
				ok: false,
				reason: `The timestamp header '${timestampName}' is neither a Unix time nor an ISO 8601 date.`,
			};
		}
		const tolerance = toleranceOf(credential);
		if (Math.abs(now - sent) > tolerance * 1000) {
			return {
				ok: false,
				reason: `The timestamp is more than ${tolerance} seconds away from the clock of this server. Check the clocks on both sides.`,
			};
		}
	}

	const digests = [credential.secret, credential.secondSecret]
		.map(text)
		.filter((secret) => secret !== '')
		.map((secret) =>
			signature(secret, signedContentOf(credential), timestamp, webhook.rawBody ?? new Uint8Array()),
		);
	// Every pair is compared, so that the time taken does not tell which of them came close.
	let found = false;
	for (const candidate of signatures(presented, text(credential.signaturePrefix), encodingOf(credential))) {
		for (const digest of digests) found = timingSafeEqual(candidate, digest) || found;
	}
	if (!found) {
		return {
			ok: false,
			reason:
				'The signature does not fit the body. Check the secret, the encoding and the signed content in the webhook credential.',
		};
	}
	return { ok: true };
}

/** The signatures in a header: alone, with the prefix, or as `name=signature` parts. Only those of the right length. */
function signatures(value: string, prefix: string, encoding: 'hex' | 'base64'): Buffer[] {
	const found: Buffer[] = [];
	const parts = [value, ...value.split(/[\s,;]+/)].slice(0, MOST_SIGNATURES);
	for (const part of parts) {
		const withoutPrefix =
			prefix !== '' && part.toLowerCase().startsWith(prefix.toLowerCase()) ? part.slice(prefix.length) : part;
		const withoutName = /^[A-Za-z][\w-]*=(.+)$/.exec(part)?.[1];
		for (const candidate of [withoutPrefix, withoutName]) {
			const digest = candidate === undefined ? undefined : decoded(candidate.trim(), encoding);
			if (digest !== undefined) found.push(digest);
		}
	}
	return found;
}

function decoded(candidate: string, encoding: 'hex' | 'base64'): Buffer | undefined {
	const pattern = encoding === 'hex' ? /^[0-9a-f]{64}$/i : /^[\w+/-]{43}=?$/;
	if (!pattern.test(candidate)) return undefined;
	const digest = Buffer.from(candidate, encoding);
	return digest.length === 32 ? digest : undefined;
}

function signature(secret: string, content: SignedContent, timestamp: string, body: Uint8Array): Buffer {
	const hmac = createHmac('sha256', secret);
	if (content === 'timestampBody') hmac.update(timestamp, 'utf8');
	if (content === 'timestampDotBody') hmac.update(`${timestamp}.`, 'utf8');
	return hmac.update(body).digest();
}

/** In constant time, see {@link sameSecret}. */
function isSecret(presented: Uint8Array, secret: string): boolean {
	const utf8 = sameSecret(presented, secret);
	// Clients differ in how they write letters such as "ü"; Latin-1 is the other usual way.
	const isLatin = [...secret].every((character) => character.charCodeAt(0) < 256 && character.length === 1);
	const latin = isLatin && sameSecret(presented, Buffer.from(secret, 'latin1'));
	return utf8 || latin;
}

/** A header of a request, without blanks around it; undefined when it is absent or empty. */
export function headerOf(headers: ReceivedWebhook['headers'], name: string): string | undefined {
	const value = ownValue(headers, name.toLowerCase());
	const single = Array.isArray(value) ? value.join(', ') : value;
	return single === undefined || single.trim() === '' ? undefined : single.trim();
}

function signedContentOf(credential: WebhookCredential): SignedContent {
	return credential.signedContent ?? 'body';
}

function encodingOf(credential: WebhookCredential): 'hex' | 'base64' {
	return credential.signatureEncoding === 'base64' ? 'base64' : 'hex';
}

function toleranceOf(credential: WebhookCredential): number {
	const seconds = Number(credential.timestampTolerance ?? DEFAULT_TOLERANCE);
	return Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_TOLERANCE;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
