/** Where a credential's Kustomer is reached. */
export interface KustomerHost {
	/** Without a slash at the end, for example `https://acme.api.kustomerapp.com`. */
	baseUrl: string;
	/** Name of the organization, when the credential gives one. */
	organization?: string;
}

/** Why no host can be made from what the credential holds. Both texts are for people. */
export interface HostProblem {
	message: string;
	advice: string;
}

const DOMAIN = 'kustomerapp.com';
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const REGIONS = /^prod\d+$/;

/**
 * The host for the organization and base URL of a credential (rule X9).
 *
 * The organization may be written as people have it at hand: `acme`, `acme.kustomerapp.com`, or an address copied from
 * the browser. A base URL goes first; it is meant for regional hosts such as `https://api.prod2.kustomerapp.com`.
 * Hosts: https://developer.kustomer.com/docs/get-started/regions-and-base-urls
 */
export function kustomerHost(credential: {
	organization?: unknown;
	baseUrl?: unknown;
}): KustomerHost | HostProblem {
	const organization = organizationFrom(credential.organization);
	const typedUrl = typeof credential.baseUrl === 'string' ? credential.baseUrl.trim() : '';
	if (typedUrl !== '') return hostFromBaseUrl(typedUrl, organization);

	if (organization === undefined) {
		return {
			message: 'The organization name in the Kustomer credential is missing or not a name',
			advice: `Enter the first part of the address at which agents open Kustomer: "acme" for https://acme.${DOMAIN}. For a regional host, fill in the base URL.`,
		};
	}
	return { baseUrl: `https://${organization}.api.${DOMAIN}`, organization };
}

/** Whether {@link kustomerHost} found a problem. */
export function isHostProblem(host: KustomerHost | HostProblem): host is HostProblem {
	return 'message' in host;
}

/** The organization's name in lower case; undefined when there is none to be seen. */
export function organizationFrom(typed: unknown): string | undefined {
	if (typeof typed !== 'string') return undefined;
	const host = typed
		.trim()
		.toLowerCase()
		.replace(/^[a-z]+:\/\//, '')
		.replace(/[/?#:].*$/, '')
		.replace(/\.$/, '');
	const name = host.endsWith(`.${DOMAIN}`) ? host.slice(0, -DOMAIN.length - 1).replace(/\.api$/, '') : host;
	return LABEL.test(name) && name !== 'api' && !REGIONS.test(name) ? name : undefined;
}

function hostFromBaseUrl(typed: string, organization: string | undefined): KustomerHost | HostProblem {
	const withProtocol = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
	const url = URL.canParse(withProtocol) ? new URL(withProtocol) : undefined;
	if (
		url === undefined ||
		url.hostname === '' ||
		url.username !== '' ||
		url.search !== '' ||
		url.hash !== ''
	) {
		return {
			message: 'The base URL in the Kustomer credential is not a web address',
			advice:
				'Enter only the protocol and the host, for example https://api.prod2.kustomerapp.com, or leave it empty.',
		};
	}
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		return {
			message: 'The base URL in the Kustomer credential is not encrypted',
			advice:
				'Use https:// so that the API key cannot be read on the way. Only this machine itself may be reached with http://.',
		};
	}
	if (!/^(?:\/v1)?\/?$/.test(url.pathname)) {
		return {
			message: 'The base URL in the Kustomer credential has a path',
			advice: 'Enter only the protocol and the host, for example https://api.prod2.kustomerapp.com.',
		};
	}
	return { baseUrl: url.origin, organization };
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** The API key without what is often pasted with it: blanks, quotes, the word "Bearer". Empty when there is none. */
export function apiKeyOf(credential: { apiKey?: unknown }): string {
	const typed = typeof credential.apiKey === 'string' ? credential.apiKey.trim() : '';
	return typed.replace(/^Bearer\s+/i, '').replace(/^(["'])(.*)\1$/, '$2');
}
