/**
 * Checks the bearer tokens of a caller that signs in with OAuth 2.0 (rule G2). The authorization server is the operator's own:
 * it gives tokens to the platform, and tells here whether a token is good, by its keys or by being asked.
 *
 * https://www.rfc-editor.org/rfc/rfc6750, https://www.rfc-editor.org/rfc/rfc9068, https://www.rfc-editor.org/rfc/rfc7662
 */
import { createHash } from 'node:crypto';

import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';

import { isRecord } from '../domain/record';
import { isSafeOnTheWay } from '../http/host';
import { Memory } from '../process/memory';
import { PoliteReading } from './polite-reading';

/** What a person says of the authorization server and of the tokens that are accepted. */
export interface OAuth2Settings {
	/** The server's address: the claim `iss` of its tokens, and where its description is. */
	issuer: string;
	/** The claim `aud`. Empty: any, and then `client` is given. */
	audience?: string;
	/** The client id that CCAI Platform has at the server. Empty: any, and then `audience` is given. */
	client?: string;
	/** Scopes that a token must have, separated by blanks. */
	scope?: string;
	/** `keys`: tokens are signed, and the server publishes its keys. `introspection`: the server is asked about each. */
	checkedBy: 'keys' | 'introspection';
	/** Where the keys are, or where to ask; the server's description tells it otherwise. */
	checkUrl?: string;
	/** With what the server is asked. */
	ownClient?: string;
	ownSecret?: string;
}

/** One request to the authorization server. */
export interface ServerRequest {
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	/** Form fields. */
	body?: string;
}

/** Sends a request to the authorization server. Throws when no answer comes. */
export type AskServer = (request: ServerRequest) => Promise<{ status: number; body: unknown }>;

/** Whether a token is accepted. */
export type TokenCheck =
	| { ok: true }
	| {
			ok: false;
			/** 401: no token, or not a good one. 403: good, but not for this. 503: the server cannot be asked. */
			status: 401 | 403 | 503;
			/** For the log; holds nothing of the token but names. */
			reason: string;
			/** For the header `WWW-Authenticate`. */
			challenge?: string;
	  };

/** Only signatures that need the server's private key: with `none` or a shared secret anybody could make tokens. */
const ALGORITHMS = [
	...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
	...['ES256', 'ES384', 'ES512', 'EdDSA'],
];

const MINUTE_MS = 60_000;
const LONGEST_TOKEN = 16_000;
/** Seconds by which clocks may differ. */
const TOLERANCE = 60;
/** Milliseconds for which the server's word on a token is believed. */
const BELIEVED_MS = 30_000;

const descriptions = new PoliteReading<Record<string, unknown>>(60 * MINUTE_MS, 5_000);
const keySets = new PoliteReading<ReturnType<typeof createLocalJWKSet>>(10 * MINUTE_MS, 30_000);
const spokenFor = new Memory<JWTPayload>(BELIEVED_MS, 1000);

const REALM = 'Bearer realm="contact center"';

/** Not the caller's fault: what the log has to say of the server. */
class ServerProblem extends Error {}

/**
 * Checks the token in a request's `Authorization` header.
 *
 * @param authorization the header's value; undefined when it is missing
 * @param now milliseconds since the epoch
 */
export async function checkToken(
	authorization: string | undefined,
	settings: OAuth2Settings,
	ask: AskServer,
	now: number,
): Promise<TokenCheck> {
	const token = /^bearer\s+(\S+)$/i.exec((authorization ?? '').slice(0, LONGEST_TOKEN + 100))?.[1];
	if (token === undefined || token.length > LONGEST_TOKEN) {
		return {
			ok: false,
			status: 401,
			reason: 'The bearer token is missing. Choose OAuth in the platform, and link it.',
			challenge: REALM,
		};
	}
	try {
		const claims =
			settings.checkedBy === 'introspection'
				? await askAbout(token, settings, ask, now)
				: await verified(token, settings, ask, now);
		return judged(claims, settings);
	} catch (error) {
		if (error instanceof errors.JOSEError) return refused(error);
		const reason =
			error instanceof ServerProblem ? error.message : 'The authorization server could not be reached.';
		return { ok: false, status: 503, reason };
	}
}

// --- signed tokens ------------------------------------------------------------------------------------------------------

async function verified(
	token: string,
	settings: OAuth2Settings,
	ask: AskServer,
	now: number,
): Promise<JWTPayload> {
	const issuer = withoutSlash(settings.issuer);
	const url = settings.checkUrl ?? (await described(issuer, 'jwks_uri', ask, now));
	const verify = async (newer: boolean) => {
		const keys = await keySets.get(url, now, async () => await readKeys(url, ask), newer);
		const { payload } = await jwtVerify(token, keys, {
			algorithms: ALGORITHMS,
			issuer: [issuer, `${issuer}/`],
			...(isSet(settings.audience) ? { audience: settings.audience } : {}),
			requiredClaims: ['exp'],
			clockTolerance: TOLERANCE,
			currentDate: new Date(now),
		});
		return payload;
	};
	return await verify(false).catch(async (error: unknown) =>
		// The server may have changed its keys.
		error instanceof errors.JWKSNoMatchingKey ? await verify(true) : await Promise.reject(error),
	);
}

async function readKeys(url: string, ask: AskServer): Promise<ReturnType<typeof createLocalJWKSet>> {
	const { keys } = await readDocument(url, ask, 'keys');
	if (!Array.isArray(keys)) throw new ServerProblem(`The keys at ${hostOf(url)} are no JSON Web Key Set.`);
	// A shared secret among them would be no secret.
	const asymmetric = (keys as unknown[]).filter((key) => isRecord(key) && key.kty !== 'oct');
	return createLocalJWKSet({ keys: asymmetric } as unknown as JSONWebKeySet);
}

// --- tokens that only the server understands ------------------------------------------------------------------------------

async function askAbout(
	token: string,
	settings: OAuth2Settings,
	ask: AskServer,
	now: number,
): Promise<JWTPayload> {
	const { ownClient = '', ownSecret = '' } = settings;
	const issuer = withoutSlash(settings.issuer);
	const key = createHash('sha256').update([issuer, ownClient, token].join('\n')).digest('base64');
	const known = spokenFor.get(key, now);
	if (known !== undefined) return unexpired(known, now);
	const url = settings.checkUrl ?? (await described(issuer, 'introspection_endpoint', ask, now));
	const { status, body } = await ask({
		method: 'POST',
		url: checkedAddress(url),
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			Authorization: `Basic ${Buffer.from(`${formEncoded(ownClient)}:${formEncoded(ownSecret)}`).toString('base64')}`,
		},
		body: new URLSearchParams({ token, token_type_hint: 'access_token' }).toString(),
	});
	if (status === 401 || status === 403) {
		throw new ServerProblem(
			`The authorization server refuses this n8n's own client (status ${status}). Check 'Own Client ID' and 'Own Client Secret' in the webhook credential.`,
		);
	}
	if (status !== 200 || !isRecord(body)) {
		throw new ServerProblem(
			`The authorization server answers status ${status} when it is asked about a token.`,
		);
	}
	if (body.active !== true) throw new errors.JWTInvalid('not active');
	const claims = body as JWTPayload;
	if (typeof claims.iss === 'string' && withoutSlash(claims.iss) !== issuer) {
		throw new errors.JWTClaimValidationFailed('other issuer', claims, 'iss');
	}
	spokenFor.set(key, claims, now);
	return unexpired(claims, now);
}

function unexpired(claims: JWTPayload, now: number): JWTPayload {
	if (typeof claims.exp === 'number' && now / 1000 > claims.exp + TOLERANCE) {
		throw new errors.JWTExpired('expired', claims, 'exp');
	}
	return claims;
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
function formEncoded(text: string): string {
	return new URLSearchParams({ '': text }).toString().slice(1);
}

// --- what every token has to say ------------------------------------------------------------------------------------------

function judged(claims: JWTPayload, { audience, client, scope = '' }: OAuth2Settings): TokenCheck {
	if (isSet(audience) && !listOf(claims.aud).includes(audience)) return notMeant('for another audience');
	if (isSet(client)) {
		const told = claims.client_id ?? claims.azp ?? claims.appid ?? claims.cid;
		if (told !== client) return notMeant('for another client');
	}
	const granted = new Set(
		[...listOf(claims.scope), ...listOf(claims.scp)].flatMap((one) => one.split(/\s+/)),
	);
	const missing = scope.split(/\s+/).filter((one) => one !== '' && !granted.has(one));
	if (missing.length === 0) return { ok: true };
	return {
		ok: false,
		status: 403,
		reason: `The token lacks the scope ${missing.join(' ')}. Enter it under Scope in the platform.`,
		challenge: `${REALM}, error="insufficient_scope"`,
	};
}

function notMeant(what: string): TokenCheck {
	return invalid(
		`The token is meant ${what}. Compare 'Audience' and 'Client ID of the Platform' in the webhook credential with what the authorization server puts into its tokens.`,
	);
}

function refused(error: errors.JOSEError): TokenCheck {
	if (error instanceof errors.JWTExpired)
		return invalid('The token has expired. The platform has to renew it.');
	if (error instanceof errors.JOSEAlgNotAllowed) {
		return invalid(
			'The token is signed in a way that is not accepted, such as none or with a shared secret.',
		);
	}
	if (error instanceof errors.JWTClaimValidationFailed) {
		return error.claim === 'aud'
			? notMeant('for another audience')
			: invalid(
					`The claim '${error.claim}' of the token is missing or not the one in the webhook credential.`,
				);
	}
	if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed) {
		return invalid('The token is not signed by the authorization server of the webhook credential.');
	}
	return invalid(
		'The token is none that is accepted: not signed, not active any more, or no token at all. Where the server gives tokens that only it understands, choose the token check Ask the Server.',
	);
}

function invalid(reason: string): TokenCheck {
	return { ok: false, status: 401, reason, challenge: `${REALM}, error="invalid_token"` };
}

// --- the server's description -----------------------------------------------------------------------------------------------

/** https://openid.net/specs/openid-connect-discovery-1_0.html and https://www.rfc-editor.org/rfc/rfc8414 */
async function described(issuer: string, name: string, ask: AskServer, now: number): Promise<string> {
	const description = await descriptions.get(issuer, now, async () => await readDescription(issuer, ask));
	const address = description[name];
	if (typeof address === 'string') return address;
	throw new ServerProblem(
		`The description of the authorization server at ${hostOf(issuer)} does not say its ${name}. Enter the address in the webhook credential.`,
	);
}

async function readDescription(issuer: string, ask: AskServer): Promise<Record<string, unknown>> {
	const { origin, pathname } = new URL(checkedAddress(issuer));
	const path = withoutSlash(pathname);
	const places = [
		`${issuer}/.well-known/openid-configuration`,
		`${origin}/.well-known/oauth-authorization-server${path}`,
	];
	for (const place of places) {
		const description = await readDocument(place, ask, 'description').catch((error: unknown) =>
			error instanceof ServerProblem ? undefined : Promise.reject(error),
		);
		if (description === undefined) continue;
		if (typeof description.issuer === 'string' && withoutSlash(description.issuer) === issuer)
			return description;
		throw new ServerProblem(
			`The authorization server at ${hostOf(issuer)} describes itself as another issuer. Copy 'Issuer' from its description.`,
		);
	}
	throw new ServerProblem(
		`The authorization server at ${hostOf(issuer)} has no description. Check 'Issuer' in the webhook credential, or enter the address of its keys there.`,
	);
}

async function readDocument(url: string, ask: AskServer, what: string): Promise<Record<string, unknown>> {
	const { status, body } = await ask({
		method: 'GET',
		url: checkedAddress(url),
		headers: { Accept: 'application/json' },
	});
	if (status >= 500) throw new Error(`status ${status}`);
	if (status === 200 && isRecord(body)) return body;
	throw new ServerProblem(`${hostOf(url)} does not give its ${what} (status ${status}).`);
}

/** An address that may be asked: encrypted, or on this machine. */
function checkedAddress(address: string): string {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url !== undefined && isSafeOnTheWay(url)) return address;
	throw new ServerProblem(
		`An address of the authorization server is none that begins with https://. Check 'Issuer' in the webhook credential.`,
	);
}

function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).hostname : 'its address';
}

function withoutSlash(address: string): string {
	return address.trim().replace(/\/$/, '');
}

function isSet(text: string | undefined): text is string {
	return text !== undefined && text.trim() !== '';
}

function listOf(value: unknown): string[] {
	return [value].flat().filter((one): one is string => typeof one === 'string');
}
