/**
 * Addresses inside the own network. A workflow that loads whatever address a webhook names must not become a way to read
 * what only this machine can reach (rule X8). n8n's own protection against such requests, when it is switched on, comes on
 * top.
 *
 * Ranges: https://www.iana.org/assignments/iana-ipv4-special-registry and
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
import { IPv4, IPv6, isValid, parse } from 'ipaddr.js';

/** The part of IPv6 from which addresses of single machines are given out. Everything else is special, or nobody's. */
const GLOBAL_UNICAST = IPv6.parseCIDR('2000::/3');

/** IPv6 networks in which an IPv4 address stands, and the group at which it begins. */
const CARRIERS = (
	[
		['::ffff:0:0/96', 6],
		['::/96', 6],
		['::ffff:0:0:0/96', 6],
		['64:ff9b::/96', 6],
		['2002::/16', 1],
	] as const
).map(([network, at]) => ({ network: IPv6.parseCIDR(network), at }));

/**
 * Whether an IP address is one of this machine, of its network, or of no single machine. IPv6 addresses may stand in
 * brackets, as in `URL.hostname`. What is no address is not private either.
 */
export function isPrivateAddress(address: string): boolean {
	const bare = address.replace(/^\[|\]$/g, '');
	if (!isValid(bare)) return false;
	const parsed = parse(bare);
	if (parsed instanceof IPv4) return parsed.range() !== 'unicast';
	const carrier = CARRIERS.find(({ network }) => parsed.match(network));
	if (carrier === undefined) return !parsed.match(GLOBAL_UNICAST) || parsed.range() !== 'unicast';
	const [high = 0, low = 0] = parsed.parts.slice(carrier.at, carrier.at + 2);
	return new IPv4([high >> 8, high & 255, low >> 8, low & 255]).range() !== 'unicast';
}

/**
 * Endings of names that lead into the own network wherever they are asked: those that nobody may register (RFC 6761, RFC
 * 6762, RFC 8375, ICANN's list of colliding names), and those that clusters and routers give out.
 */
const PRIVATE_ENDINGS = [
	'localhost',
	'local',
	'localdomain',
	'internal',
	'intranet',
	'private',
	'corp',
	'home',
	'home.arpa',
	'lan',
	// Kubernetes and what is found beside it: redis.default, redis.default.svc, redis.service.consul.
	'default',
	'svc',
	'cluster',
	'consul',
];

/** Public names below which anybody can have any address, that of this machine included: 127.0.0.1.nip.io. */
const ANY_ADDRESS_ENDINGS = [
	'nip.io',
	'sslip.io',
	'xip.io',
	'traefik.me',
	'localtest.me',
	'lvh.me',
	'vcap.me',
	'local-ip.co',
	'local-ip.sh',
];

const ENDINGS = [...PRIVATE_ENDINGS, ...ANY_ADDRESS_ENDINGS];

/**
 * Whether a host, as `URL.hostname` gives it, is inside the own network by the way it is written: a private address, a name
 * like `localhost` or `redis.default`, or a name without a dot. Where any other name leads, only resolving it tells.
 */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/(?<!\.)\.+$/, '');
	if (isValid(host.replace(/^\[|\]$/g, ''))) return isPrivateAddress(host);
	return !host.includes('.') || ENDINGS.some((ending) => host === ending || host.endsWith(`.${ending}`));
}
