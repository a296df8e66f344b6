/**
 * What can go wrong with Kustomer, in words that say what happened, where, and what to do.
 *
 * Kustomer answers errors in two shapes, and both are read: https://developer.kustomer.com/docs/concepts/errors
 */
import { isRecord, ownValue } from '../domain/record';
import { commonErrors } from '../http/common-errors';
import { ServiceError, type CommonErrorKind, type ServiceErrorDetails } from '../http/errors';
import { requestIdOf } from '../http/headers';
import type { HttpResponse } from '../http/http';
import { shownBody, shownText, withoutFullStop } from '../http/shown-text';
import { REQUEST_ROLES, type RequestName, type RequestRole } from './roles';

export type KustomerErrorKind =
	| CommonErrorKind
	/** The request was not understood or not allowed as it is: 400, 422. */
	| 'badRequest'
	/** The organization has not defined a custom attribute that was sent. */
	| 'unknownAttribute'
	/** Kustomer does not accept one of the fields, for example an id chosen by us. */
	| 'unknownField'
	/** 401: the key is wrong or expired; some parts of Kustomer also answer it for a missing role. */
	| 'unauthorized'
	/** 402. */
	| 'plan'
	/** 403: a role is missing. */
	| 'forbidden'
	/** The key belongs to another region than the host. */
	| 'wrongRegion'
	/** 404. */
	| 'notFound'
	/** 409: it exists already, or somebody else changed it meanwhile. */
	| 'conflict'
	/** 413. */
	| 'tooLarge'
	/** 5xx. */
	| 'server'
	/** Kustomer knows several where one was expected. */
	| 'severalMatches';

export interface KustomerErrorDetails extends ServiceErrorDetails<KustomerErrorKind> {
	operation: RequestName;
	/** Kustomer's own title, redacted. */
	title?: string;
	/** The field at fault, in Kustomer's words. */
	parameter?: string;
	/** Names of the custom attributes that Kustomer does not know; filled for the kind `unknownAttribute`. */
	unknownAttributes?: string[];
	/** The role that is missing or may be missing (rule X8). */
	role?: string;
}

/** Kustomer refused a request, or did not answer. */
export class KustomerError extends ServiceError<KustomerErrorKind> {
	readonly operation: RequestName;
	readonly title?: string;
	readonly parameter?: string;
	readonly unknownAttributes: readonly string[];
	readonly role?: string;

	constructor(details: KustomerErrorDetails) {
		super(details);
		this.name = 'KustomerError';
		this.operation = details.operation;
		this.title = details.title;
		this.parameter = details.parameter;
		this.unknownAttributes = details.unknownAttributes ?? [];
		this.role = details.role;
	}
}

/** The errors that every service can give, as Kustomer's. */
export const errors = commonErrors(
	{
		name: 'Kustomer',
		whenSlow: 'raise the timeout',
		whenBroken: 'Check the base URL in the credential',
		whenNotFound:
			'Check the organization name and the base URL in the credential. The organization name is the first part of the address at which agents open Kustomer.',
		hostField: 'the base URL in the credential',
		limited: "the organization's request limit is used up",
		whenLimited:
			"Raise the maximum wait, lower the number of items that run at once, or spread the work over time. The limit is shared by everything that uses the organization's API.",
		whenCanceled: 'Operations with an external ID are safe to repeat.',
		whenUnexpected: 'Check the base URL in the credential: another service, or a proxy, may be answering.',
	},
	(operation: RequestName) => REQUEST_ROLES[operation].does,
	(details, operation) => new KustomerError({ ...details, operation }),
);

export const { unexpectedAnswerError } = errors;

/** What the error texts need to know of the request that failed. */
export interface RequestContext {
	operation: RequestName;
	/** Name of the organization as in `acme.api.kustomerapp.com`, when known. */
	organization?: string;
}

/** Headers that may hold the id of a request. */
const REQUEST_IDS = [
	'x-kustomer-request-id',
	'x-request-id',
	'x-amzn-requestid',
	'x-amzn-trace-id',
	'x-amz-cf-id',
];

/** One entry of an error body, whichever of the two shapes it came in. */
interface ErrorEntry {
	code?: string;
	title?: string;
	detail?: string;
	parameter?: string;
}

/**
 * Turns an answer with an error status into an error with a helpful text.
 *
 * @param response an answer with a status that is not a success
 */
export function errorFromResponse(response: HttpResponse, context: RequestContext): KustomerError {
	const entries = readEntries(response.body);
	const text = entries.map((entry) => [entry.title, entry.detail].filter(Boolean).join(' ')).join(' ');
	const first = entries[0] ?? {};
	const { does, role }: RequestRole = REQUEST_ROLES[context.operation];
	const base = {
		operation: context.operation,
		status: response.status,
		title: first.title,
		detail: first.detail,
		parameter: first.parameter,
		requestId: requestIdOf(response.headers, REQUEST_IDS),
	};

	const pods = readPods(text, response.headers);
	if (pods !== undefined) {
		return new KustomerError({ ...base, kind: 'wrongRegion', ...wrongRegion(pods, context.organization) });
	}

	const unknown = entries.filter(isUnknownProperty);
	const unknownAttributes = unknown
		.filter(isUnderCustom)
		.flatMap((entry) => entry.parameter?.replace(/^custom[./]/, '') ?? []);
	if (unknownAttributes.length > 0) {
		return new KustomerError({
			...base,
			kind: 'unknownAttribute',
			parameter: `custom.${unknownAttributes[0]}`,
			unknownAttributes,
			...unknownAttributeTexts(context.operation, unknownAttributes),
		});
	}
	if (unknown[0] !== undefined) {
		const field = unknown[0].parameter ?? 'unknown';
		return new KustomerError({
			...base,
			kind: 'unknownField',
			message: `Kustomer refused to ${does}: it does not accept the field "${field}".`,
			advice:
				field === 'id'
					? 'This organization does not let clients choose IDs. Switch off the option to choose IDs; the external ID then keeps entries apart.'
					: `Leave the field "${field}" out. If it is a custom attribute, give it among the custom attributes.`,
		});
	}

	const said = sentenceOf(first);
	switch (response.status) {
		case 400:
		case 422:
			if (isDuplicateText(text))
				return new KustomerError({ ...base, kind: 'conflict', ...conflict(does, said) });
			return new KustomerError({
				...base,
				kind: 'badRequest',
				message: `Kustomer refused to ${does}: ${said}${at(first.parameter)}.`,
				advice:
					first.parameter === undefined
						? 'Check the values that are sent. Kustomer refuses the whole request when one value does not fit.'
						: `Check the value of "${first.parameter}". Kustomer refuses the whole request when one value does not fit.`,
			});
		case 401:
			return new KustomerError({
				...base,
				kind: 'unauthorized',
				role,
				message: `Kustomer did not accept the API key when asked to ${does}: ${said}.`,
				advice:
					role === undefined
						? 'Check the API key in the credential: it may be mistyped, expired or deleted, or not allowed from this address.'
						: `Check the API key in the credential: it may be mistyped, expired or deleted. If the key works elsewhere, it lacks the role ${role}. Roles of a key cannot be changed: create a new key in Kustomer under Settings > Security > API Keys.`,
			});
		case 402:
			return new KustomerError({
				...base,
				kind: 'plan',
				message: `Kustomer refused to ${does}: the organization's plan does not include this (${said}).`,
				advice: 'Ask Kustomer which plan includes this feature.',
			});
		case 403:
			return new KustomerError({
				...base,
				kind: 'forbidden',
				role,
				message:
					role === undefined
						? `The API key is not allowed to ${does}: ${said}.`
						: `The API key is not allowed to ${does}: it lacks the role ${role}.`,
				advice: `${
					role === undefined ? 'Give the key the role that is needed.' : `Give the key the role ${role}.`
				} Roles of a key cannot be changed: create a new key in Kustomer under Settings > Security > API Keys, and put it into the credential.`,
			});
		case 404:
			return new KustomerError({
				...base,
				kind: 'notFound',
				message: `Kustomer could not ${does}: it was not found.`,
				advice:
					'Check the ID. The entry may have been deleted or merged, or it belongs to another organization.',
			});
		case 409:
			return new KustomerError({ ...base, kind: 'conflict', ...conflict(does, said) });
		case 413:
			return new KustomerError({
				...base,
				kind: 'tooLarge',
				message: `Kustomer refused to ${does}: the request is too large.`,
				advice: 'Kustomer takes at most 100 kB for one request. Shorten the texts or send fewer attributes.',
			});
		case 429:
			return errors.rateLimitError(context.operation);
		default:
			if (response.status >= 500) {
				return new KustomerError({
					...base,
					kind: 'server',
					message: `Kustomer failed to ${does}: it answered with an error of its own (status ${response.status}).`,
					advice:
						'Try again later. If it goes on, see https://status.kustomer.com or ask Kustomer, with the request ID if there is one.',
				});
			}
			return new KustomerError({
				...base,
				kind: 'unexpectedAnswer',
				message: `Kustomer could not ${does}: it answered with the unexpected status ${response.status}.`,
				advice: 'Check the base URL in the credential: another service may be answering.',
			});
	}
}

/** Whether an error means that what should be created is there already, or was changed by somebody else. */
export function isConflict(error: KustomerError): boolean {
	return error.kind === 'conflict';
}

function at(parameter: string | undefined): string {
	return parameter === undefined ? '' : ` (field "${parameter}")`;
}

function conflict(does: string, said: string): { message: string; advice: string } {
	return {
		message: `Kustomer refused to ${does}: it conflicts with an entry that exists already, or with a change made at the same time (${said}).`,
		advice:
			'Phone numbers, email addresses and external IDs belong to one customer only: use Find or Create, or the shared phones and emails. If somebody changed the entry at the same time, run the operation again.',
	};
}

function unknownAttributeTexts(
	operation: RequestName,
	names: readonly string[],
): { message: string; advice: string } {
	const kind = operation.split('.')[0] ?? 'object';
	const list = names.map((name) => `"${name}"`).join(', ');
	const attributes = names.length === 1 ? `custom attribute ${list}` : `custom attributes ${list}`;
	const klass = kind.charAt(0).toUpperCase() + kind.slice(1);
	return {
		message: `Kustomer refused to ${REQUEST_ROLES[operation].does}: your organization has no ${attributes} for ${kind}s.`,
		advice: `Correct the name, or create the attribute in Kustomer under Settings > Platform > Klasses > ${klass}, or choose that unknown attributes are left out.`,
	};
}

const PODS: Record<string, { region: string; host: string } | undefined> = {
	prod1: { region: 'US', host: 'api.kustomerapp.com' },
	prod2: { region: 'EU', host: 'api.prod2.kustomerapp.com' },
	prod4: { region: 'India', host: 'api.prod4.kustomerapp.com' },
};

/** Which pod the key is for, and which pod answered. */
interface Pods {
	key: string;
	host: string;
}

/**
 * Reads the two pods out of an error text. The exact text is not published; it says that the token belongs to one pod
 * and that the request is handled by another. When the text names one pod only, the header names the other.
 */
function readPods(text: string, headers: HttpResponse['headers']): Pods | undefined {
	if (!/\bpods?\b/i.test(text)) return undefined;
	const names = [...text.matchAll(/\bprod\d+\b/gi)].map(([name]) => name.toLowerCase());
	const answering = headers['x-kustomer-pod'];
	if (typeof answering === 'string') names.push(answering.toLowerCase());
	const owner =
		/\b(?:belongs? to|issued (?:for|by)|created (?:in|for)|valid (?:for|in))\W+(?:the )?(?:pod\W+)?(prod\d+)/i.exec(
			text,
		)?.[1];
	const key = owner?.toLowerCase() ?? names[0];
	const host = names.find((name) => name !== key);
	return key === undefined || host === undefined ? undefined : { key, host };
}

/** Texts for a key that belongs to another region (rule X9). */
function wrongRegion(pods: Pods, organization: string | undefined): { message: string; advice: string } {
	const named = (pod: string) => {
		const known = ownValue(PODS, pod);
		return known === undefined ? pod : `${known.region} (${pod})`;
	};
	const asked = named(pods.host);
	const regional = ownValue(PODS, pods.key)?.host;
	const own = `${organization ?? '<organization>'}.api.kustomerapp.com`;
	return {
		message: `The API key is of the wrong region: it belongs to ${named(pods.key)}, but the request went to ${asked}.`,
		advice:
			regional === undefined
				? `Set the base URL in the credential to https://${own}, which always leads to the right region.`
				: `Set the base URL in the credential to https://${regional}, or to https://${own}, which always leads to the right region.`,
	};
}

function isUnknownProperty(entry: ErrorEntry): boolean {
	return (
		/additional propert(?:y|ies)/i.test(entry.title ?? '') || /additionalProperties$/.test(entry.detail ?? '')
	);
}

function isUnderCustom(entry: ErrorEntry): boolean {
	return /\/custom\//.test(entry.detail ?? '') || /\bcustom[./]/.test(entry.parameter ?? '');
}

/** Words by which a 400 says what a 409 says. The live service's choice of status is not documented. */
function isDuplicateText(text: string): boolean {
	return /duplicate|already (?:exists|in use|taken|used|registered)|must be unique|not unique|is taken/i.test(
		text,
	);
}

function sentenceOf(entry: ErrorEntry): string {
	const parts = [entry.title, entry.detail].filter(
		(part, index, all): part is string => part !== undefined && part !== '' && all.indexOf(part) === index,
	);
	return parts.length === 0 ? 'it gave no reason' : withoutFullStop(parts.join(': '));
}

function readEntries(body: unknown): ErrorEntry[] {
	if (typeof body === 'string') return [{ title: shownBody(body) }];
	if (!isRecord(body)) return [];
	const list = Array.isArray(body.errors) ? body.errors : [body.errors ?? body.error ?? body];
	return list.flatMap((item): ErrorEntry[] => {
		if (typeof item === 'string') return [{ title: shownBody(item) }];
		return isRecord(item) ? [entryOf(item)] : [];
	});
}

function entryOf(item: Record<string, unknown>): ErrorEntry {
	const source = isRecord(item.source) ? item.source : {};
	const pointer = shownText(source.pointer);
	const entry: ErrorEntry = {
		code: shownText(item.code),
		// The newer shape carries `message` in place of title and detail.
		title: shownText(item.title) ?? shownText(item.message),
		detail: shownText(item.detail) ?? (item.title === undefined ? undefined : shownText(item.message)),
		parameter:
			shownText(source.parameter) ?? pointer?.replace(/^\/?(?:data\/attributes\/)?/, '').replaceAll('/', '.'),
	};
	return entry;
}
