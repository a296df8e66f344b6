import {
	hostIn,
	isHostLabel,
	isLoopback,
	pasted,
	readBaseUrl,
	type BaseUrlRule,
	type HostProblem,
} from '../../http/host';

/** Where a credential's Kustomer is reached. */
export interface KustomerHost {
	/** Without a slash at the end, for example `https://acme.api.kustomerapp.com`. */
	baseUrl: string;
	/** Name of the organization, when the credential gives one. */
	organization?: string;
	/** Where agents open Kustomer, for example `https://acme.kustomerapp.com`; undefined when the credential does not tell. */
	webBaseUrl?: string;
}

const DOMAIN = 'kustomerapp.com';
const REGIONS = /^prod\d+$/;
/** `https://acme.kustomerapp.com`: one name before the domain, which organizationFrom() looks at. */
const AGENTS_ADDRESS = /^https:\/\/[a-z0-9-]+\.kustomerapp\.com$/;

/**
 * The host for the organization and base URL of a credential (rule X9).
 *
 * The organization may be written as people have it at hand: `acme`, `acme.kustomerapp.com`, or an address copied from
 * the browser. A base URL goes first; it is meant for regional hosts such as `https://api.prod2.kustomerapp.com`. The address
 * at which agents open Kustomer names the organization there, too: what answers at it is a page and not the API.
 * Hosts: https://developer.kustomer.com/docs/get-started/regions-and-base-urls
 */
export function kustomerHost(credential: {
	organization?: unknown;
	baseUrl?: unknown;
}): KustomerHost | HostProblem {
	const organization = organizationFrom(credential.organization);
	const typedUrl = pasted(credential.baseUrl);
	if (typedUrl !== '') {
		const baseUrl = readBaseUrl(typedUrl, BASE_URL);
		if (typeof baseUrl !== 'string') return baseUrl;
		const named = AGENTS_ADDRESS.test(baseUrl) ? organizationFrom(baseUrl) : undefined;
		return named === undefined
			? { baseUrl, organization, webBaseUrl: webBaseUrl(baseUrl, organization) }
			: ownHost(named);
	}

	if (organization === undefined) {
		return {
			message: 'The organization name in the Kustomer credential is missing or not a name',
			advice: `Enter the first part of the address at which agents open Kustomer, "acme" for https://acme.${DOMAIN}, or paste that address. For a regional host, fill in the base URL.`,
		};
	}
	return ownHost(organization);
}

function ownHost(organization: string): KustomerHost {
	return {
		baseUrl: `https://${organization}.api.${DOMAIN}`,
		organization,
		webBaseUrl: `https://${organization}.${DOMAIN}`,
	};
}

/** Where agents open Kustomer when the API has another address. A stand-in on this machine has its pages beside its API. */
function webBaseUrl(baseUrl: string, organization: string | undefined): string | undefined {
	if (isLoopback(new URL(baseUrl).hostname)) return baseUrl;
	const name = organization ?? organizationFrom(baseUrl);
	return name === undefined ? undefined : `https://${name}.${DOMAIN}`;
}

/** The organization's name in lower case; undefined when there is none to be seen. */
export function organizationFrom(typed: unknown): string | undefined {
	const host = hostIn(typed);
	const name = host.endsWith(`.${DOMAIN}`) ? host.slice(0, -DOMAIN.length - 1).replace(/\.api$/, '') : host;
	return isHostLabel(name) && name !== 'api' && !REGIONS.test(name) ? name : undefined;
}

const BASE_URL: BaseUrlRule = {
	service: 'Kustomer',
	secret: 'the API key',
	paths: /^(?:\/v1)?\/?$/,
	ownHosts: /(?:^|\.)kustomerapp\.com$/,
	noAddress: {
		message: 'The base URL in the Kustomer credential is not a web address',
		advice:
			'Enter only the protocol and the host, for example https://api.prod2.kustomerapp.com, or leave it empty.',
	},
	otherPath: {
		message: 'The base URL in the Kustomer credential has a path',
		advice: 'Enter only the protocol and the host, for example https://api.prod2.kustomerapp.com.',
	},
};
