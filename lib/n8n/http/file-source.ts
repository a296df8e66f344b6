/** Where files come from in n8n: the binary data of an item, or an address. */
import type { BinaryHelperFunctions, IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { isRecord, ownValue } from '../../domain/record';
import { plainType } from '../../files/content-type';
import { FileError, stopped } from '../../files/file-error';
import type { FileContent, FileSource } from '../../files/file-source';
import {
	RefusedAddress,
	remoteAddress,
	type AddressProblem,
	type AddressRules,
} from '../../files/remote-address';
import { isRemoteFile, MOST_REDIRECTS, openRemoteFile, type NoRemoteFile } from '../../files/remote-file';
import { NoAnswer } from '../../http/http';
import { shownText } from '../../http/shown-text';
import { systemClock } from './client-settings';
import { createOpenAddress } from './open-address';
import { nameResolver } from './resolve-name';

/** Names of fields that an error text has room for, and characters of one. */
const MOST_FIELDS = 20;
const LONGEST_FIELD = 100;

function labelOf(field: string): string {
	return `the field '${shownText(field, LONGEST_FIELD) ?? ''}'`;
}

/**
 * The file in a binary field of an item. When n8n keeps binary data on disk, it is streamed from there; when n8n keeps it
 * in memory, it is there already.
 */
export function binarySource(context: IExecuteFunctions, itemIndex: number, field: string): FileSource {
	const label = labelOf(field);
	return {
		label,
		open: async () => {
			const data = binaryIn(context, itemIndex, field);
			if (data === undefined) throw noBinary(context, itemIndex, field);
			return await storedFile(context, label, data).open();
		},
	};
}

/**
 * A file that n8n keeps.
 *
 * @param label for error texts
 */
export function storedFile(
	{ helpers }: { helpers: Pick<BinaryHelperFunctions, 'getBinaryMetadata' | 'getBinaryStream'> },
	label: string,
	data: AnyBinary,
): FileSource {
	return {
		label,
		open: async () => {
			const named = { name: textOr(data.fileName), contentType: plainType(data.mimeType) };
			const id = textOr(data.id);
			if (id === undefined) {
				const content = contentOf(data.data);
				if (content === undefined) throw brokenBinary(label);
				return { ...named, content: pieceOf(content), length: content.byteLength, close: () => undefined };
			}
			const { fileSize } = await helpers
				.getBinaryMetadata(id)
				.catch((error: unknown) => Promise.reject(noLonger(label, error)));
			const stream = await helpers.getBinaryStream(id);
			return {
				...named,
				content: readFrom(stream as unknown as FileContent, label),
				length: lengthOf(fileSize),
				close: () => stream.destroy(),
			};
		},
	};
}

/** Binary data of n8n, of which nothing is certain: a Code step can put anything into a field. */
type AnyBinary = { readonly [Property in keyof IBinaryData]?: unknown };

/** What a field holds; empty where it is no binary data at all. */
function binaryIn(context: IExecuteFunctions, itemIndex: number, field: string): AnyBinary | undefined {
	const binary: Record<string, unknown> = context.getInputData()[itemIndex]?.binary ?? {};
	const found = ownValue(binary, field);
	return found === undefined || found === null ? undefined : isRecord(found) ? found : {};
}

/** The bytes of binary data that n8n keeps in memory: Base64 text, or bytes as programs put them there. */
function contentOf(data: unknown): Uint8Array | undefined {
	if (typeof data === 'string') return Buffer.from(data, 'base64');
	return data instanceof Uint8Array ? data : undefined;
}

function brokenBinary(label: string): FileError {
	return new FileError(
		'fileNotFound',
		`What is in ${label} is no binary data of n8n.`,
		'In a Code step, let this.helpers.prepareBinaryData(content, fileName) make it.',
	);
}

function noBinary(context: IExecuteFunctions, itemIndex: number, field: string): FileError {
	const fields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {})
		.slice(0, MOST_FIELDS)
		.map((name) => shownText(name, LONGEST_FIELD) ?? '');
	return new FileError(
		'fileNotFound',
		`The item has no file in ${labelOf(field)}.`,
		fields.length === 0
			? 'The item has no file at all: the step before has to download it, or choose URL as the source.'
			: `Files are in: ${fields.join(', ')}. Enter that name under Input Binary Field.`,
	);
}

/** n8n deletes the files of executions that it no longer keeps. */
function noLonger(label: string, cause: unknown): FileError {
	return new FileError(
		'fileNotFound',
		`n8n does not have the file of ${label} any more.`,
		'Run the step that downloads it again.',
		{ cause },
	);
}

async function* readFrom(stream: FileContent, label: string): AsyncGenerator<Uint8Array> {
	try {
		yield* stream;
	} catch (error) {
		throw noLonger(label, error);
	}
}

async function* pieceOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
	yield content;
}

function textOr(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function lengthOf(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const length = Number(value);
	return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/** Where a file is on the web, and how it may be asked for. */
export interface UrlSettings {
	url: string;
	/** One of the node's credential types; undefined asks without any. */
	credentialType?: string;
	/** The host that the credential is for, as an origin: `https://api.example.com`. It gets the credential by default. */
	credentialOrigin?: string;
	/**
	 * Hosts that get the credential in place of its own, for example `api.example.com`, `api.example.com:8443` or
	 * `*.example.com`. Everything else is asked without it, also after a redirect, and so is whatever is not encrypted.
	 */
	credentialHosts: readonly string[];
	/** Whether addresses inside the own network may be asked. */
	allowPrivate: boolean;
	/** Milliseconds until an answer begins, and milliseconds without progress. */
	idleMs: number;
}

/**
 * A file on the web, opened by the {@link openRemoteFile rules for all files}.
 *
 * @throws {FileError} when the address is none that can be asked
 */
export function urlSource(context: IExecuteFunctions, settings: UrlSettings): FileSource {
	const { credentialType, credentialOrigin, credentialHosts, allowPrivate, idleMs } = settings;
	const rules: AddressRules = {
		credentialOrigin,
		credentialHosts,
		allowPrivate,
		allowUserInfo: true,
		resolve: nameResolver(context.helpers),
	};
	const first = inWords(() => remoteAddress(settings.url, undefined, rules));
	const label = first.hostname;
	const ask = createOpenAddress({ context, credentialType, renewable: true });
	const signal = context.getExecutionCancelSignal?.();

	return {
		label,
		open: async () => {
			let asked = first;
			const reworded = (error: unknown): unknown => {
				if (signal?.aborted === true) return stopped();
				if (error instanceof RefusedAddress) return addressError(error, label);
				return error instanceof NoAnswer ? unreachable(asked, error) : error;
			};
			if (signal?.aborted === true) throw stopped();
			const opened = await openRemoteFile(
				async (url, signedIn) => {
					asked = new URL(url);
					return await ask({ url, signedIn: signedIn && credentialType !== undefined, timeoutMs: idleMs });
				},
				first,
				rules,
				// Whoever reads the file counts: what a source announces may be wrong, and is then found out and corrected.
				{ clock: systemClock, idleMs, label, signal, count: false },
			).catch((error: unknown) => Promise.reject(reworded(error)));
			if (!isRemoteFile(opened)) throw statusError(opened, settings);
			return { ...opened, content: rewording(opened.content, reworded) };
		},
	};
}

async function* rewording(
	content: FileContent,
	reworded: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
	try {
		yield* content;
	} catch (error) {
		throw reworded(error);
	}
}

function inWords(check: () => URL): URL {
	try {
		return check();
	} catch (error) {
		throw error instanceof RefusedAddress ? addressError(error, '') : error;
	}
}

/** What the address is not, in words for people. @param label the host that was asked first */
function addressError({ problem, redirect }: RefusedAddress, label: string): FileError {
	const [message, advice] = addressTexts(problem, redirect?.from.hostname, label);
	return new FileError('fileAddress', message, advice);
}

function addressTexts(
	problem: AddressProblem,
	from: string | undefined,
	label: string,
): [message: string, advice: string] {
	switch (problem) {
		case 'private':
			return [
				'The address of the file is inside the own network, which is not allowed.',
				'If the address is right, turn on Allow Addresses Inside Your Network in the options.',
			];
		case 'notEncrypted':
			return [
				`${from} redirects to an address that is not encrypted.`,
				'Ask the provider of the file for an address with https://.',
			];
		case 'redirects':
			return [
				`${label} redirects more than ${MOST_REDIRECTS} times.`,
				'Often this means that a sign-in is missing: choose the credential that the address needs.',
			];
		default:
			if (from !== undefined) {
				return [`${from} redirects to something that is not a web address.`, 'Ask the provider of the file.'];
			}
			return [
				'The address of the file is not a web address.',
				problem === 'protocol'
					? 'Only https:// and http:// can be asked. For other storage, download the file in the step before and choose File From an Earlier Step as the source.'
					: 'Enter it with https:// in front, or check the expression.',
			];
	}
}

function statusError(
	{ status, url: { hostname }, signedIn }: NoRemoteFile,
	{ credentialType }: UrlSettings,
): FileError {
	if (status === 404 || status === 410) {
		return new FileError(
			'fileNotFound',
			`${hostname} has no such file (status ${status}).`,
			'It may not be ready yet, or was deleted. Recordings are often ready only minutes after the call.',
		);
	}
	if ((status === 401 || status === 403) && credentialType !== undefined && !signedIn) {
		return new FileError(
			'fileUnauthorized',
			`${hostname} does not give out the file (status ${status}), and was asked without the credential, which is not for this host.`,
			`If ${hostname} may get the credential, enter it under Servers That Get the Credential. Links with a signature expire.`,
		);
	}
	if (status === 401 || status === 403) {
		return new FileError(
			'fileUnauthorized',
			`${hostname} does not give out the file (status ${status}).`,
			'Choose the credential that the address needs, and check that it is valid for this host. Links with a signature expire.',
		);
	}
	return new FileError(
		'fileUnreachable',
		`${hostname} did not give out the file (status ${status}).`,
		'Try again later, or open the address in a browser to see what it says.',
		{ mayHelp: status === 429 || status >= 500 },
	);
}

function unreachable({ hostname }: URL, error: NoAnswer): FileError {
	const { reason } = error;
	const texts: Record<NoAnswer['reason'], [happened: string, advice: string]> = {
		timeout: ['sent nothing for too long', 'Try again later, or raise the timeout in the options.'],
		connection: [
			'could not be reached, or the connection broke',
			'Check the address, and the proxy and firewall of this n8n.',
		],
		dns: ['was not found', 'Check the address.'],
		tls: [
			'offers no secure connection that can be trusted',
			'Check the address. Behind an inspecting proxy, n8n needs the certificate of that proxy.',
		],
		blocked: [
			'may not be asked by this n8n',
			"Ask the administrator of this n8n to allow the address in n8n's protection against requests to internal addresses.",
		],
	};
	const [happened, advice] = texts[reason];
	return new FileError('fileUnreachable', `${hostname} ${happened}.`, advice, {
		mayHelp: reason === 'timeout' || reason === 'connection',
		cause: error,
	});
}
