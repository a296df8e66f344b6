import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Below the ports that systems give to whoever connects somewhere (from 32768 on Linux, 49152 elsewhere): n8n opens its
 * second port many seconds after it was chosen, and by then a connection may have got it.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 50;

async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: HOST, exclusive: true }, () => {
			const address = server.address();
			const found = typeof address === 'object' && address !== null ? address.port : undefined;
			server.close(() => resolve(found));
		});
	});
}

/**
 * Finds a TCP port on 127.0.0.1 that nobody listens on.
 *
 * @param preferred taken when it is free; 0 or absent means any
 * @throws Error when the machine has no free port
 */
export async function freePort(preferred = 0): Promise<number> {
	if (preferred !== 0) {
		const port = await tryPort(preferred);
		if (port !== undefined) return port;
	}
	for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
		const port = await tryPort(randomInt(LOWEST, HIGHEST));
		if (port !== undefined) return port;
	}
	throw new Error('No free TCP port on 127.0.0.1.');
}
