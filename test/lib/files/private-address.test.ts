import { BlockList } from 'node:net';

import fc from 'fast-check';

import { isPrivateAddress, isPrivateHost } from '../../../lib/files/private-address';
import { words } from '../../setup/words';

const hostOf = (host: string) => new URL(`http://${host}/`).hostname;

describe('X8: addresses inside the own network', () => {
	it.each(
		words(`
		127.0.0.1 127.0.0.1. 127.1 2130706433 0x7f000001 0x7f.0.0.0x1 0177.0.0.1 017700000001 %31%32%37.0.0.1
		１２７.0.0.1 127。0。0。1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 2852039166 100.64.0.1
		0.0.0.0 0 224.0.0.1 255.255.255.255 [::1] [0:0:0:0:0:0:0:1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1]
		[::ffff:a9fe:a9fe] [::127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::10.0.0.1] [64:ff9b:1::8.8.8.8]
		[2002:7f00:1::] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [fd00::1] [fe80::1] localhost LOCALHOST.
		ｌocalhost files.localhost nas.local metadata.google.internal fritz.box.home.arpa storage redis.default
		redis.default.svc redis.default.svc.cluster.local vault.service.consul 127.0.0.1.nip.io
		app-10-0-0-8.SSLIP.io localtest.me
	`),
	)('%s is one', (host) => expect(isPrivateHost(hostOf(host))).toBe(true));

	it.each(
		words(`
		files.example.com 8.8.8.8 134744072 172.32.0.1 172.15.255.255 192.169.0.1 100.128.0.1
		[2001:4860:4860::8888] [2a00:1450:4001::1] [::ffff:8.8.8.8] [64:ff9b::8.8.8.8] [2002:808:808::1]
		localhost.example.com default.example.com my-nip.io storage-10-0-0-8.example.com 10.0.0.8.example.com
		api.home.co.uk s3.eu-west-1.amazonaws.com acme.uc1.ccaiplatform.com xn--bcher-kva.example
	`),
	)('%s is none', (host) => expect(isPrivateHost(hostOf(host))).toBe(false));

	it('what is no address is none', () => {
		expect(isPrivateAddress('nonsense')).toBe(false);
		expect(isPrivateAddress('')).toBe(false);
	});

	it('addresses with a zone are', () => expect(isPrivateAddress('fe80::1%eth0')).toBe(true));
});

/** https://www.iana.org/assignments/iana-ipv4-special-registry, multicast (RFC 5771) added. */
const SPECIAL_V4 = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.31.196.0/24',
	'192.52.193.0/24',
	'192.88.99.0/24',
	'192.168.0.0/16',
	'192.175.48.0/24',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4',
	'240.0.0.0/4',
] as const;

/**
 * https://www.iana.org/assignments/iana-ipv6-special-registry, multicast (RFC 4291) and site-local (RFC 3879) added. The
 * networks that carry an IPv4 address stand in {@link CARRYING}.
 */
const SPECIAL_V6 = [
	'::/127',
	'64:ff9b:1::/48',
	'100::/64',
	'100:0:0:1::/64',
	'2001::/23',
	'2001:db8::/32',
	'2620:4f:8000::/48',
	'3fff::/20',
	'5f00::/16',
	'fc00::/7',
	'fe80::/10',
	'fec0::/10',
	'ff00::/8',
] as const;

/** IPv6 forms in which an IPv4 address stands: mapped, compatible, translated, NAT64, 6to4. */
const CARRYING: Array<[form: string, address: (high: string, low: string) => string]> = [
	['mapped', (high, low) => `::ffff:${high}:${low}`],
	['compatible', (high, low) => `::${high}:${low}`],
	['translated', (high, low) => `::ffff:0:${high}:${low}`],
	['NAT64', (high, low) => `64:ff9b::${high}:${low}`],
	['6to4', (high, low) => `2002:${high}:${low}::1`],
];

/** Node.js's own list of networks, to compare with. */
function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
	const list = new BlockList();
	for (const network of networks) {
		const [first = '', bits] = network.split('/');
		list.addSubnet(first, Number(bits), family);
	}
	return list;
}

const specialV4 = listOf(SPECIAL_V4, 'ipv4');
const specialV6 = listOf(SPECIAL_V6, 'ipv6');

const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
const hexOf = (value: number) => [value >>> 16, value & 0xffff].map((half) => half.toString(16));

/** Both ends of a network, and the addresses next to it. */
function edgesOf(network: string): { inside: number[]; outside: number[] } {
	const [first = '', bits] = network.split('/');
	const low = first.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
	const high = low + 2 ** (32 - Number(bits)) - 1;
	return { inside: [low, high], outside: [low - 1, high + 1].filter((one) => one >= 0 && one < 2 ** 32) };
}

/** Spellings that a browser, and n8n's client, takes for the same IPv4 address. */
const spellings = (value: number): string[] => {
	const bytes = dotted(value).split('.').map(Number);
	return [
		dotted(value),
		String(value),
		`0x${value.toString(16)}`,
		`0${value.toString(8)}`,
		bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
		bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
		`${bytes[0]}.${value % 2 ** 24}`,
		`${bytes[0]}.${bytes[1]}.${value % 2 ** 16}`,
		`${dotted(value)}.`,
	];
};

describe("X8: IANA's special-purpose addresses", () => {
	it.each(SPECIAL_V4)('%s, in every spelling, and inside every form of IPv6', (network) => {
		const { inside, outside } = edgesOf(network);
		for (const value of inside) {
			for (const spelling of spellings(value)) {
				expect([spelling, isPrivateHost(hostOf(spelling))]).toEqual([spelling, true]);
			}
			const [high = '', low = ''] = hexOf(value);
			for (const [form, address] of CARRYING) {
				expect([form, isPrivateHost(hostOf(`[${address(high, low)}]`))]).toEqual([form, true]);
			}
		}
		for (const value of outside) {
			const isSpecial = specialV4.check(dotted(value));
			expect([dotted(value), isPrivateAddress(dotted(value))]).toEqual([dotted(value), isSpecial]);
		}
	});

	it.each(SPECIAL_V6)('%s', (network) => {
		const [first = '', bits] = network.split('/');
		expect(isPrivateHost(hostOf(`[${first}]`))).toBe(true);
		// The last address of the network: every bit behind the prefix is set.
		const groups = hostOf(`[${first}]`).slice(1, -1).split('::');
		const front = (groups[0] ?? '').split(':').filter((group) => group !== '');
		const all = [...front, ...Array.from({ length: 8 - front.length }, () => '0')].map((group, index) => {
			const free = 16 - Math.min(Math.max(Number(bits) - index * 16, 0), 16);
			return (Number.parseInt(group, 16) | (2 ** free - 1)).toString(16);
		});
		expect([all, isPrivateHost(hostOf(`[${all.join(':')}]`))]).toEqual([all, true]);
	});

	it('no IPv4 address counts as public that is on the list, in whatever form', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
				const isSpecial = specialV4.check(dotted(value));
				const [high = '', low = ''] = hexOf(value);
				expect(isPrivateAddress(dotted(value))).toBe(isSpecial);
				for (const spelling of spellings(value)) expect(isPrivateHost(hostOf(spelling))).toBe(isSpecial);
				for (const [, address] of CARRYING) {
					expect(isPrivateHost(hostOf(`[${address(high, low)}]`))).toBe(isSpecial);
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it('no IPv6 address counts as public that is on the list, or that nobody has been given', () => {
		const group = fc.integer({ min: 0, max: 0xffff });
		const first = fc.oneof(group, fc.constantFrom(0x2001, 0x2620, 0x2a00, 0x3fff, 0xfd00, 0xfe80));
		fc.assert(
			fc.property(
				first,
				fc.oneof(group, fc.constantFrom(0, 0xdb8, 0x4f)),
				fc.array(group, { minLength: 6, maxLength: 6 }),
				(one, two, rest) => {
					const address = [one, two, ...rest].map((part) => part.toString(16)).join(':');
					const isGlobal = one >= 0x2000 && one <= 0x3fff && one !== 0x2002;
					const isPublic = isGlobal && !specialV6.check(address, 'ipv6');
					if (one !== 0x2002) expect([address, isPrivateAddress(address)]).toEqual([address, !isPublic]);
				},
			),
			{ numRuns: 2_000 },
		);
	});
});
