/**
 * Whose CCAI Platform a credential is for, and how requests sign in.
 *
 * Every installation has a host of its own, `https://{subdomain}.{domain}`. Requests use HTTP Basic: the user is the
 * subdomain, the password is a token made under Settings > Developer Settings > API Credentials.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api
 */

/** A customer's installation. */
export interface Tenant {
	/** Without a slash at the end, for example `https://acme.uc1.ccaiplatform.com`. */
	baseUrl: string;
	/** Also the user that requests sign in as. */
	subdomain: string;
}

/** Why no host can be made of what the credential holds. Both texts are for people. */
export interface TenantProblem {
	message: string;
	advice: string;
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

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The tenant of a credential. People may paste the whole address of the portal into the subdomain; it then goes before the
 * domain. A base URL replaces the host, not the user.
 */
export function tenantOf(credential: TenantFields): Tenant | TenantProblem {
	const { subdomain, domain: pasted } = partsOf(credential.subdomain);
	if (subdomain === undefined) {
		return {
			message: 'The subdomain in the CCAI Platform credential is missing or not a name',
			advice:
				'Enter the first part of the address at which agents sign in: "acme" for https://acme.uc1.ccaiplatform.com.',
		};
	}
	const baseUrl = text(credential.baseUrl);
	if (baseUrl !== '') {
		const url = baseUrlOf(baseUrl);
		return typeof url === 'string' ? { baseUrl: url, subdomain } : url;
	}
	const domain = pasted ?? domainOf(credential.domain, subdomain);
	if (domain === undefined) {
		return {
			message: 'The domain in the CCAI Platform credential is not a domain',
			advice:
				'Enter what follows the subdomain in the address at which agents sign in, for example uc1.ccaiplatform.com or ujet.co.',
		};
	}
	return { baseUrl: `https://${subdomain}.${domain}`, subdomain };
}

/** Whether {@link tenantOf} found a problem. */
export function isTenantProblem(tenant: Tenant | TenantProblem): tenant is TenantProblem {
	return 'message' in tenant;
}

/** The token without what is often pasted with it: blanks and quotes. Empty when there is none. */
export function tokenOf(credential: TenantFields): string {
	return text(credential.token).replace(/^(["'])(.*)\1$/, '$2');
}

/** The value of the header `Authorization`. */
export function authorizationOf(credential: TenantFields): string {
	const user = partsOf(credential.subdomain).subdomain ?? '';
	return `Basic ${Buffer.from(`${user}:${tokenOf(credential)}`, 'utf8').toString('base64')}`;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** The host in a text that may be a whole address, in lower case. */
function hostIn(value: unknown): string {
	return text(value)
		.slice(0, 500)
		.toLowerCase()
		.replace(/^[a-z]+:\/\//, '')
		.replace(/[/?#:].*$/s, '')
		.replace(/^\.+|(?<!\.)\.+$/g, '');
}

function partsOf(typed: unknown): { subdomain?: string; domain?: string } {
	const [first = '', ...rest] = hostIn(typed).split('.');
	if (!LABEL.test(first)) return {};
	return { subdomain: first, domain: rest.length > 1 ? domainOf(rest.join('.'), '') : undefined };
}

function domainOf(typed: unknown, subdomain: string): string | undefined {
	const host = hostIn(typed);
	if (host === '') return DEFAULT_DOMAIN;
	const domain =
		subdomain !== '' && host.startsWith(`${subdomain}.`) ? host.slice(subdomain.length + 1) : host;
	const labels = domain.split('.');
	return labels.length > 1 && domain.length <= 190 && labels.every((label) => LABEL.test(label))
		? domain
		: undefined;
}

function baseUrlOf(typed: string): string | TenantProblem {
	const address = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	const isPlain =
		url !== undefined &&
		url.hostname !== '' &&
		url.username === '' &&
		url.search === '' &&
		url.hash === '' &&
		/^(?:\/(?:manager|apps)\/api\/v1)?\/?$/.test(url.pathname);
	if (!isPlain) {
		return {
			message: 'The base URL in the CCAI Platform credential is not the address of a host',
			advice:
				'Leave it empty, or enter only the protocol and the host, for example https://proxy.example.com.',
		};
	}
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		return {
			message: 'The base URL in the CCAI Platform credential is not encrypted',
			advice:
				'Use https:// so that the token cannot be read on the way. Only this machine itself may be reached with http://.',
		};
	}
	return url.origin;
}

/** Whether a host, as `URL` writes it, is this machine itself. */
function isLoopback(hostname: string): boolean {
	return (
		hostname === 'localhost' ||
		hostname.endsWith('.localhost') ||
		hostname === '[::1]' ||
		/^127(?:\.\d{1,3}){3}$/.test(hostname)
	);
}
