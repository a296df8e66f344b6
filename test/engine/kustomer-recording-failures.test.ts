/**
 * What goes wrong between a file's source and the note that refers to it. Each case ends in one of two ways: a retry that
 * works, or an error that says what to do. In no case does anything refer to a file that is not there as a whole.
 */
import type { KustomerStandInOptions } from '../../sandbox/kustomer';
import type { Fault } from '../../sandbox/kustomer/faults';
import { useStandIn } from '../setup/stand-in';
import type { NodeResult } from './execute-harness';
import { file, mp3, startMoodyStorage, status, type StorageMood } from './kustomer-recording-setup';
import { only } from './kustomer-setup';
import { binary, hash, useUploads } from './kustomer-uploads';

const SIZE = 400_000;

const kustomer: KustomerStandInOptions = { rateLimitPerMinute: 0 };
const uploads = useUploads(kustomer);
const { standIn, source, upload, fromUrl, notes, attachments, stored } = uploads;
const storage = useStandIn(() => startMoodyStorage(() => `${standIn.url}/files`));
beforeAll(() => {
	kustomer.storageUrl = storage.url;
});
afterEach(() => uploads.expectNothingHalf());

/** It failed, says what to do, and has left no note. */
function expectReported({ error }: NodeResult, kind: string, message: RegExp): void {
	expect(error?.message).toMatch(message);
	expect(error?.context?.kind).toBe(kind);
	expect(error?.description?.length).toBeGreaterThan(20);
	expect(notes()).toEqual([]);
}

/** Running the step again, as n8n's Retry does, stores the file and writes one note. */
async function expectRetryWorks(content: Buffer): Promise<void> {
	storage.reset();
	standIn.faults.clear();
	source.answer('/a.mp3', file(content));
	expect(only(await fromUrl())).toMatchObject({ outcome: 'uploaded', contentLength: content.length });
	expect(notes()).toHaveLength(1);
	const [reference] = notes()[0]?.attachments ?? [];
	expect(hash(standIn.store.attachments.get(reference?._id ?? '')?.content)).toBe(hash(content));
}

describe('X5: the storage', () => {
	const content = mp3(SIZE);
	beforeEach(() => source.answer('/a.mp3', file(content)));

	const passing: [string, StorageMood, announced: number][] = [
		['loses the connection at half', 'cut', 2],
		['takes half and then nothing more', 'stall', 2],
		['takes everything and never answers', 'silent', 2],
		['says that the form has expired', { status: 403, code: 'AccessDenied' }, 2],
		['says so before it has read the file', { early: 403, code: 'AccessDenied' }, 2],
		['has trouble of its own', { status: 500, code: 'InternalError' }, 1],
		['wants fewer requests', { status: 503, code: 'SlowDown' }, 1],
		['found the sender too slow', { status: 400, code: 'RequestTimeout' }, 1],
	];
	it.each(passing)(
		'%s: it is sent again, from the source',
		async (_, mood, announced) => {
			storage.moods = [mood];
			const json = only(await fromUrl('/a.mp3', { options: { timeout: 1 } }));
			expect(json).toMatchObject({ outcome: 'uploaded', attempts: 2 });
			expect(attachments()).toHaveLength(announced);
			expect(stored().map((one) => hash(one.content))).toEqual([hash(content)]);
			expect(notes()[0]?.attachments.map(({ _id }) => _id)).toEqual([stored()[0]?.id]);
		},
		30_000,
	);

	const FORM_OR_CONNECTION = /form is no longer valid|connection to Kustomer's storage broke/;
	const lasting: [string, StorageMood, RegExp, uploads: number][] = [
		['loses every connection', 'cut', /the connection to Kustomer's storage broke/, 3],
		['takes half each time', 'stall', /storage took nothing more for too long|sent nothing for too long/, 3],
		['refuses every form', { status: 403, code: 'AccessDenied' }, /form is no longer valid .AccessDenied/, 3],
		['refuses every form early', { early: 403, code: 'AccessDenied' }, FORM_OR_CONNECTION, 3],
		['always has trouble', { status: 500, code: 'InternalError' }, /InternalError, status 500/, 3],
		['refuses the file', { status: 400, code: 'InvalidArgument' }, /InvalidArgument, status 400/, 1],
		[
			'sends the file elsewhere',
			{ status: 307, code: 'Moved', location: 'http://127.0.0.1:1/' },
			/status 307/,
			1,
		],
	];
	it.each(lasting)(
		'%s: it is reported, and Retry works',
		async (_, mood, message, uploads) => {
			storage.moods = Array<StorageMood>(5).fill(mood);
			const result = await fromUrl('/a.mp3', { options: { timeout: 1 } });
			expectReported(result, 'uploadFailed', message);
			expect(storage.uploads).toBe(uploads);
			expect(stored()).toEqual([]);
			await expectRetryWorks(content);
		},
		30_000,
	);

	it('is slow, but goes on: it is not given up', async () => {
		storage.moods = ['slow'];
		expect(only(await fromUrl('/a.mp3', { options: { timeout: 2 } }))).toMatchObject({ attempts: 1 });
		expect(hash(stored()[0]?.content)).toBe(hash(content));
	}, 30_000);

	it('is reached when somebody stops the run: the upload ends, nothing refers to it, and nothing goes on', async () => {
		storage.moods = ['stall'];
		const half = new Promise<void>((resolve) => (storage.onHalf = resolve));
		await fromUrl('/a.mp3', { cancelWhen: half });
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		expect(storage.uploads).toBe(1);
		expect(notes()).toEqual([]);
		expect(stored()).toEqual([]);
		await expectRetryWorks(content);
	});
});

describe('X5: what the source says of the length', () => {
	it('is more than it has: it is reported, and nothing is stored', async () => {
		const content = mp3(1_000);
		source.answer('/a.mp3', (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '2000' });
			response.write(content);
			setTimeout(() => response.destroy(), 20);
		});
		expectReported(await fromUrl(), 'fileUnreachable', /the connection broke/);
		expect(stored()).toEqual([]);
		await expectRetryWorks(content);
	});

	it('is less than it has: what belongs to the answer is stored, as its protocol defines it', async () => {
		const content = mp3(2_000);
		source.answer('/a.mp3', (request) => {
			request.socket.write('HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 1000\r\n\r\n');
			request.socket.end(content);
		});
		const result = await fromUrl();
		if (result.error === undefined) expect(only(result)).toMatchObject({ contentLength: 1_000 });
		else expectReported(result, 'fileUnreachable', /./);
	});

	it('is nothing, and the connection breaks: it is not taken for the end of the file', async () => {
		const content = mp3(100_000);
		source.answer(
			'/a.mp3',
			(_request, response) => {
				response.writeHead(200, { 'content-type': 'audio/mpeg' });
				response.write(content.subarray(0, 40_000));
				setTimeout(() => response.destroy(), 20);
			},
			(_request, response) => {
				response.writeHead(200, { 'content-type': 'audio/mpeg' });
				response.end(content);
			},
		);
		expect(only(await fromUrl())).toMatchObject({ outcome: 'uploaded', contentLength: 100_000 });
		expect(hash(stored()[0]?.content)).toBe(hash(content));
	});

	it('does not matter to a file that grows while it is read', async () => {
		source.answer('/a.mp3', (_request, response) => {
			response.writeHead(200, { 'content-type': 'audio/mpeg' });
			response.end(mp3(1_000 * source.requests.length));
		});
		expectReported(await fromUrl(), 'fileLength', /longer than announced/);
		expect(stored()).toEqual([]);
	});
});

describe('X5: a source that answers without giving the file', () => {
	it.each([
		['202, not ready yet', 202, 'fileUnreachable'],
		['204, nothing', 204, 'fileUnreachable'],
		['403, an expired link', 403, 'fileUnauthorized'],
		['410, gone', 410, 'fileNotFound'],
		['429, again and again', 429, 'fileUnreachable'],
		['500, again and again', 500, 'fileUnreachable'],
		['redirects to nowhere', 302, 'fileUnreachable'],
	])('%s', async (_, code, kind) => {
		source.answer('/a.mp3', status(code));
		expectReported(await fromUrl(), kind, new RegExp(`status ${code}`));
		expect(attachments()).toEqual([]);
		await expectRetryWorks(mp3(900));
	});

	it.each([
		['to a file on its disk', 'file:///etc/passwd'],
		['to no address', 'http://'],
	])('redirects %s', async (_, location) => {
		source.answer('/a.mp3', status(302, { location }));
		expectReported(await fromUrl(), 'fileAddress', /web address/);
	});
});

describe('U5: a name that the source gives', () => {
	it.each([
		['with folders', 'attachment; filename="../../etc/cron.d/photo.jpg"', 'photo.jpg'],
		['with folders of Windows', 'attachment; filename="C:\\\\Temp\\\\photo.jpg"', 'photo.jpg'],
		[
			'with control characters, encoded',
			"attachment; filename*=UTF-8''pho%00to%0d%0aX%3A%201.jpg",
			'photoX_ 1.jpg',
		],
		['that reads backwards', "attachment; filename*=UTF-8''photo%E2%80%AEgpj.exe.jpg", 'photogpj.exe.jpg'],
		[
			'that would end the form field',
			'attachment; filename="a\\"; name=\\"key\\".jpg"',
			'a_; name=_key_.jpg',
		],
		['of a device', 'attachment; filename="CON.jpg"', '_CON.jpg'],
		['that is none', 'attachment; filename=".."', 'photo.jpg'],
	])('%s', async (_, disposition, name) => {
		const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60)]);
		source.answer('/x', file(photo, { 'content-type': 'image/jpeg', 'content-disposition': disposition }));
		expect(only(await fromUrl('/x'))).toMatchObject({ outcome: 'uploaded', name });
		expect(notes()[0]?.attachments[0]?.name).toBe(name);
	});

	it('in its address, with folders', async () => {
		const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60)]);
		source.answer('/..%2F..%2Fetc%2Fphoto.jpg', file(photo, { 'content-type': 'image/jpeg' }));
		expect(only(await fromUrl('/..%2F..%2Fetc%2Fphoto.jpg'))).toMatchObject({ name: 'photo.jpg' });
	});
});

describe('X6: Kustomer has trouble', () => {
	const content = mp3(5_000);
	const steps: [string, { method: string; path: RegExp }][] = [
		['finding the session', { method: 'GET', path: /\/messages\// }],
		['looking for the file', { method: 'GET', path: /\/notes\// }],
		['announcing the file', { method: 'POST', path: /\/attachments$/ }],
		['writing the note', { method: 'POST', path: /\/notes$/ }],
	];
	const troubles: [string, Fault][] = [
		['429 with a wait', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
		['500', { kind: 'status', status: 500 }],
		['a connection closed before', { kind: 'closeBeforeCommit' }],
		['a connection closed after', { kind: 'closeAfterCommit' }],
	];
	it.each(
		steps.flatMap(([step, rule]) =>
			troubles.map(([trouble, fault]) => [step, trouble, rule, fault] as const),
		),
	)(
		'while %s, %s: it waits, and one note refers to one file',
		async (_step, _trouble, rule, fault) => {
			source.answer('/a.mp3', file(content));
			standIn.faults.add({ ...rule, fault });
			expect(only(await fromUrl())).toMatchObject({ outcome: 'uploaded', attempts: 1 });
			expect(standIn.faults.isEmpty).toBe(true);
			expect(notes()).toHaveLength(1);
			expect(notes()[0]?.attachments).toHaveLength(1);
		},
		30_000,
	);

	it('U4: cannot write the text beside a file for the message: Retry writes both, once', async () => {
		const text = Buffer.from('Ana: Hello\nJonas: Hi\n');
		const wanted = {
			items: binary(text, 'chat-77.txt', 'text/plain'),
			parameters: { addTo: 'message', textAsNote: true },
		};
		const referring = () => [...standIn.store.messages.values()].flatMap((one) => one.attachments);
		standIn.faults.add({ method: 'POST', path: /\/notes$/, fault: { kind: 'status', status: 403 } });
		expect((await upload(wanted)).error).toBeDefined();
		expect([notes(), referring()]).toEqual([[], []]);

		standIn.faults.add({ method: 'PATCH', path: /\/messages\//, fault: { kind: 'status', status: 403 } });
		expect((await upload(wanted)).error).toBeDefined();
		expect([notes().length, referring()]).toEqual([1, []]);

		expect(only(await upload(wanted))).toMatchObject({ outcome: 'uploaded', noteId: notes()[0]?.id });
		expect(notes()).toMatchObject([{ body: 'Ana: Hello\nJonas: Hi' }]);
		expect(referring()).toMatchObject([{ name: 'chat-77.txt' }]);
		expect(only(await upload(wanted))).toMatchObject({ outcome: 'alreadyThere' });
	});

	it('refuses the note after the file was stored: nothing refers to the file, and Retry works', async () => {
		source.answer('/a.mp3', file(content));
		standIn.faults.add({ method: 'POST', path: /\/notes$/, fault: { kind: 'status', status: 403 } });
		const result = await fromUrl();
		expect(result.error?.description?.length).toBeGreaterThan(20);
		expect(stored()).toHaveLength(1);
		expect(notes()).toEqual([]);
		await expectRetryWorks(content);
	});

	it('U6: refuses the link after the file was stored: nothing refers to either, and Retry works', async () => {
		source.answer('/a.mp3', file(content));
		const both = { store: 'both', externalUrl: 'https://files.example.com/a.mp3' };
		const refused: Fault = { kind: 'status', status: 403 };
		standIn.faults.add({ method: 'POST', path: /\/attachments$/, skip: 1, fault: refused });
		expect((await fromUrl('/a.mp3', { parameters: both })).error).toBeDefined();
		expect(notes()).toEqual([]);
		expect(only(await fromUrl('/a.mp3', { parameters: both }))).toMatchObject({ outcome: 'uploaded' });
		expect(notes()[0]?.attachments).toHaveLength(2);
		expect(only(await fromUrl('/a.mp3', { parameters: both }))).toMatchObject({ outcome: 'alreadyThere' });
	});

	it('does not know what an upload form is: it is reported', async () => {
		source.answer('/a.mp3', file(content));
		const body = { data: { type: 'attachment', id: 'a'.repeat(24), attributes: {} }, meta: {} };
		const fault: Fault = { kind: 'status', status: 201, body };
		standIn.faults.add({ method: 'POST', path: /\/attachments$/, fault });
		expect((await fromUrl()).error?.message).toMatch(/where to upload/);
		expect(notes()).toEqual([]);
	});
});

describe('X1: what counts as the same file', () => {
	it('two workers at once, one of which meets trouble: one note, one file', async () => {
		const content = mp3(90_000);
		source.answer('/a.mp3', file(content));
		storage.moods = ['cut'];
		const both = (await Promise.all([fromUrl(), fromUrl()])).map(only);
		expect(both.map(({ outcome }) => outcome).sort()).toEqual(['alreadyThere', 'uploaded']);
		const pairs = both.map(({ attachmentId, noteId }) => `${String(attachmentId)} ${String(noteId)}`);
		expect(new Set(pairs).size).toBe(1);
		expect(notes()).toHaveLength(1);
	});

	it('the same name with another length is another file, with a note of its own', async () => {
		only(await upload({ items: binary(mp3(500), 'call-1.mp3') }));
		only(await upload({ items: binary(mp3(501), 'call-1.mp3') }));
		expect(notes().map(({ attachments: [one] }) => one?.contentLength)).toEqual([500, 501]);
	});

	it('the same name and length is the same file, whatever is in it; another name keeps both', async () => {
		const first = only(await upload({ items: binary(mp3(500, 1), 'call-1.mp3') }));
		const items = binary(mp3(500, 2), 'call-1.mp3');
		const same = { outcome: 'alreadyThere', attachmentId: first.attachmentId };
		expect(only(await upload({ items }))).toMatchObject(same);
		expect(hash(stored()[0]?.content)).toBe(hash(mp3(500, 1)));
		const renamed = only(await upload({ items, options: { fileName: 'call-1-leg-2.mp3' } }));
		expect(renamed).toMatchObject({ outcome: 'uploaded' });
		expect(notes()).toHaveLength(2);
	});
});

describe('C23: a transcript that is no ordinary text', () => {
	const transcript = (content: Buffer | string, name = 'chat-77.txt', mimeType = 'text/plain') =>
		upload({ parameters: { textAsNote: true }, items: binary(Buffer.from(content), name, mimeType) });

	it('with HTML in it is written as text, and the file stays as it is', async () => {
		const text = 'Jonas: <img src=x onerror=alert(1)> <script>alert(2)</script>';
		only(await transcript(text));
		expect(notes()[0]?.body).toBe(text);
		expect(stored()[0]?.content?.toString()).toBe(text);
		expect(stored()[0]?.contentType).toBe('text/plain');
	});

	it('that is a sign-in page is refused', async () => {
		const { error } = await transcript('<!doctype html><title>Sign in</title>');
		expect(error?.context?.kind).toBe('notAFile');
		expect(attachments()).toEqual([]);
	});

	it('of 20 MB is stored as a whole, and its beginning is noted', async () => {
		const text = 'Ana: word word word\n'.repeat(1_000_000);
		only(await transcript(text));
		expect(stored()[0]?.content?.length).toBe(text.length);
		expect(notes()[0]?.body.length).toBeLessThanOrEqual(10_240);
	});

	it.each([
		['UTF-8 with a mark', Buffer.from('\ufeffAna: Grüße 😀')],
		['UTF-16', Buffer.from('\ufeffAna: Grüße 😀', 'utf16le')],
		['UTF-16, high byte first', Buffer.from('\ufeffAna: Grüße 😀', 'utf16le').swap16()],
	])('in %s is read as what it is', async (_, content) => {
		only(await transcript(content));
		expect(notes()[0]?.body).toBe('Ana: Grüße 😀');
		expect(hash(stored()[0]?.content)).toBe(hash(content));
	});

	it('in the encoding of Windows is read as what it is', async () => {
		only(await transcript(Buffer.from([0x41, 0x6e, 0x61, 0x3a, 0x20, 0x80, 0x20, 0xfc])));
		expect(notes()[0]?.body).toBe('Ana: € ü');
	});

	it('with nothing but spaces is attached with the usual note', async () => {
		only(await transcript('  \n \n'));
		expect(notes()[0]?.body).toBe('Transcript: chat-77.txt');
	});

	it('in JSON that goes very deep is shown as it came', async () => {
		const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
		only(await transcript(deep, 'chat-77.json', 'application/json'));
		expect(notes()[0]?.body.startsWith('[[[[')).toBe(true);
	});

	it('whose source fails when it is read for the note: nothing is stored in vain', async () => {
		const text = Buffer.from('Ana: Hello');
		source.answer('/t.txt', file(text, { 'content-type': 'text/plain' }), status(404));
		const result = await fromUrl('/t.txt', { parameters: { textAsNote: true } });
		expectReported(result, 'fileNotFound', /no such file/);
		expect(attachments()).toEqual([]);
	});
});

it('X5: binary data that n8n has deleted is reported', async () => {
	const gone = { id: 'filesystem-v2:gone', data: '', mimeType: 'audio/mpeg', fileName: 'call-1.mp3' };
	const { error } = await upload({ items: [{ json: {}, binary: { data: gone } }] });
	expect(error?.context?.kind).toBe('fileNotFound');
	expect(error?.message).toMatch(/does not have the file of the field 'data' any more/);
});
