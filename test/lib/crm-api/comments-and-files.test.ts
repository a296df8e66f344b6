import { FileError } from '../../../lib/files/file-error';
import { ANA, KNOWN, useWorld } from '../session-log/world';
import { ask, crmSettings, fileOf, recordingFile } from './crm-world';

const world = useWorld();

async function record(worker = world.worker(), callId = '4711'): Promise<string> {
	const { body } = await ask(worker, 'createRecord', {
		contactId: KNOWN.id,
		Call_ID: callId,
		subject: 'Call',
	});
	return body.id as string;
}
const attachments = () => [...world.standIn.store.attachments.values()];

describe('comments', () => {
	it('G1, G10: a comment is a note on the record, HTML without its tags', async () => {
		const id = await record();
		const answer = await ask(world.worker(), 'addComment', {
			id,
			comment: '<p>Call started by <b>Ana</b> &amp; Ben</p><p>Queue: Orders</p>',
		});
		expect(answer).toMatchObject({ status: 201, item: { outcome: 'created', conversationId: id } });
		expect(world.notes).toContain('Call started by Ana & Ben\nQueue: Orders');
		expect(world.standIn.store.notes.get(answer.body.id as string)).toBeDefined();
	});

	it('G10: signs that only look like tags stay in plain text', async () => {
		const id = await record();
		await ask(world.worker(), 'addComment', { id, COMMENT_BODY: 'Wait < 5 min, 3 > 2' });
		expect(world.notes).toContain('Wait < 5 min, 3 > 2');
	});

	it('G8: the same comment again, at the same time and on another worker, is one note', async () => {
		const id = await record();
		const fields = { id, comment: 'Call ended', Call_ID: '4711' };
		const [one, other] = [world.worker('one'), world.worker('other')];
		const answers = await Promise.all([one, one, other].map((worker) => ask(worker, 'addComment', fields)));
		answers.push(await ask(other, 'addComment', fields));
		expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
		expect(world.notes.filter((note) => note === 'Call ended')).toHaveLength(1);
		expect(answers.at(-1)?.status).toBe(200);
	});

	it('G10: the same words about two calls on one record are two notes', async () => {
		const id = await record();
		for (const callId of ['4711', '4712']) {
			await ask(world.worker(), 'addComment', { id, comment: 'Call ended', Call_ID: callId });
		}
		expect(world.notes.filter((note) => note === 'Call ended')).toHaveLength(2);
	});

	it('G10: without the ID of the record the session leads to it', async () => {
		const id = await record();
		const answer = await ask(world.worker(), 'addComment', { comment: 'Hello', callId: '4711' });
		expect(answer.item.conversationId).toBe(id);
		const none = await ask(world.worker(), 'addComment', { comment: 'Hello', callId: '1' });
		expect(none.status).toBe(404);
	});

	it('G8: no comment, one of tags only, no record: 422 and 404 with the parameter', async () => {
		const worker = world.worker();
		const id = await record(worker);
		const empty = await ask(worker, 'addComment', { id, comment: '{COMMENT_BODY}' });
		expect(empty).toMatchObject({
			status: 422,
			body: { error: expect.stringContaining("'comment' has no value") as string },
		});
		expect((await ask(worker, 'addComment', { id, comment: '<p></p>' })).status).toBe(422);
		expect((await ask(worker, 'addComment', { comment: 'Hello' })).body.error).toContain("'id', 'recordId'");
		expect(
			(await ask(worker, 'addComment', { id: '5f0c1a2b3d4e5f6071829304', comment: 'Hello' })).status,
		).toBe(404);
	});

	it('G10: a comment that is too long for a note is cut, and says so', async () => {
		const id = await record();
		const answer = await ask(world.worker(), 'addComment', { id, comment: 'word '.repeat(10_000) });
		expect(answer).toMatchObject({ status: 201, item: { leftOut: ['end of the comment'] } });
		expect(world.notes.some((note) => note.endsWith('more characters are missing.'))).toBe(true);
	});
});

describe('files', () => {
	it('G9: a recording is stored once and shown in a note; the answer has its ID and an address', async () => {
		const id = await record();
		const upload = (worker = world.worker()) =>
			ask(
				worker,
				'uploadFile',
				{ id, Call_ID: '4711' },
				{
					file: recordingFile(),
					using: crmSettings({}, { fileUrl: 'https://crm.example/{RECORD_ID}/{ATTACHMENT_ID}' }),
				},
			);
		const answer = await upload();
		const [stored] = attachments();
		expect(answer).toMatchObject({
			status: 201,
			body: { id: stored?.id, url: `https://crm.example/${id}/${stored?.id ?? ''}` },
			item: { outcome: 'uploaded', conversationId: id, externalId: 'ccaip:call-4711' },
		});
		const again = await upload(world.worker('other'));
		expect(again).toMatchObject({ status: 200, body: answer.body });
		expect(attachments()).toHaveLength(1);
	});

	it("G9: without an address of one's own it is the page of the conversation in Kustomer", async () => {
		const id = await record();
		const worker = world.worker();
		const { fork } = worker.client;
		const withPages = <Client extends object>(client: Client): Client =>
			Object.create(client, { webBaseUrl: { value: 'https://acme.kustomerapp.com' } }) as Client;
		worker.client.fork = () => withPages(fork());
		const requests: Array<Record<string, string>> = [{ id }, { id, contactId: KNOWN.id }];
		for (const fields of requests) {
			const answer = await ask(worker, 'uploadFile', fields, { file: recordingFile() });
			expect(answer.body.url).toBe(`https://acme.kustomerapp.com/app/customers/${KNOWN.id}/event/${id}`);
		}
		const none = await ask(world.worker(), 'uploadFile', { id }, { file: recordingFile() });
		expect(Object.keys(none.body)).toEqual(['id']);
	});

	it('G9: twice at the same time there is one note with one file', async () => {
		const id = await record();
		const answers = await Promise.all(
			['one', 'other'].map((name) =>
				ask(world.worker(name), 'uploadFile', { id }, { file: recordingFile() }),
			),
		);
		expect(answers[0]?.body.id).toBe(answers[1]?.body.id);
		expect(world.notes.filter((note) => note.includes('call-4711.mp3'))).toHaveLength(1);
	});

	it('G9: a file that comes before its session has a message goes to the record that is named', async () => {
		const created = world.standIn.store.createConversation(
			KNOWN.id,
			{ name: 'By hand', status: 'open' },
			ANA.id,
		);
		const answer = await ask(
			world.worker(),
			'uploadFile',
			{ id: created.id, Call_ID: '99' },
			{ file: fileOf(Buffer.from('12:00 Kim: hello\n'), 'chat.txt', 'text/plain') },
		);
		expect(answer).toMatchObject({ status: 201, item: { conversationId: created.id } });
	});

	it('G8, G9: no file, an empty one, no record: 422 and 404; a source in trouble: 400', async () => {
		const worker = world.worker();
		const id = await record(worker);
		expect((await ask(worker, 'uploadFile', { id })).body.error).toContain("'file'");
		const empty = fileOf(new Uint8Array(), 'a.mp3', 'audio/mpeg');
		expect((await ask(worker, 'uploadFile', { id }, { file: empty })).status).toBe(422);
		const unknown = { id: '5f0c1a2b3d4e5f6071829304' };
		expect((await ask(worker, 'uploadFile', unknown, { file: recordingFile() })).status).toBe(404);
		const broken = {
			label: 'the request',
			open: () =>
				Promise.reject(new FileError('fileUnreachable', 'It broke off.', 'Try again.', { mayHelp: true })),
		};
		expect((await ask(worker, 'uploadFile', { id }, { file: broken })).status).toBe(400);
	});

	it('G8, G9: a storage that is down for a while is a repetition', async () => {
		const id = await record();
		const using = crmSettings(
			{},
			{ sendForm: () => Promise.resolve({ status: 503, text: '<Code>SlowDown</Code>' }) },
		);
		expect((await ask(world.worker(), 'uploadFile', { id }, { file: recordingFile(), using })).status).toBe(
			400,
		);
		const full = crmSettings(
			{},
			{ sendForm: () => Promise.resolve({ status: 400, text: '<Code>EntityTooLarge</Code>' }) },
		);
		expect(
			(await ask(world.worker(), 'uploadFile', { id }, { file: recordingFile(), using: full })).status,
		).toBe(413);
		expect(world.notes.filter((note) => note.includes('.mp3'))).toEqual([]);
	});
});
