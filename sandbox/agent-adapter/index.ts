/**
 * Stands in for the agent adapters of CCAI Platform and for the web server that hands out the agent desktop: pages that post to the page
 * around them what the adapters post, and the files of the folder `desktop` with settings of their own.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

import express, { type Express } from 'express';

const DESKTOP = resolve(__dirname, '../../desktop');

/** A server on a port of its own, which is an origin of its own to browsers. */
export interface RunningPage {
	/** Without a slash at the end. */
	origin: string;
	close(): Promise<void>;
}

/** What `settings.js` of the desktop says. */
export type DesktopSettings = Readonly<Record<string, string | readonly string[]>>;

/** Hands out the two adapters. Frames post what the desktop's test tells them to, by the function `post`. */
export async function startAdapters(): Promise<RunningPage> {
	const app = express();
	app.get('/agent/', (request, response) => {
		const { type, from } = request.query;
		// The platform shows an adapter only for the CRM that its tenant is set to.
		if ((type !== 'call' && type !== 'chat') || from !== 'custom') {
			response.status(404).type('html').send('<!doctype html><title>Not found</title>');
			return;
		}
		const title = type === 'call' ? 'Call adapter' : 'Chat adapter';
		response.type('html').send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
			<body style="font:14px system-ui;margin:1rem"><h1 style="font-size:1rem">${title}</h1>
			<p>Stand-in for CCAI Platform</p><button type="button">Available</button>
			<script>
				// As the platform does: JSON text, to whatever page holds the adapter.
				window.post = (event) => window.parent.postMessage(JSON.stringify(event), '*');
				window.postAsItIs = (value) => window.parent.postMessage(value, '*');
			</script></body></html>`);
	});
	return await listening(app);
}

/** Hands out the agent desktop. Its settings are asked for with each opening, since they need addresses that are known later. */
export async function startDesktop(settings: () => DesktopSettings): Promise<RunningPage> {
	const app = express();
	app.get('/settings.js', (_request, response) => {
		response.type('js').send(`window.AGENT_DESKTOP = ${JSON.stringify(settings())};`);
	});
	app.use(express.static(join(DESKTOP)));
	return await listening(app);
}

async function listening(app: Express): Promise<RunningPage> {
	app.disable('x-powered-by');
	const server = createServer(app);
	await new Promise<void>((ready, failed) => {
		server.once('error', failed);
		server.listen(0, '127.0.0.1', ready);
	});
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}
