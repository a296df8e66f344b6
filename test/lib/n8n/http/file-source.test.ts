import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { FileError } from '../../../../lib/files/file-error';
import { urlSource } from '../../../../lib/n8n/http/file-source';

interface Asked {
	url: string;
	hasCredential: boolean;
}

/** An n8n whose requests are answered from a list: a status, and for redirects the address. */
function n8nThatGets(answers: Record<string, string | number>) {
	const asked: Asked[] = [];
	const answer = async (options: IHttpRequestOptions, hasCredential: boolean) => {
		asked.push({ url: options.url, hasCredential });
		const found = answers[options.url] ?? 404;
		await Promise.resolve();
		return {
			statusCode: typeof found === 'string' ? 302 : found,
			headers: typeof found === 'string' ? { location: found } : {},
			body: { destroy: () => undefined, async *[Symbol.asyncIterator]() {} },
		};
	};
	const helpers = {
		httpRequest: (options: IHttpRequestOptions) => answer(options, false),
		httpRequestWithAuthentication: (_type: string, options: IHttpRequestOptions) => answer(options, true),
	};
	const context = { helpers, getExecutionCancelSignal: () => undefined };
	return { context: context as unknown as IExecuteFunctions, asked };
}

async function open(
	url: string,
	answers: Record<string, string | number>,
	credentialHosts: string[] = [],
	allowPrivate = false,
	credentialOrigin = new URL(url).origin,
): Promise<{ asked: Asked[]; error?: FileError }> {
	const { context, asked } = n8nThatGets(answers);
	const settings = {
		url,
		credentialType: 'babelforceApi',
		credentialOrigin,
		credentialHosts,
		allowPrivate,
		idleMs: 1_000,
	};
	try {
		const opened = await urlSource(context, settings).open();
		opened.close();
		return { asked };
	} catch (error) {
		if (error instanceof FileError) return { asked, error };
		throw error;
	}
}

const FILE = 'https://api.example.com/recordings/1';

describe('X8: the credential', () => {
	const gets = async (url: string, hosts: string[] = []) =>
		(await open(url, { [url]: 200 }, hosts, true)).asked.map(({ hasCredential }) => hasCredential);

	it.each([
		['an address that is not encrypted', 'http://api.example.com/1.mp3', []],
		['such an address whose host was named', 'http://api.example.com/1.mp3', ['api.example.com']],
		['such an address in the own network', 'http://10.0.0.8/1.mp3', []],
		['a name that only begins like this machine', 'http://localhost.example.com/1.mp3', []],
		['another port of a host that was named', 'https://api.example.com:8443/1.mp3', ['api.example.com']],
		['another port below a name', 'https://api.example.com:8443/1.mp3', ['*.example.com']],
		['the usual port when another was named', FILE, ['api.example.com:8443']],
	])('is not sent to %s', async (_, url, hosts) => {
		expect(await gets(url, hosts)).toEqual([false]);
	});

	it.each([
		['the port that was named', 'https://api.example.com:8443/1.mp3', ['api.example.com:8443']],
		['the port that was named, below a name', 'https://api.example.com:8443/1.mp3', ['*.example.com:8443']],
		['the usual port, named or not', FILE, ['api.example.com:443']],
		['the port of the address', 'https://api.example.com:8443/1.mp3', []],
		['this machine, encrypted or not', 'http://127.0.0.1:8080/1.mp3', ['127.0.0.1']],
		['this machine by its name', 'http://localhost:8080/1.mp3', []],
		['this machine in IPv6', 'http://[::1]:8080/1.mp3', []],
	])('is sent to %s', async (_, url, hosts) => {
		expect(await gets(url, hosts)).toEqual([true]);
	});
});

describe('X8: a redirect of a public address', () => {
	it.each([
		['this machine', 'https://localhost/a'],
		['this machine, written another way', 'https://0x7f.1/a'],
		['this machine, in IPv6', 'https://[::ffff:127.0.0.1]/a'],
		["the cloud's metadata", 'https://169.254.169.254/latest/meta-data/'],
		['the own network', 'https://10.0.0.8/a'],
		['a name of the own network', 'https://intranet/a'],
	])('to %s is not followed', async (_, location) => {
		const { asked, error } = await open(FILE, { [FILE]: location });
		expect(error?.kind).toBe('fileAddress');
		expect(error?.message).toMatch(/inside the own network/);
		expect(asked).toHaveLength(1);
	});

	it('to an address that is not encrypted is not followed', async () => {
		const { asked, error } = await open(FILE, { [FILE]: 'http://files.example.com/1.mp3' });
		expect(error?.kind).toBe('fileAddress');
		expect(error?.message).toMatch(/not encrypted/);
		expect(asked).toHaveLength(1);
	});

	it('is followed five times, also where its address is relative', async () => {
		const at = (step: number) => `https://api.example.com/${step}`;
		const chain = (length: number) =>
			Object.fromEntries(
				Array.from({ length }, (_, step) => [at(step), step === length - 1 ? 200 : `/${step + 1}`]),
			);
		expect((await open(at(0), chain(6))).error).toBeUndefined();
		expect((await open(at(0), chain(7))).error?.message).toMatch(/more than 5 times/);
	});

	it.each([
		['another host', 'https://files.example.com/1.mp3'],
		['another port', 'https://api.example.com:8443/1.mp3'],
		['a host whose name begins alike', 'https://api.example.com.evil.example/1.mp3'],
		['the same host in front of which a name stands', 'https://api.example.com@evil.example/1.mp3'],
	])('to %s is asked without the credential', async (_, location) => {
		const target = new URL(location).href;
		const { asked, error } = await open(FILE, { [FILE]: location, [target]: 200 });
		expect(error).toBeUndefined();
		expect(asked).toEqual([
			{ url: FILE, hasCredential: true },
			{ url: target, hasCredential: false },
		]);
	});

	it('that leads away and back is asked without the credential: the other host has chosen the address', async () => {
		const away = 'https://files.example.com/1.mp3';
		const back = 'https://api.example.com/everything';
		for (const hosts of [[], ['api.example.com']]) {
			const { asked } = await open(FILE, { [FILE]: away, [away]: back, [back]: 200 }, hosts);
			expect(asked.map(({ hasCredential }) => hasCredential)).toEqual([true, false, false]);
		}
	});

	it('to a host that was named is asked with the credential', async () => {
		const link = 'https://links.example.org/1';
		const { asked } = await open(link, { [link]: FILE, [FILE]: 200 }, ['*.example.com']);
		expect(asked.map(({ hasCredential }) => hasCredential)).toEqual([false, true]);
	});
});
