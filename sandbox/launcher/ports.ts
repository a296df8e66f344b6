import { createServer } from 'node:net';

const HOST = '127.0.0.1';

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
	const port = (await tryPort(preferred)) ?? (await tryPort(0));
	if (port === undefined) throw new Error('No free TCP port on 127.0.0.1.');
	return port;
}
