/** What holds for every external storage: the tests of the two workflows have them in common. */
import { callRecord, chatRecord } from '../../../sandbox/ccai-platform';

import { phoneOf, sha256, type RunsOptions, type StorageRuns, type StoredFile } from './storage-runs';

const RUN_TIMEOUT_MS = 180_000;

/** Bytes that begin as a file of that kind does. */
const BEGINNINGS: Record<string, Buffer> = {
	mp3: Buffer.from('ID3\u0004\u0000'),
	wav: Buffer.concat([Buffer.from('RIFF'), Buffer.from([0x24, 0x10, 0, 0]), Buffer.from('WAVEfmt ')]),
	jpg: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
	mp4: Buffer.concat([Buffer.from([0, 0, 0, 0x18]), Buffer.from('ftypmp42')]),
};

/** A file that no other is like. */
export function contentOf(name: string, size = 3000): Buffer {
	const extension = name.split('.').at(-1) ?? '';
	const text = `${name} `.repeat(Math.ceil(size / (name.length + 1)));
	return Buffer.concat([BEGINNINGS[extension] ?? Buffer.alloc(0), Buffer.from(text).subarray(0, size)]);
}

export function callMetadata(id: number): string {
	return JSON.stringify(callRecord({ id, phone: phoneOf(id) }));
}

export function chatMetadata(id: number): string {
	return JSON.stringify({ ...chatRecord({ id }), end_user: { id: 900_000 + id, identifier: `user-${id}` } });
}

const expected = (session: string, name: string): Partial<StoredFile> => {
	const content = contentOf(name);
	return { session: `ccaip:${session}`, name, length: content.length, sha256: sha256(content) };
};

let lastSession = 1000;
const nextSession = () => (lastSession += 1);

/**
 * Defines the tests. Each has a copy of the workflow of its own and changes nothing at the storage itself, so they run
 * beside each other.
 *
 * @param open publishes a copy
 */
export function storageRules(open: (options?: RunsOptions) => Promise<StorageRuns>): void {
	const publish = async (settings: Record<string, unknown> = {}) => await open({ settings });
	const rule = (name: string, test: () => Promise<void>) => it.concurrent(name, test, RUN_TIMEOUT_MS);

	rule('U5, U1, C23, X5: every file goes to the conversation of its session, whole and once', async () => {
		const runs = await publish();
		const [call, chat, voicemail] = [nextSession(), nextSession(), nextSession()];
		await runs.put(`ujet-metadata/call-${call}.json`, callMetadata(call));
		await runs.put(`ujet-metadata/chat-${chat}.json`, chatMetadata(chat));
		await runs.put(`ujet-metadata/call-${voicemail}.json`, callMetadata(voicemail));
		const names: Array<[folder: string, session: string, name: string]> = [
			['ujet-voice-recordings', `call-${call}`, `call-${call}.mp3`],
			['ujet-voice-recordings', `call-${call}`, `call-${call}.wav`],
			['ujet-voicemails', `call-${voicemail}`, `call-${voicemail}.mp3`],
			['ujet-media', `call-${call}`, `call-${call}-photo-77.jpg`],
			['ujet-media', `call-${call}`, `call-${call}-video-78.mp4`],
			['ujet-media', `chat-${chat}`, `chat-${chat}-photo-79.jpg`],
			['ujet-media', `chat-${chat}`, `chat-${chat}-video-80.mp4`],
			['ujet-chat-transcripts', `chat-${chat}`, `chat-${chat}.txt`],
		];
		for (const [folder, , name] of names) await runs.put(`${folder}/${name}`, contentOf(name));

		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.sessions()).toEqual([`ccaip:call-${call}`, `ccaip:call-${voicemail}`, `ccaip:chat-${chat}`]);
		const wanted = names.map(([, session, name]) => expected(session, name));
		const found = runs.files();
		expect(found).toHaveLength(wanted.length);
		for (const one of wanted) expect(found).toContainEqual(expect.objectContaining(one));
		expect(found.find(({ name }) => name === `call-${voicemail}.mp3`)?.note).toMatch(/^Voicemail/);
		expect((await runs.rows()).map(({ state }) => state)).toEqual(Array(11).fill('done'));

		// Nothing is new, so nothing is sent. The same when the memory is lost, apart from looking.
		expect(await runs.run()).toEqual({ requests: 0 });
		await runs.change({ memoryTable: `${runs.scope} begun anew` });
		const mark = runs.kustomer.requests.length;
		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.kustomer.requests.slice(mark).filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(runs.files()).toEqual(found);
	});

	rule('X5: a recording that is there before its session waits, and comes with the metadata', async () => {
		const runs = await publish({ retryMinutes: 60 });
		const id = nextSession();
		const name = `call-${id}.mp3`;
		await runs.put(`ujet-voice-recordings/${name}`, contentOf(name));
		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.files()).toEqual([]);
		expect(await runs.rows()).toMatchObject([{ state: 'waiting', attempts: 1, problem: 'notFound' }]);
		// Not due for an hour.
		expect(await runs.run()).toEqual({ requests: 0 });

		await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id));
		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.files()).toMatchObject([expected(`call-${id}`, name)]);
	});

	rule('X2: files that fail do not stop the others, and come again by themselves', async () => {
		const runs = await publish();
		const [broken, refused, good] = [nextSession(), nextSession(), nextSession()];
		await runs.put(`ujet-metadata/call-${broken}.json`, '{"id": 12, "call_type":', 500);
		await runs.put(`ujet-metadata/call-${good + 500_000}.json`, '{"hello": "world"}', 490);
		for (const id of [refused, good]) {
			await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id), 400);
			await runs.put(`ujet-voice-recordings/call-${id}.mp3`, contentOf(`call-${id}.mp3`), 400 - id / 100);
		}
		runs.kustomer.faults.add({
			method: 'POST',
			path: /\/attachments$/,
			fault: { kind: 'status', status: 403 },
		});
		const { failure } = await runs.run();
		expect(failure).toMatch(/^3 of the files could not be brought to Kustomer/);
		expect(failure).toContain(`call-${broken}.json: The file cannot be read as JSON.`);
		expect(failure).toMatch(/call-5\d+\.json: .*neither a session nor session metadata/);
		expect(failure).toMatch(/\.mp3: .*org\.permission\.note\.create/);
		expect(runs.sessions()).toHaveLength(2);
		expect(runs.files()).toHaveLength(1);

		// What cannot be read is not told again; what was refused comes again.
		expect((await runs.runLater()).failure).toBeUndefined();
		expect(runs.files().map(({ name }) => name)).toEqual(
			[refused, good].map((id) => `call-${id}.mp3`).sort(),
		);
		expect(await runs.run()).toEqual({ requests: 0 });

		// The platform writes the file again, and it is a new one.
		await runs.put(`ujet-metadata/call-${broken}.json`, callMetadata(broken), 100);
		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.sessions()).toHaveLength(3);
	});

	rule('U5: a file that is still being written is left until it rests', async () => {
		const runs = await publish();
		const id = nextSession();
		const name = `call-${id}.mp3`;
		await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id));
		await runs.put(`ujet-voice-recordings/${name}`, contentOf(name).subarray(0, 500), 5);
		await runs.put(`ujet-voicemails/${name}`, '');
		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.files()).toEqual([]);
		await runs.put(`ujet-voice-recordings/${name}`, contentOf(name), 70);
		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.files()).toMatchObject([expected(`call-${id}`, name)]);
	});

	rule('U5: what is no file of a session is left alone, and told once', async () => {
		const runs = await publish();
		const id = nextSession();
		const name = `call-${id}.mp3`;
		await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id));
		await runs.put(`ujet-voice-recordings/${name}`, contentOf(name));
		await runs.put('ujet-voice-recordings/holiday.mp3', contentOf('holiday.mp3'));
		await runs.put(`ujet-voice-recordings/call-${id}.mp3.part`, contentOf('x'));
		await runs.put(`ujet-voice-recordings/.call-${id}.mp3`, contentOf('x'));
		await runs.put(`ujet-media/call-${id}.mp3`, contentOf(name));
		await runs.put(`ujet-media/old/call-${id}-photo-1.jpg`, contentOf('a.jpg'));
		await runs.put(`ujet-media/..%2f..%2fcall-${id}-photo-1.jpg`, contentOf('b.jpg'), 2 * 86_400);
		await runs.put(`ujet-media/call-${id}\u0007\u202egpj.1-photo.jpg`, contentOf('c.jpg'));
		await runs.put('ujet-media/ancient.bin', contentOf('d'), 30 * 86_400);
		await runs.put('ujet-voicemails/call-1.mp3', '', 2 * 86_400);

		const { failure } = await runs.run();
		expect(runs.files()).toMatchObject([expected(`call-${id}`, name)]);
		expect(failure).toContain('"holiday.mp3" in ujet-voice-recordings does not have the name');
		expect(failure).toContain(`"..%2f..%2fcall-${id}-photo-1.jpg" in ujet-media`);
		expect(failure).toContain(`"call-${id}.mp3" in ujet-media`);
		expect(failure).toContain(`"call-${id}??gpj.1-photo.jpg" in ujet-media`);
		expect(failure).toContain('"call-1.mp3" in ujet-voicemails has been empty for more than a day');
		expect(failure).toContain('delete its row in the data table');
		for (const untold of ['.part', 'ancient', '"old', '\u0007', '\u202e'])
			expect(failure).not.toContain(untold);
		expect(await runs.run()).toEqual({ requests: 0 });
	});

	rule(
		'X2: a file whose session never comes is told once when it is too late, and can be tried again',
		async () => {
			const runs = await publish({ giveUpHours: 0.0005 });
			const id = nextSession();
			const name = `chat-${id}.txt`;
			await runs.put(`ujet-chat-transcripts/${name}`, contentOf(name));
			expect((await runs.run()).failure).toBeUndefined();
			expect((await runs.runLater()).failure).toBeUndefined();
			const { failure } = await runs.runLater();
			expect(failure).toContain(
				`"${name}" in ujet-chat-transcripts could not be brought to Kustomer in 2 attempts.`,
			);
			expect(failure).toContain(`ccaip:chat-${id} is not in Kustomer yet`);
			expect(await runs.run()).toEqual({ requests: 0 });

			await runs.forget(`ujet-chat-transcripts/${name}`);
			await runs.put(`ujet-metadata/chat-${id}.json`, chatMetadata(id));
			expect((await runs.run()).failure).toBeUndefined();
			expect(runs.files()).toMatchObject([expected(`chat-${id}`, name)]);
		},
	);

	rule('X2: a file that is taken away before it was stored is told', async () => {
		const runs = await publish();
		const name = `call-${nextSession()}.mp3`;
		await runs.put(`ujet-voice-recordings/${name}`, contentOf(name));
		await runs.run();
		await runs.remove(`ujet-voice-recordings/${name}`);
		// The folder is still there.
		await runs.put('ujet-voice-recordings/.keep', 'x');
		expect((await runs.run()).failure).toContain(`"${name}" in ujet-voice-recordings was taken away`);
		expect(await runs.run()).toEqual({ requests: 0 });
	});

	rule('U5, D6: files of a session that the record rules leave out are left out silently', async () => {
		const runs = await publish({ giveUpHours: 0.0005 });
		const id = nextSession();
		const abandoned = chatRecord({
			id,
			type: 'Messaging Inbound (Web Chat)',
			status: 'failed',
			failReason: 'eu_abandoned',
			talkDuration: 0,
			...{ agent: undefined, assignedAt: undefined, connectedAt: undefined },
		});
		await runs.put(`ujet-chat-transcripts/chat-${id}.txt`, contentOf(`chat-${id}.txt`));
		await runs.put(`ujet-metadata/chat-${id}.json`, JSON.stringify(abandoned));
		for (let run = 0; run < 3; run++) expect((await runs.runLater()).failure).toBeUndefined();
		expect(runs.files()).toEqual([]);
		expect(await runs.rows()).toMatchObject([
			{ state: 'done', outcome: 'skipped' },
			{ state: 'done', outcome: 'left out' },
		]);
	});

	rule('U5, D6: files that were left out come when the session reaches Kustomer after all', async () => {
		const runs = await publish();
		const id = nextSession();
		const name = `chat-${id}.txt`;
		const abandoned = chatRecord({
			id,
			type: 'Messaging Inbound (Web Chat)',
			status: 'failed',
			failReason: 'eu_abandoned',
			talkDuration: 0,
			...{ agent: undefined, assignedAt: undefined, connectedAt: undefined },
		});
		await runs.put(`ujet-metadata/chat-${id}.json`, JSON.stringify(abandoned), 400);
		await runs.run();
		await runs.put(`ujet-chat-transcripts/${name}`, contentOf(name));
		await runs.run();
		expect(await runs.rows()).toMatchObject([{ outcome: 'skipped' }, { outcome: 'left out' }]);
		await runs.put(`ujet-metadata/chat-${id}.json`, chatMetadata(id), 100);
		expect((await runs.run()).failure).toBeUndefined();
		expect(runs.files()).toMatchObject([expected(`chat-${id}`, name)]);
	});

	rule('X2: a failure that stays hides nothing else, and what is told once is told once', async () => {
		const runs = await publish();
		const id = nextSession();
		await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id));
		await runs.put(`ujet-voice-recordings/call-${id}.mp3`, contentOf('call.mp3'));
		await runs.put('ujet-voice-recordings/holiday.mp3', contentOf('holiday.mp3'));
		const noRole = { kind: 'status', status: 403 } as const;
		runs.kustomer.faults.add({ method: 'POST', path: /\/attachments$/, times: 3, fault: noRole });
		const first = (await runs.run()).failure;
		expect(first).toMatch(/^1 of the files could not be brought to Kustomer\. call-\d+\.mp3: .*permission/);
		expect(first).toContain('"holiday.mp3" in ujet-voice-recordings does not have the name');
		expect(first).toMatch(/ This last part is told once\. To have a file tried again/);
		const again = (await runs.runLater()).failure;
		expect(again).toMatch(/^1 of the files could not be brought to Kustomer\. call-/);
		expect(again).not.toContain('holiday');
		expect(again).not.toContain('told once');
	});

	rule('X6: takes so many files in a run, the oldest first', async () => {
		const runs = await publish({ filesPerRun: 2 });
		const ids = Array.from({ length: 4 }, nextSession);
		for (const [index, id] of ids.entries()) {
			await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id), 900 - index);
			await runs.put(`ujet-voice-recordings/call-${id}.mp3`, contentOf(`call-${id}.mp3`), 900 - index);
		}
		const names = (count: number) => ids.slice(0, count).map((id) => `call-${id}.mp3`);
		await runs.run();
		expect(runs.files().map(({ name }) => name)).toEqual(names(2));
		await runs.run();
		expect(runs.files().map(({ name }) => name)).toEqual(names(4));
		expect(await runs.run()).toEqual({ requests: 0 });
	});

	rule('X1: two runs at the same time store every file once', async () => {
		const runs = await publish();
		const ids = Array.from({ length: 3 }, nextSession);
		for (const id of ids) {
			await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id));
			await runs.put(`ujet-voice-recordings/call-${id}.mp3`, contentOf(`call-${id}.mp3`));
		}
		await Promise.all([runs.start(), runs.start()]);
		await runs.settled();
		while ((await runs.rows()).some(({ state }) => state === 'waiting')) await runs.runLater();
		expect(runs.files()).toMatchObject(ids.map((id) => expected(`call-${id}`, `call-${id}.mp3`)));
		expect(runs.sessions()).toHaveLength(3);
	});

	rule('U6: links in place of files, or beside them, and transcripts as text', async () => {
		const runs = await publish({ store: 'link', transcriptAsNote: true });
		const [id, chat] = [nextSession(), nextSession()];
		await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id));
		await runs.put(`ujet-voice-recordings/call-${id}.mp3`, contentOf(`call-${id}.mp3`));
		expect((await runs.run()).failure).toContain("'Public URL'");
		await runs.change({ publicUrl: 'https://files.example.com/ujet/' });
		expect((await runs.run()).failure).toBeUndefined();
		const link = `https://files.example.com/ujet/ujet-voice-recordings/call-${id}.mp3`;
		const { length } = contentOf(`call-${id}.mp3`);
		expect(runs.files()).toMatchObject([{ name: `call-${id}.mp3`, length, sha256: '', link }]);

		await runs.change({ store: 'both' });
		await runs.put(`ujet-metadata/chat-${chat}.json`, chatMetadata(chat));
		await runs.put(`ujet-chat-transcripts/chat-${chat}.txt`, 'Agent: Good morning!\nCustomer: Hello.');
		expect((await runs.run()).failure).toBeUndefined();
		const both = runs.files().filter(({ session }) => session === `ccaip:chat-${chat}`);
		expect(both).toHaveLength(2);
		expect(both[0]?.note).toContain('Agent: Good morning!');
		expect(both.map((one) => one.link).filter(Boolean)).toEqual([
			`https://files.example.com/ujet/ujet-chat-transcripts/chat-${chat}.txt`,
		]);
	});
}
