import type { HostProblem } from '../kustomer/host';

/** Where a credential's babelforce is reached. */
export interface BabelforceHost {
	/** Without a slash at the end, for example `https://services.babelforce.com`. */
	baseUrl: string;
}

const DOMAIN = 'babelforce.com';
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The host for the environment and base URL of a credential.
 *
 * The environment may be written as people have it at hand: `services`, `services.babelforce.com`, or an address copied
 * from the browser. Empty means `services`. A base URL goes first.
 * Hosts: https://github.com/babelforce/manager-sdk (docs/intro.md)
 */
export function babelforceHost(credential: {
	environment?: unknown;
	baseUrl?: unknown;
}): BabelforceHost | HostProblem {
	const typedUrl = typeof credential.baseUrl === 'string' ? credential.baseUrl.trim() : '';
	if (typedUrl !== '') return hostFromBaseUrl(typedUrl);

	const environment = environmentFrom(credential.environment);
	if (environment === undefined) {
		return {
			message: 'The environment in the babelforce credential is not a name',
			advice: `Enter the first part of your babelforce address: "services" for https://services.${DOMAIN}. For any other address, fill in the base URL.`,
		};
	}
	return { baseUrl: `https://${environment}.${DOMAIN}` };
}

function environmentFrom(typed: unknown): string | undefined {
	if (typed === undefined || typed === null || typed === '') return 'services';
	if (typeof typed !== 'string') return undefined;
	const host = typed
		.trim()
		.toLowerCase()
		.replace(/^[a-z]+:\/\//, '')
		.replace(/[/?#:].*$/, '')
		.replace(/\.$/, '');
	const name = host.endsWith(`.${DOMAIN}`) ? host.slice(0, -DOMAIN.length - 1) : host;
	if (name === '') return 'services';
	return LABEL.test(name) ? name : undefined;
}

function hostFromBaseUrl(typed: string): BabelforceHost | HostProblem {
	const withProtocol = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
	const url = URL.canParse(withProtocol) ? new URL(withProtocol) : undefined;
	const onlyHost =
		url !== undefined &&
		url.hostname !== '' &&
		[url.username, url.password, url.search, url.hash].every((part) => part === '') &&
		/^(?:\/api(?:\/v2)?)?\/?$/.test(url.pathname);
	if (!onlyHost) {
		return {
			message: 'The base URL in the babelforce credential is not a web address',
			advice: `Enter only the protocol and the host, for example https://services.${DOMAIN}, or leave it empty.`,
		};
	}
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		return {
			message: 'The base URL in the babelforce credential is not encrypted',
			advice:
				'Use https:// so that the credential cannot be read on the way. Only this machine itself may be reached with http://.',
		};
	}
	return { baseUrl: url.origin };
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
