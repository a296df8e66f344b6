/** Reads where a service is reached, and the secrets for it, from what people put into a credential. Pure. */

/** Why no host can be made of what a credential holds. Both texts are for people. */
export interface HostProblem {
	/** Without a full stop at the end. */
	message: string;
	advice: string;
}

/** Whether reading a host found a problem. */
export function isHostProblem<Host extends object>(host: Host | HostProblem): host is HostProblem {
	return 'message' in host;
}

/**
 * Whether a host, as `URL.hostname` gives it, is this machine by its address, or by the name that always means it. Names that
 * end in `.localhost` are not: some resolvers ask others for them, and then a secret would be sent there unencrypted.
 */
export function isLoopback(hostname: string): boolean {
	return /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
}

/** Whether what is sent to an address cannot be read on the way: it is encrypted, or stays on this machine. */
export function isSafeOnTheWay({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean {
	return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** Whether a text can be one part of a host's name. */
export function isHostLabel(text: string): boolean {
	return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

/** The host in a text that may be a whole address copied from the browser, in lower case; empty when there is none. */
export function hostIn(typed: unknown): string {
	return pastedAddress(typed)
		.toLowerCase()
		.replace(/^(?:[a-z]+:)?\/\/+|^https?:\/*/, '')
		.replace(/[/?#:\\].*$/s, '')
		.replace(/^\.+|(?<!\.)\.+$/g, '');
}

/** More than any address that a person means. */
const LONGEST_ADDRESS = 500;

/** An address without what is often pasted with it: blanks, also those that nobody sees, quotes and angle brackets. */
export function pastedAddress(typed: unknown): string {
	return pasted(typed)
		.slice(0, LONGEST_ADDRESS)
		.replace(/^[\s\u200b-\u200d\u2060"'<]+|(?<![\s\u200b-\u200d\u2060"'>])[\s\u200b-\u200d\u2060"'>]+$/g, '');
}

/** Text without blanks around it; empty when it is none. */
export function pasted(typed: unknown): string {
	return typeof typed === 'string' ? typed.trim() : '';
}

/** A key or token without what is often pasted with it: blanks, quotes, the word "Bearer". Empty when there is none. */
export function pastedSecret(typed: unknown): string {
	return pasted(typed)
		.replace(/^Bearer\s+/i, '')
		.replace(/^(["'])(.*)\1$/, '$2');
}

/** What {@link readBaseUrl} needs to know of a service. */
export interface BaseUrlRule {
	/** Whose credential it is, as the texts name it: `Kustomer`. */
	service: string;
	/** What must not be read on the way: `the API key`. */
	secret: string;
	/** Which paths may follow the host: they are dropped. */
	paths: RegExp;
	/** The service's own hosts. Whatever follows one of them is dropped: it is the page at which somebody copied the address. */
	ownHosts: RegExp;
	/** What to say of what is no web address. */
	noAddress: HostProblem;
	/** What to say of another path, unless it is the same. */
	otherPath?: HostProblem;
}

/**
 * The base URL of a credential, reduced to protocol and host: `https://api.example.com`. Without a protocol, https is meant.
 * Only this machine itself may be reached without encryption.
 */
export function readBaseUrl(typed: string, rule: BaseUrlRule): string | HostProblem {
	const text = pastedAddress(typed);
	const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined || url.hostname === '' || url.username !== '' || url.password !== '') {
		return rule.noAddress;
	}
	if (!isSafeOnTheWay(url)) {
		return {
			message: `The base URL in the ${rule.service} credential is not encrypted`,
			advice: `Use https:// so that ${rule.secret} cannot be read on the way. Only this machine itself may be reached with http://.`,
		};
	}
	if (rule.ownHosts.test(url.hostname)) return url.origin;
	if (url.search !== '' || url.hash !== '') return rule.noAddress;
	return rule.paths.test(url.pathname) ? url.origin : (rule.otherPath ?? rule.noAddress);
}
