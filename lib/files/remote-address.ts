/** Which addresses a file may be fetched from, and which of them get the credential (rule X8). */
import { isLoopback } from '../http/host';
import { isPrivateAddress, isPrivateHost } from './private-address';

/** Most characters of an address; signed ones are long. */
export const LONGEST_ADDRESS = 8_000;

/**
 * The addresses that a name leads to, as this machine sees them; empty when it does not know the name, as behind a proxy
 * that resolves for it.
 *
 * @param hostname as `URL.hostname` gives it
 */
export type ResolveName = (hostname: string) => Promise<readonly string[]>;

/** What may be asked, and with what. */
export interface AddressRules {
	/**
	 * The credential's own host, as an origin: `https://api.example.com`. It gets the credential unless hosts are named.
	 * Undefined where there is no credential.
	 */
	credentialOrigin?: string;
	/**
	 * Hosts that get the credential in place of its own: `api.example.com`, `api.example.com:8443`, `*.example.com`. Without a
	 * port an entry means the usual one, for behind another port there may be something else; on this machine it means any.
	 */
	credentialHosts?: readonly string[];
	/** Whether addresses inside the own network may be asked. */
	allowPrivate: boolean;
	/** A machine that is never foreign, wherever it is: that of the service whose files these are. As `URL.hostname` gives it. */
	ownHostname?: string;
	/** Whether an address may have a user and a password in it, which are then sent. */
	allowUserInfo?: boolean;
	/** Undefined where nothing can be resolved: then only the way that a name is written tells where it leads. */
	resolve?: ResolveName;
}

/** Why an address is not asked. */
export type AddressProblem =
	/** It is none, or too long. */
	| 'noAddress'
	/** Neither https:// nor http://. */
	| 'protocol'
	/** It has a user or password in it. */
	| 'userInfo'
	/** It is, or leads, inside the own network. */
	| 'private'
	/** An encrypted address redirects to one that is not. */
	| 'notEncrypted'
	/** It is redirected again and again. */
	| 'redirects';

/** An address that is not asked. Whoever wanted the file says it in the words of its own users. */
export class RefusedAddress extends Error {
	constructor(
		readonly problem: AddressProblem,
		/** The address that redirected to it, and how; undefined when nobody did. */
		readonly redirect?: { from: URL; status: number },
	) {
		super(`Address refused (${problem})`);
		this.name = 'RefusedAddress';
	}
}

/** Where a redirect comes from. */
type Redirect = NonNullable<RefusedAddress['redirect']>;

/**
 * Checks an address by the way it is written, before anything is sent to it.
 *
 * @param base what a relative address is relative to; undefined takes whole addresses only
 * @throws {RefusedAddress}
 */
export function remoteAddress(
	written: string,
	base: URL | undefined,
	rules: AddressRules,
	redirect?: Redirect,
): URL {
	const refused = (problem: AddressProblem) => new RefusedAddress(problem, redirect);
	const text = written.trim();
	if (text === '' || text.length > LONGEST_ADDRESS || !URL.canParse(text, base?.href)) {
		throw refused('noAddress');
	}
	const url = new URL(text, base);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('protocol');
	if (rules.allowUserInfo !== true && (url.username !== '' || url.password !== '')) throw refused('userInfo');
	// From an encrypted connection to one that everybody can read: nobody means that.
	if (redirect?.from.protocol === 'https:' && url.protocol === 'http:') throw refused('notEncrypted');
	if (isForeign(url, rules) && isPrivateHost(url.hostname)) throw refused('private');
	return url;
}

/**
 * Checks where an address leads. n8n's own client resolves the name once more, so a name that leads elsewhere a moment
 * later is for n8n's own protection to stop, which looks at the connection itself.
 *
 * @throws {RefusedAddress} when any of the addresses that its name has is inside the own network
 */
export async function checkWhereItLeads(
	url: URL,
	rules: AddressRules,
	redirect?: RefusedAddress['redirect'],
): Promise<void> {
	if (rules.resolve === undefined || !isForeign(url, rules)) return;
	const addresses = await rules.resolve(url.hostname);
	if (addresses.some(isPrivateAddress)) throw new RefusedAddress('private', redirect);
}

function isForeign({ hostname }: URL, { allowPrivate, ownHostname }: AddressRules): boolean {
	return !allowPrivate && hostname !== ownHostname;
}

/**
 * Whether an address gets the credential: it is on the credential's own host, or on one that was named instead, and nobody
 * on the way can read what is sent there.
 */
export function getsCredential(
	url: URL,
	{ credentialOrigin, credentialHosts = [] }: Pick<AddressRules, 'credentialOrigin' | 'credentialHosts'>,
): boolean {
	if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return false;
	return credentialHosts.length === 0
		? url.origin === credentialOrigin
		: credentialHosts.some((entry) => isNamed(url, entry));
}

function isNamed(url: URL, entry: string): boolean {
	const wanted = entry.trim().toLowerCase().replace(/:443$/, '');
	if (wanted === '') return false;
	const hosts = isLoopback(url.hostname) ? [url.host, url.hostname] : [url.host];
	return hosts.some((host) => (wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted));
}
