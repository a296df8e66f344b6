import dns from 'node:dns';
import { gzipSync } from 'node:zlib';
import type { IBinaryKeyData, ICredentialType } from 'n8n-workflow';

import { SANDBOX } from '../../sandbox/kustomer';
import { useStandIn } from '../setup/stand-in';
import { itemsOf } from './execute-harness';
import { broken, chunked, file, mp3, startFileServer, status, type Answer } from './kustomer-recording-setup';
import { locator, only, run } from './kustomer-setup';
import { binary, hash, SESSION, useUploads } from './kustomer-uploads';

const MAX_UPLOAD = 3_000_000;

/** n8n's own credential type, which is not part of n8n-core. */
const babelforceApi: ICredentialType = {
	name: 'babelforceApi',
	displayName: 'Header Auth',
	properties: [],
	authenticate: {
		type: 'generic',
		properties: { headers: { '={{$credentials.name}}': '={{$credentials.value}}' } },
	},
};

/** n8n 1.x lets no node resolve a name: there only the way that it is written counts, as docs/recordings.md says. */
const RESOLVES_NAMES = !require.resolve('n8n-core').includes('engine-1x');

const uploads = useUploads({ rateLimitPerMinute: 0, maxUploadBytes: MAX_UPLOAD }, [babelforceApi]);
const { standIn, source, ids, upload, fromUrl, notes, attachments, stored } = uploads;
const other = useStandIn(() => startFileServer('localhost'));

describe('C7, X5: a recording', () => {
	it('from a URL is stored with its bytes and noted on the conversation of its session', async () => {
		const content = mp3(300_000);
		source.answer('/recordings/1/download', file(content));
		const json = only(await fromUrl('/recordings/1/download', { options: { duration: 185 } }));
		expect(json).toEqual({
			outcome: 'uploaded',
			attachmentId: stored()[0]?.id,
			noteId: notes()[0]?.id,
			messageId: ids.messageId,
			conversationId: ids.conversationId,
			name: 'call-7c3f.mp3',
			contentType: 'audio/mpeg',
			contentLength: 300_000,
			attempts: 1,
		});
		expect(notes()[0]).toMatchObject({
			body: 'Recording: call-7c3f.mp3, 3 min 5 s',
			attachments: [
				{
					_id: json.attachmentId,
					name: 'call-7c3f.mp3',
					contentType: 'audio/mpeg',
					contentLength: 300_000,
				},
			],
		});
		expect(hash(stored()[0]?.content)).toBe(hash(content));
		// The source is opened once.
		expect(source.requests).toHaveLength(1);
	});

	it('U5: from binary data keeps the name that external storage gave it', async () => {
		const content = mp3(5_000);
		const json = only(await upload({ items: binary(content, 'ujet-voice-recordings/call-123.mp3') }));
		expect(json).toMatchObject({ outcome: 'uploaded', name: 'call-123.mp3', contentLength: 5_000 });
		expect(hash(stored()[0]?.content)).toBe(hash(content));
	});

	it('is sent once, however often the step runs', async () => {
		source.answer('/a.mp3', file(mp3(9_000)));
		const first = only(await fromUrl('/a.mp3'));
		const before = standIn.requestCount;
		const again = only(await fromUrl('/a.mp3'));
		expect(again).toEqual({ ...first, outcome: 'alreadyThere', attempts: 0 });
		expect(standIn.requestCount - before).toBe(2);
		expect(attachments()).toHaveLength(1);
		expect(notes()).toHaveLength(1);
	});

	it('is there once when two workers bring it at the same time', async () => {
		source.answer('/a.mp3', file(mp3(9_000)));
		const both = (await Promise.all([fromUrl('/a.mp3'), fromUrl('/a.mp3')])).map(only);
		expect(both.map(({ outcome }) => outcome).sort()).toEqual(['alreadyThere', 'uploaded']);
		expect(new Set(both.map(({ attachmentId }) => attachmentId)).size).toBe(1);
		expect(notes()).toHaveLength(1);
		uploads.expectNothingHalf();
	});

	it('goes to a conversation or a message as well', async () => {
		const items = binary(mp3(700), 'a.mp3');
		const conversation = locator('externalId', SESSION);
		const toConversation = only(
			await upload({ items, parameters: { target: 'conversation', conversation } }),
		);
		expect(toConversation).toMatchObject({
			outcome: 'uploaded',
			conversationId: ids.conversationId,
			name: 'a.mp3',
		});
		const toMessage = only(
			await upload({ items, parameters: { target: 'message', message: locator('id', ids.messageId) } }),
		);
		expect(toMessage).toMatchObject({ outcome: 'uploaded', ...ids });
	});

	it('can be added to the message of the session, beside what is there', async () => {
		const parameters = { addTo: 'message' };
		only(await upload({ parameters, items: binary(mp3(100), 'call-1.mp3') }));
		const second = only(await upload({ parameters, items: binary(mp3(200), 'call-1.mp3') }));
		expect(second).toMatchObject({ outcome: 'uploaded', messageId: ids.messageId, contentLength: 200 });
		expect(
			standIn.store.messages.get(ids.messageId)?.attachments.map(({ contentLength }) => contentLength),
		).toEqual([100, 200]);
		expect(notes()).toEqual([]);
		const again = only(await upload({ parameters, items: binary(mp3(200), 'call-1.mp3') }));
		expect(again).toMatchObject({ outcome: 'alreadyThere', attachmentId: second.attachmentId });
	});

	it('works where Kustomer refuses chosen IDs', async () => {
		const options = { chooseId: false };
		const items = binary(mp3(700), 'call-9.mp3');
		expect(only(await upload({ items, options }))).toMatchObject({ outcome: 'uploaded' });
		expect(only(await upload({ items, options }))).toMatchObject({ outcome: 'alreadyThere' });
	});

	it('C7: goes to the conversation of the session where that has no message, and is not stored again when it has one', async () => {
		const externalId = 'babelforce:a1b2';
		const customer = locator('id', SANDBOX.customers.jonas.id);
		const { id } = only(await run(standIn, 'conversation.create', { customer, externalId }));
		const items = binary(mp3(600), 'recording');
		const first = only(await upload({ parameters: { externalId }, items }));
		expect(first).toMatchObject({ outcome: 'uploaded', conversationId: id, name: 'call-a1b2.mp3' });
		expect(first.messageId).toBeUndefined();

		const { error } = await upload({ parameters: { externalId, addTo: 'message' }, items });
		expect(error?.message).toBe(`The session ${externalId} is not in Kustomer yet.`);

		const conversation = locator('externalId', externalId);
		const message = { target: 'conversation', conversation, channel: 'voice', externalId };
		only(await run(standIn, 'message.create', message));
		const again = only(await upload({ parameters: { externalId }, items }));
		expect(again).toMatchObject({ outcome: 'alreadyThere', attachmentId: first.attachmentId });
	});

	it('keeps the file with an item that goes on with its error, so that a later step can try again', async () => {
		const { items } = await upload({
			parameters: { externalId: 'babelforce:none' },
			items: binary(mp3(9), 'a.mp3'),
			onError: 'continueRegularOutput',
		});
		expect(items[0]?.binary?.data).toBeDefined();
	});

	it('says that the session has to be logged first', async () => {
		const { error } = await upload({
			parameters: { externalId: 'babelforce:none' },
			items: binary(mp3(9), 'a.mp3'),
		});
		expect(error?.message).toBe('The session babelforce:none is not in Kustomer yet.');
		expect(error?.context?.kind).toBe('notFound');
		expect(attachments()).toEqual([]);
	});
});

describe('C23: a transcript', () => {
	const asNote = (text: string, name = 'chat-77.txt', mimeType = 'text/plain') =>
		upload({ parameters: { textAsNote: true }, items: binary(Buffer.from(text), name, mimeType) });

	it('is attached, and its text becomes the note when wanted', async () => {
		const json = only(await asNote('Ana: Hello\nJonas: Hi\n'));
		expect(json).toMatchObject({ name: 'chat-77.txt', contentType: 'text/plain' });
		expect(notes()[0]).toMatchObject({
			body: 'Ana: Hello\nJonas: Hi',
			attachments: [{ name: 'chat-77.txt' }],
		});
	});

	it('is cut when it is longer than a note', async () => {
		const text = 'Ana: word word word\n'.repeat(5_000);
		only(await asNote(text));
		const { body } = notes()[0] ?? { body: '' };
		expect(body.length).toBeLessThanOrEqual(10_240);
		expect(body).toMatch(/cut; the whole transcript is in the file\)$/);
	});

	it('in JSON is readable in the note', async () => {
		const transcript = JSON.stringify({
			transcript: [
				{ role: 'agent', text: 'Hello' },
				{ role: 'customer', text: 'Hi' },
			],
		});
		only(await asNote(transcript, 'chat-77.json', 'application/json'));
		expect(notes()[0]?.body).toBe('agent: Hello\ncustomer: Hi');
	});
});

describe('U6: a file that stays in external storage', () => {
	const link = 'https://files.example.com/call-5.mp3';

	it('is linked without being opened when its size is given', async () => {
		const parameters = { source: 'url', url: link, store: 'link' };
		const options = { fileSize: 42, fileName: 'call-5.mp3' };
		const json = only(await upload({ parameters, options }));
		expect(json).toMatchObject({ outcome: 'linked', name: 'call-5.mp3', contentLength: 42, attempts: 0 });
		expect(attachments()).toMatchObject([{ externalUrl: link, contentType: 'audio/mpeg' }]);
		expect(notes()[0]?.attachments).toHaveLength(1);
	});

	it('is stored and linked', async () => {
		const parameters = { store: 'both', externalUrl: link };
		const json = only(await upload({ parameters, items: binary(mp3(60), 'call-5.mp3') }));
		expect(json).toMatchObject({ outcome: 'uploaded', attempts: 1 });
		expect(notes()[0]?.attachments.map(({ name }) => name)).toEqual(['call-5.mp3', 'Link: call-5.mp3']);
	});

	it('needs a link that Kustomer takes', async () => {
		for (const externalUrl of [
			'http://files.example.com/a',
			'https://user:secret@files.example.com/a',
			'a',
			`https://files.example.com/${'a'.repeat(8000)}`,
		]) {
			const parameters = { store: 'link', externalUrl };
			const { error } = await upload({ parameters, items: binary(mp3(9), 'a.mp3') });
			expect(error?.context?.parameter).toBe('externalUrl');
			expect(`${error?.message} ${error?.description}`).not.toContain('secret');
		}
		expect(attachments()).toEqual([]);
	});
});

describe('X5: trouble on the way is repeated from the source', () => {
	it('when the source loses the connection at half', async () => {
		const content = mp3(400_000);
		source.answer('/a.mp3', broken(content, 0.5), file(content));
		const json = only(await fromUrl('/a.mp3'));
		expect(json).toMatchObject({ outcome: 'uploaded', attempts: 2, contentLength: 400_000 });
		expect(hash(stored()[0]?.content)).toBe(hash(content));
		expect(attachments()).toHaveLength(1);
		uploads.expectNothingHalf();
	});

	it('when the storage refuses the form, with a new form', async () => {
		const content = mp3(10_000);
		source.answer('/a.mp3', file(content));
		// The first form is as good as expired: its signature does not fit any more.
		const create = standIn.store.createAttachment.bind(standIn.store);
		const spy = jest.spyOn(standIn.store, 'createAttachment').mockImplementationOnce((body) => {
			const attachment = create(body);
			setImmediate(() => (attachment.signature = 'another'));
			return attachment;
		});
		const json = only(await fromUrl('/a.mp3'));
		spy.mockRestore();
		expect(json).toMatchObject({ outcome: 'uploaded', attempts: 2 });
		expect(attachments()).toHaveLength(2);
		expect(stored()).toHaveLength(1);
		expect(hash(stored()[0]?.content)).toBe(hash(content));
		uploads.expectNothingHalf();
	});

	it('when the source has trouble of its own', async () => {
		source.answer('/a.mp3', status(503), file(mp3(500)));
		expect(only(await fromUrl('/a.mp3'))).toMatchObject({ outcome: 'uploaded' });
	});

	it('when the answer to the note is lost', async () => {
		source.answer('/a.mp3', file(mp3(500)));
		standIn.faults.add({ method: 'POST', path: /\/notes$/, fault: { kind: 'closeAfterCommit' } });
		expect(only(await fromUrl('/a.mp3'))).toMatchObject({ outcome: 'uploaded', attempts: 1 });
		expect(notes()).toHaveLength(1);
	});

	it('when the source falls silent, but not while it is only slow', async () => {
		const content = mp3(3_000);
		source.answer('/a.mp3', (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '3000' });
			response.write(content.subarray(0, 1_000));
		});
		const silent = await fromUrl('/a.mp3', { options: { timeout: 1 } });
		expect(silent.error?.message).toMatch(/sent nothing for too long|took nothing more for too long/);
		expect(stored()).toEqual([]);

		source.answer('/b.mp3', (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '3000' });
			[0, 1, 2].forEach((part) =>
				setTimeout(() => response.write(content.subarray(part * 1_000, (part + 1) * 1_000)), part * 700),
			);
		});
		// In total longer than the limit, but never without progress for that long.
		expect(only(await fromUrl('/b.mp3', { options: { timeout: 1 } }))).toMatchObject({ attempts: 1 });
		expect(hash(stored()[0]?.content)).toBe(hash(content));
	}, 30_000);

	it('but not after somebody has stopped the run', async () => {
		let reached = () => {};
		const reading = new Promise<void>((resolve) => (reached = resolve));
		source.answer('/a.mp3', (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '900000' });
			response.write(mp3(70_000));
			setTimeout(reached, 200);
		});
		const startedAt = Date.now();
		await fromUrl('/a.mp3', { cancelWhen: reading });
		expect(Date.now() - startedAt).toBeLessThan(5_000);
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect(source.requests).toHaveLength(1);
		expect(notes()).toEqual([]);
	});

	it('but not without end, and nothing refers to the rest', async () => {
		source.answer('/a.mp3', broken(mp3(400_000), 0.5));
		const { error } = await fromUrl('/a.mp3');
		expect(error?.message).toMatch(/127\.0\.0\.1 could not be reached, or the connection broke/);
		expect(error?.context?.kind).toBe('fileUnreachable');
		expect(source.requests).toHaveLength(3);
		expect(notes()).toEqual([]);
		expect(stored()).toEqual([]);
	});
});

describe('X5: a source that gives no file is reported, and nothing is stored', () => {
	const PAGE = '<!DOCTYPE html><title>Sign in</title>';
	const DISGUISED = '\n <html><body>Sign in</body></html>';
	const insteadOfAudio = (what: string) => new RegExp(`answered a ${what} instead of audio`);
	const text = (content: string, type = 'audio/mpeg') => file(Buffer.from(content), { 'content-type': type });
	const raw =
		(bytes: string): Answer =>
		(_request, response) =>
			void response.socket?.end(bytes);
	const cases: [string, Answer, string, RegExp][] = [
		['404', status(404), 'fileNotFound', /has no such file \(status 404\)/],
		['401', status(401), 'fileUnauthorized', /does not give out the file \(status 401\)/],
		['a web page', text(PAGE, 'text/html; charset=utf-8'), 'notAFile', insteadOfAudio('web page')],
		['a web page that claims to be audio', text(DISGUISED), 'notAFile', insteadOfAudio('web page')],
		['an error in JSON', text('{"error": "a"}', 'application/json'), 'notAFile', insteadOfAudio('JSON text')],
		['zero bytes', file(Buffer.alloc(0)), 'fileEmpty', /is empty/],
		[
			'redirects without end',
			status(302, { location: '/a.mp3' }),
			'fileAddress',
			/redirects more than 5 times/,
		],
		['an answer that is no HTTP', raw('garbage\r\n\r\n'), 'fileUnreachable', /the connection broke/],
		[
			'a header without end',
			raw(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`),
			'fileUnreachable',
			/the connection broke/,
		],
		[
			'a length that is none',
			raw('HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nID3'),
			'fileUnreachable',
			/the connection broke/,
		],
	];
	it.each(cases)('%s', async (_, answer, kind, message) => {
		source.answer('/a.mp3', answer);
		const { error } = await fromUrl('/a.mp3');
		expect(error?.message).toMatch(message);
		expect(error?.description?.length).toBeGreaterThan(20);
		expect(error?.context?.kind).toBe(kind);
		expect(attachments()).toEqual([]);
		expect(notes()).toEqual([]);
	});

	it('a binary field that is not there, and an address that is none', async () => {
		expect((await upload()).error?.message).toBe("The item has no file in the field 'data'.");
		for (const url of ['recordings/1', 'file:///etc/passwd', 'ftp://files.example.com/a']) {
			expect((await upload({ parameters: { source: 'url', url } })).error?.context?.kind).toBe('fileAddress');
		}
	});

	it.each<[string, unknown]>([
		['nothing', {}],
		['text', 'hello'],
		['a list', []],
		['content that is a number', { data: 7, mimeType: 'audio/mpeg' }],
		['content that is an object', { data: {}, mimeType: 'audio/mpeg' }],
		['no content', { data: null, mimeType: 'audio/mpeg' }],
	])('X16: what a program has put into the binary field: %s', async (_, data) => {
		const { error } = await upload({ items: [{ json: {}, binary: { data } as unknown as IBinaryKeyData }] });
		expect(error?.message).toBe("What is in the field 'data' is no binary data of n8n.");
		expect(error?.description).toMatch(/prepareBinaryData/);
		expect(error?.context?.kind).toBe('fileNotFound');
	});

	it('X16: a name of a field, or of a session, is shown in one line and cut', async () => {
		const long = await upload({ parameters: { binaryPropertyName: 'a'.repeat(10_000) } });
		expect(long.error?.message.length).toBeLessThan(200);
		const parameters = { externalId: 'voice:+4930901820\r\nb' };
		const lines = await upload({ items: binary(mp3(9), 'a.mp3'), parameters });
		expect(lines.error?.message).toBe('The session voice:[number] b is not in Kustomer yet.');
	});

	it('a file that is larger than the storage takes', async () => {
		source.answer('/a.mp3', file(mp3(MAX_UPLOAD + 200_000)));
		const { error } = await fromUrl('/a.mp3');
		expect(error?.message).toMatch(/larger than Kustomer's storage takes \(EntityTooLarge/);
		expect(notes()).toEqual([]);
	});
});

describe('X5: the length', () => {
	it('is counted by reading once when the source does not tell it', async () => {
		const content = mp3(123_456);
		source.answer('/a.mp3', chunked(content));
		expect(only(await fromUrl('/a.mp3'))).toMatchObject({
			outcome: 'uploaded',
			contentLength: 123_456,
			attempts: 1,
		});
		expect(source.requests).toHaveLength(2);
		expect(hash(stored()[0]?.content)).toBe(hash(content));
	});

	it('is counted when what is told is not what comes', async () => {
		const content = mp3(200_000);
		const squeezed = gzipSync(content);
		expect(squeezed.byteLength).toBeLessThan(content.byteLength);
		// Compresses although it was asked not to: the announced length is that of the compressed bytes.
		source.answer('/a.mp3', file(squeezed, { 'content-type': 'audio/mpeg', 'content-encoding': 'gzip' }));
		expect(only(await fromUrl('/a.mp3'))).toMatchObject({ outcome: 'uploaded', contentLength: 200_000 });
		expect(hash(stored()[0]?.content)).toBe(hash(content));
		uploads.expectNothingHalf();
	});
});

describe('U5: names', () => {
	it('lose folders and control characters', async () => {
		const options = { fileName: '../../etc/call\u0000-1\u202e.mp3' };
		const json = only(await upload({ options, items: binary(mp3(10), 'x.mp3') }));
		expect(json.name).toBe('call-1.mp3');
	});

	it('of photos stay as they are', async () => {
		const jpg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(50)]);
		const json = only(await upload({ items: binary(jpg, 'call-123-photo-9.jpg', 'image/jpeg') }));
		expect(json).toMatchObject({ name: 'call-123-photo-9.jpg', contentType: 'image/jpeg' });
		expect(notes()[0]?.body).toBe('Photo: call-123-photo-9.jpg');
	});
});

describe('X8: the credential for the URL', () => {
	const credentials = { babelforceApi: { name: 'x-token', value: 'secret-1', baseUrl: '' } };
	const withHeader = { sourceAuthentication: 'babelforceApi' };
	beforeEach(() => (credentials.babelforceApi.baseUrl = source.url));

	it('is sent to its own host only, whatever the URL names', async () => {
		other.answer('/a.mp3', file(mp3(900)));
		only(
			await upload({ parameters: { ...withHeader, source: 'url', url: `${other.url}/a.mp3` }, credentials }),
		);
		other.answer('/b.mp3', status(401));
		const { error } = await upload({
			parameters: { ...withHeader, source: 'url', url: `${other.url}/b.mp3` },
			credentials,
		});
		expect(other.requests.map(({ headers }) => headers['x-token'])).toEqual([undefined, undefined]);
		expect(error?.context?.kind).toBe('fileUnauthorized');
		expect(error?.message).toMatch(/asked without the credential, which is not for this host/);
		expect(error?.description).toMatch(/enter it under Servers That Get the Credential/);
	});

	it('is sent to a host that was named in place of its own', async () => {
		other.answer('/a.mp3', file(mp3(900)));
		const parameters = { ...withHeader, source: 'url', url: `${other.url}/a.mp3` };
		only(
			await upload({ parameters: { ...parameters, credentialHosts: new URL(other.url).host }, credentials }),
		);
		expect(other.requests.map(({ headers }) => headers['x-token'])).toEqual(['secret-1']);
	});

	it('is not sent at all when it does not say which host it is for', async () => {
		source.answer('/a.mp3', file(mp3(900)));
		credentials.babelforceApi.baseUrl = 'http://babelforce.example.com';
		const { error } = await fromUrl('/a.mp3', { parameters: withHeader, credentials });
		expect(error?.message).toMatch(/base URL in the babelforce credential is not encrypted/);
		expect(error?.description).toMatch(/Servers That Get the Credential/);
		expect(source.requests).toEqual([]);
	});

	it('is sent to its own host, and not to another host after a redirect', async () => {
		other.answer('/stored.mp3', file(mp3(900)));
		source.answer('/a', status(302, { location: '/b' }));
		source.answer('/b', status(302, { location: `${other.url}/stored.mp3` }));
		only(await fromUrl('/a', { parameters: withHeader, credentials }));
		expect(source.requests.map(({ headers }) => headers['x-token'])).toEqual(['secret-1', 'secret-1']);
		expect(other.requests.map(({ headers }) => headers['x-token'])).toEqual([undefined]);
	});

	it('is renewed by n8n when it has expired, also where a redirect follows', async () => {
		other.answer('/stored.mp3', file(mp3(900)));
		source.answer('/a', status(401), status(401), status(302, { location: `${other.url}/stored.mp3` }));
		const json = only(await fromUrl('/a', { parameters: withHeader, credentials }));
		expect(json).toMatchObject({ outcome: 'uploaded' });
		expect(other.requests.map(({ headers }) => headers['x-token'])).toEqual([undefined]);
	});

	it('is sent to the hosts that were named only', async () => {
		source.answer('/a.mp3', file(mp3(900)));
		const parameters = { ...withHeader, credentialHosts: '*.babelforce.com' };
		only(await fromUrl('/a.mp3', { parameters, credentials }));
		expect(source.requests[0]?.headers['x-token']).toBeUndefined();
	});

	it('is named when it is refused, and never shown', async () => {
		source.answer('/a.mp3', status(401));
		const { error } = await fromUrl('/a.mp3', { parameters: withHeader, credentials });
		expect(error?.context?.kind).toBe('fileUnauthorized');
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('secret-1');
	});

	it('never goes to the storage, and neither does the API key', async () => {
		source.answer('/a.mp3', file(mp3(900)));
		// The stand-in refuses an upload with an Authorization header.
		const json = only(await fromUrl('/a.mp3', { parameters: withHeader, credentials }));
		expect(json).toMatchObject({ attempts: 1 });
	});
});

describe('X8: addresses inside the own network', () => {
	const forbidden = { allowPrivate: false };

	it('are refused by where their name leads, as n8n resolves it, not by how it is written', async () => {
		source.answer('/a.mp3', file(mp3(900)));
		const { port } = new URL(source.url);
		const lookup = jest.spyOn(dns, 'lookup');
		lookup.mockImplementation(((...given: unknown[]) => {
			const done = given.at(-1) as (error: null, found: dns.LookupAddress[]) => void;
			done(null, [{ address: '127.0.0.1', family: 4 }]);
		}) as typeof dns.lookup);
		try {
			const url = `http://files.example.com:${port}/a.mp3`;
			const { error } = await upload({ parameters: { source: 'url', url }, options: forbidden });
			expect(error?.message).toEqual(
				RESOLVES_NAMES ? expect.stringMatching(/inside the own network, which is not allowed/) : undefined,
			);
			expect(source.requests).toHaveLength(RESOLVES_NAMES ? 0 : 1);
			expect(only(await upload({ parameters: { source: 'url', url } }))).toMatchObject({
				contentLength: 900,
			});
		} finally {
			lookup.mockRestore();
		}
	});

	it('are refused unless they are allowed', async () => {
		for (const url of [
			`${source.url}/a.mp3`,
			'http://[::1]/a',
			'http://localhost/a',
			'http://169.254.169.254/a',
		]) {
			const { error } = await upload({ parameters: { source: 'url', url }, options: forbidden });
			expect(error?.message).toMatch(/inside the own network, which is not allowed/);
		}
		expect(source.requests).toEqual([]);
	});
});

it('X5: twenty uploads run a few at a time, each of them once', async () => {
	let open = 0;
	let most = 0;
	const content = mp3(150_000);
	for (let index = 0; index < 20; index += 1) {
		source.answer(`/call-${index}.mp3`, (_request, response) => {
			most = Math.max(most, ++open);
			response.once('close', () => (open -= 1));
			response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': String(content.byteLength) });
			response.write(content.subarray(0, 75_000));
			setTimeout(() => response.end(content.subarray(75_000)), 20);
		});
	}
	const result = await upload({
		parameters: { source: 'url', url: `={{ "${source.url}/call-" + $json.index + ".mp3" }}` },
		options: { concurrency: 4 },
		items: itemsOf(...Array.from({ length: 20 }, (_, index) => ({ index }))),
	});
	expect(result.error).toBeUndefined();
	expect(result.items.map(({ json }) => json.name)).toEqual(
		Array.from({ length: 20 }, (_, index) => `call-${index}.mp3`),
	);
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(4);
	expect(stored()).toHaveLength(20);
	uploads.expectNothingHalf();
});

it('X5: one file that fails leaves the others alone', async () => {
	source.answer('/call-0.mp3', file(mp3(100)));
	const result = await upload({
		parameters: { source: 'url', url: `={{ "${source.url}/call-" + $json.index + ".mp3" }}` },
		items: itemsOf({ index: 0 }, { index: 1 }),
		onError: 'continueRegularOutput',
	});
	expect(result.items[0]?.json.outcome).toBe('uploaded');
	expect(result.items[1]?.json.error).toMatchObject({ kind: 'fileNotFound' });
});
