import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, listOf, useHarness } from './harness';

const harness = useHarness({ rateLimitPerMinute: 0, maxUploadBytes: 1024 });

const CONTENT = Buffer.from([0x49, 0x44, 0x33, 0x0d, 0x0a, 0x2d, 0x2d, 0x00, 0xff]);

interface Upload {
	url: string;
	fields: Record<string, string>;
}

async function announce(
	contentLength = CONTENT.length,
): Promise<{ id: string; upload: Upload; link: string }> {
	const response = await harness.http.post('/v1/attachments', {
		name: 'call.mp3',
		contentType: 'audio/mpeg',
		contentLength,
	});
	expect(response.status).toBe(201);
	const { meta } = response.data as { meta: { upload: Upload } };
	const data = dataOf(response);
	return { id: data.id, upload: meta.upload, link: (data.links as { related?: string }).related ?? '' };
}

function formOf(
	upload: Upload,
	content: Buffer,
	change: (form: FormData) => void = () => undefined,
): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
	change(form);
	form.append('file', new Blob([new Uint8Array(content)]), 'call.mp3');
	return form;
}

const post = (upload: Upload, form: FormData, headers = {}) =>
	fetch(upload.url, { method: 'POST', body: form, headers });

it('X5: announces, uploads with 204 and gives the same bytes back', async () => {
	const { id, upload, link } = await announce();
	expect(dataOf(await harness.http.get(`/v1/attachments/${id}`)).attributes).toMatchObject({
		uploaded: false,
	});
	expect((await fetch(link)).status).toBe(403);
	expect((await post(upload, formOf(upload, CONTENT))).status).toBe(204);
	expect(dataOf(await harness.http.get(`/v1/attachments/${id}`)).attributes).toMatchObject({
		uploaded: true,
	});
	const download = await fetch(link);
	expect(download.headers.get('content-type')).toBe('audio/mpeg');
	expect(Buffer.from(await download.arrayBuffer())).toEqual(CONTENT);
});

describe('the upload is refused', () => {
	it('with an Authorization header', async () => {
		const { upload } = await announce();
		const response = await post(upload, formOf(upload, CONTENT), {
			authorization: `Bearer ${harness.standIn.apiKey}`,
		});
		expect(response.status).toBe(400);
		expect(await response.text()).toContain('<Code>InvalidArgument</Code>');
	});

	it('with a field that is missing, changed, or behind the file', async () => {
		const { upload } = await announce();
		expect(
			(
				await post(
					upload,
					formOf(upload, CONTENT, (form) => form.delete('Policy')),
				)
			).status,
		).toBe(403);
		expect(
			(
				await post(
					upload,
					formOf(upload, CONTENT, (form) => form.set('acl', 'public-read')),
				)
			).status,
		).toBe(403);
		const { key, ...others } = upload.fields;
		const late = formOf({ ...upload, fields: others }, CONTENT);
		late.append('key', key ?? '');
		expect((await post(upload, late)).status).toBe(403);
	});

	it('with another length than announced', async () => {
		const { upload } = await announce(CONTENT.length + 1);
		expect(await (await post(upload, formOf(upload, CONTENT))).text()).toContain('EntityTooSmall');
		const small = await announce(1);
		expect(await (await post(small.upload, formOf(small.upload, CONTENT))).text()).toContain(
			'EntityTooLarge',
		);
	});

	it('above the size limit, without a file, and when it is no form', async () => {
		const { upload } = await announce(4096);
		expect(await (await post(upload, formOf(upload, Buffer.alloc(4096)))).text()).toContain('EntityTooLarge');
		const empty = formOf(upload, CONTENT);
		empty.delete('file');
		expect((await post(upload, empty)).status).toBe(400);
		expect((await fetch(upload.url, { method: 'POST', body: 'text' })).status).toBe(400);
	});
});

it('appears on its message and conversation', async () => {
	const { id } = await announce();
	const conversation = dataOf(
		await harness.http.post('/v1/conversations', { customer: SANDBOX.customers.jonas.id }),
	).id;
	const reference = { _id: id, name: 'call.mp3', contentType: 'audio/mpeg', contentLength: 9 };
	const message = dataOf(
		await harness.http.post(`/v1/conversations/${conversation}/messages`, {
			channel: 'voice',
			app: 'a',
			attachments: [reference],
		}),
	);
	expect(message.relationships.attachments?.data).toEqual([{ type: 'attachment', id }]);
	const listed = listOf(await harness.http.get(`/v1/conversations/${conversation}/attachments`));
	expect(listed.map((one) => one.id)).toEqual([id]);
	expect((await harness.http.get(`/v1/messages/${message.id}/attachments/${id}`)).status).toBe(200);
	const note = await harness.http.post(`/v1/conversations/${conversation}/notes`, {
		body: 'a',
		attachments: [reference],
	});
	expect(note.status).toBe(201);
});

it('U6: a link needs https and no credentials, and is not uploaded', async () => {
	const body = { name: 'a', contentType: 'audio/mpeg', contentLength: 1 };
	const linked = await harness.http.post('/v1/attachments', {
		...body,
		externalUrl: 'https://files.example/a.mp3',
	});
	expect(dataOf(linked)).toMatchObject({
		attributes: { uploaded: true },
		links: { related: 'https://files.example/a.mp3' },
	});
	expect((linked.data as { meta: object }).meta).toEqual({});
	for (const externalUrl of ['http://files.example/a', 'https://user:secret@files.example/a']) {
		expect(
			errorOf(await harness.http.post('/v1/attachments', { ...body, externalUrl })).source?.parameter,
		).toBe('externalUrl');
	}
	expect((await harness.http.post('/v1/attachments', { ...body, renderMode: 'default' })).status).toBe(400);
});
