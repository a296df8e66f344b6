import { isPrivateAddress, isPrivateHost } from '../../../lib/files/private-address';

const hostOf = (host: string) => new URL(`http://${host}/`).hostname;

describe('X8: addresses inside the own network', () => {
	it.each([
		'127.0.0.1',
		'127.1',
		'2130706433',
		'0x7f000001',
		'0177.0.0.1',
		'10.1.2.3',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.1',
		'169.254.169.254',
		'100.64.0.1',
		'0.0.0.0',
		'224.0.0.1',
		'255.255.255.255',
		'[::1]',
		'[::]',
		'[::ffff:127.0.0.1]',
		'[::ffff:a9fe:a9fe]',
		'[::127.0.0.1]',
		'[64:ff9b::10.0.0.1]',
		'[2002:7f00:1::]',
		'[fd00::1]',
		'[fe80::1]',
		'localhost',
		'LOCALHOST.',
		'files.localhost',
		'nas.local',
		'metadata.google.internal',
		'storage',
	])('%s is one', (host) => expect(isPrivateHost(hostOf(host))).toBe(true));

	it.each([
		'files.example.com',
		'8.8.8.8',
		'172.32.0.1',
		'172.15.255.255',
		'192.169.0.1',
		'100.128.0.1',
		'[2001:4860:4860::8888]',
		'[::ffff:8.8.8.8]',
		'[64:ff9b::8.8.8.8]',
		'localhost.example.com',
	])('%s is none', (host) => expect(isPrivateHost(hostOf(host))).toBe(false));

	it('what is no address is none', () => {
		expect(isPrivateAddress('nonsense')).toBe(false);
		expect(isPrivateAddress('')).toBe(false);
	});
});
