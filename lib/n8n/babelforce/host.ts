import {
	hostIn,
	isHostLabel,
	pasted,
	readBaseUrl,
	type BaseUrlRule,
	type HostProblem,
} from '../../http/host';

/** Where a credential's babelforce is reached. */
export interface BabelforceHost {
	/** Without a slash at the end, for example `https://services.babelforce.com`. */
	baseUrl: string;
}

const DOMAIN = 'babelforce.com';

const BASE_URL: BaseUrlRule = {
	service: 'babelforce',
	secret: 'the credential',
	paths: /^(?:\/api(?:\/v2)?)?\/?$/,
	ownHosts: /\.babelforce\.com$/,
	noAddress: {
		message: 'The base URL in the babelforce credential is not a web address',
		advice: `Enter only the protocol and the host, for example https://services.${DOMAIN}, or leave it empty.`,
	},
};

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
	const typedUrl = pasted(credential.baseUrl);
	if (typedUrl !== '') {
		const baseUrl = readBaseUrl(typedUrl, BASE_URL);
		return typeof baseUrl === 'string' ? { baseUrl } : baseUrl;
	}

	const environment = environmentFrom(credential.environment);
	if (environment === undefined) {
		return {
			message: 'The environment in the babelforce credential is not a name',
			advice: `Enter the first part of your babelforce address, "services" for https://services.${DOMAIN}, or paste that address. For an address at another domain, fill in the base URL.`,
		};
	}
	return { baseUrl: `https://${environment}.${DOMAIN}` };
}

function environmentFrom(typed: unknown): string | undefined {
	if (typed === undefined || typed === null || typed === '') return 'services';
	if (typeof typed !== 'string') return undefined;
	const host = hostIn(typed);
	const name = host.endsWith(`.${DOMAIN}`) ? host.slice(0, -DOMAIN.length - 1) : host;
	if (name === '') return 'services';
	return isHostLabel(name) ? name : undefined;
}
