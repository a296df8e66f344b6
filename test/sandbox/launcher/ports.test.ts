import { createServer, type AddressInfo } from 'node:net';

import { freePort } from '../../../sandbox/launcher/ports';

async function occupy(): Promise<{ port: number; close: () => Promise<void> }> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return { port, close: async () => await new Promise<void>((done) => server.close(() => done())) };
}

describe('freePort', () => {
	it('gives the preferred port when nobody has it', async () => {
		const { port, close } = await occupy();
		await close();
		expect(await freePort(port)).toBe(port);
	});

	it('gives another one when the preferred port is taken', async () => {
		const { port, close } = await occupy();
		const found = await freePort(port);
		await close();
		expect(found).not.toBe(port);
		expect(found).toBeGreaterThan(0);
	});
});
