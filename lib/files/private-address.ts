/**
 * Addresses inside the own network. A workflow that loads whatever address a webhook names must not become a way to read
 * what only this machine can reach. n8n's own protection against such requests, when it is switched on, comes on top.
 *
 * Ranges: https://www.iana.org/assignments/iana-ipv4-special-registry and
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
/** First address and length of the prefix in bits. */
type Network = readonly [first: string, bits: number];

const PRIVATE_V4: readonly Network[] = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 4],
	['240.0.0.0', 4],
];

const PRIVATE_V6: readonly Network[] = [
	['::', 127],
	['64:ff9b:1::', 48],
	['fc00::', 7],
	['fe80::', 10],
	['fec0::', 10],
	['ff00::', 8],
];

/** IPv6 networks in which an IPv4 address stands, and the group at which it begins. */
const CARRIERS: ReadonlyArray<readonly [network: Network, at: number]> = [
	[['::ffff:0:0', 96], 6],
	[['::', 96], 6],
	[['::ffff:0:0:0', 96], 6],
	[['64:ff9b::', 96], 6],
	[['2002::', 16], 1],
];

/** Whether an IP address, as `URL.hostname` writes it, is one of this machine, of its network, or of no single machine. */
export function isPrivateAddress(address: string): boolean {
	const v4 = bytesOf(address);
	if (v4 !== undefined) return PRIVATE_V4.some((network) => contains(network, v4, bytesOf, 8));
	const v6 = groupsOf(address);
	if (v6 === undefined) return false;
	if (PRIVATE_V6.some((network) => contains(network, v6, groupsOf, 16))) return true;
	return CARRIERS.some(([network, at]) => {
		if (!contains(network, v6, groupsOf, 16)) return false;
		const [high = 0, low = 0] = v6.slice(at, at + 2);
		return isPrivateAddress([high >> 8, high & 255, low >> 8, low & 255].join('.'));
	});
}

/** @param width bits of one part */
function contains(
	[first, bits]: Network,
	address: readonly number[],
	partsOf: (text: string) => number[] | undefined,
	width: number,
): boolean {
	return (partsOf(first) ?? []).every((part, index) => {
		const free = width - Math.min(Math.max(bits - index * width, 0), width);
		return part >> free === (address[index] ?? 0) >> free;
	});
}

function bytesOf(address: string): number[] | undefined {
	if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return undefined;
	return address.split('.').map(Number);
}

/** The eight groups of an IPv6 address, with or without brackets. */
function groupsOf(address: string): number[] | undefined {
	const url = `http://[${address.replace(/^\[|\]$/g, '')}]`;
	if (!address.includes(':') || !URL.canParse(url)) return undefined;
	const [front = '', back] = new URL(url).hostname.slice(1, -1).split('::');
	const numbers = (text: string) =>
		text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
	const first = numbers(front);
	const last = back === undefined ? [] : numbers(back);
	return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

/** Names that lead into the own network wherever they are asked. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa)$/;

/**
 * Whether a host, as `URL.hostname` gives it, is certainly inside the own network: a private address, a name like
 * `localhost`, or a name without a dot.
 */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/\.$/, '');
	if (host.startsWith('[') || /^[\d.]+$/.test(host)) return isPrivateAddress(host);
	return PRIVATE_NAME.test(host) || !host.includes('.');
}
