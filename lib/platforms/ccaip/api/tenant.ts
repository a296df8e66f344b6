/**
 * Whose CCAI Platform a credential is for, and how requests sign in.
 *
 * Every installation has a host of its own, `https://{subdomain}.{domain}`. Requests use HTTP Basic: the user is the
 * subdomain, the password is a token made under Settings > Developer Settings > API Credentials.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api
 */
import {
	hostIn,
	isHostLabel,
	pasted,
	pastedSecret,
	readBaseUrl,
	type BaseUrlRule,
	type HostProblem,
} from '../../../http/host';

/** A customer's installation. */
export interface Tenant {
	/** Without a slash at the end, for example `https://acme.uc1.ccaiplatform.com`. */
	baseUrl: string;
	/** Also the user that requests sign in as. */
	subdomain: string;
}

/** What a credential holds. Anything may be in it. */
export interface TenantFields {
	subdomain?: unknown;
	domain?: unknown;
	token?: unknown;
	baseUrl?: unknown;
}

/** The domain of most installations on Google Cloud; those of UJET are at `ujet.co`. */
export const DEFAULT_DOMAIN = 'uc1.ccaiplatform.com';

const BASE_URL: BaseUrlRule = {
	service: 'CCAI Platform',
	secret: 'the token',
	paths: /^(?:\/(?:manager|apps)\/api\/v1)?\/?$/,
	ownHosts: /\.(?:ccaiplatform\.com|ujet\.co)$/,
	noAddress: {
		message: 'The base URL in the CCAI Platform credential is not the address of a host',
		advice: 'Leave it empty, or enter only the protocol and the host, for example https://proxy.example.com.',
	},
};

/**
 * The tenant of a credential. People may paste the whole address of the portal into the subdomain; it then goes before the
 * domain. A base URL replaces the host, not the user.
 */
export function tenantOf(credential: TenantFields): Tenant | HostProblem {
	const { subdomain, domain: domainIn } = partsOf(credential.subdomain);
	if (subdomain === undefined) {
		return {
			message: 'The subdomain in the CCAI Platform credential is missing or not a name',
			advice:
				'Enter the first part of the address at which agents sign in, "acme" for https://acme.uc1.ccaiplatform.com, or paste that address.',
		};
	}
	const typedUrl = pasted(credential.baseUrl);
	if (typedUrl !== '') {
		const baseUrl = readBaseUrl(typedUrl, BASE_URL);
		return typeof baseUrl === 'string' ? { baseUrl, subdomain } : baseUrl;
	}
	const domain = domainIn ?? domainOf(credential.domain, subdomain);
	if (domain === undefined) {
		return {
			message: 'The domain in the CCAI Platform credential is not a domain',
			advice:
				'Enter what follows the subdomain in the address at which agents sign in, for example uc1.ccaiplatform.com or ujet.co.',
		};
	}
	return { baseUrl: `https://${subdomain}.${domain}`, subdomain };
}

/** The value of the header `Authorization`. */
export function authorizationOf(credential: TenantFields): string {
	const user = partsOf(credential.subdomain).subdomain ?? '';
	return `Basic ${Buffer.from(`${user}:${pastedSecret(credential.token)}`, 'utf8').toString('base64')}`;
}

function partsOf(typed: unknown): { subdomain?: string; domain?: string } {
	const [first = '', ...rest] = hostIn(typed).split('.');
	if (!isHostLabel(first)) return {};
	return { subdomain: first, domain: rest.length > 1 ? domainOf(rest.join('.'), '') : undefined };
}

function domainOf(typed: unknown, subdomain: string): string | undefined {
	const host = hostIn(typed);
	if (host === '') return DEFAULT_DOMAIN;
	const domain =
		subdomain !== '' && host.startsWith(`${subdomain}.`) ? host.slice(subdomain.length + 1) : host;
	const labels = domain.split('.');
	return labels.length > 1 && domain.length <= 190 && labels.every(isHostLabel) ? domain : undefined;
}
