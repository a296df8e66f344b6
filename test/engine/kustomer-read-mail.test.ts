import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { run, useKustomer } from './kustomer-setup';

const standIn = useKustomer();

const CHAT = {
	id: 987,
	chat_type: 'Messaging Inbound (Web Chat)',
	status: 'finished',
	ends_at: '2026-11-20T09:04:20Z',
	updated_at: '2026-11-20T09:19:20Z',
};
const SERVER = 'mx.example.com';
const CONFIRMED = 'dmarc=pass header.from=ccaiplatform.com';
const SENDER = { value: [{ address: 'no-reply@ccaiplatform.com', name: '' }] };
const mail = (json: IDataObject, ...files: string[]) => {
	const binary: IBinaryKeyData = Object.fromEntries(
		files.map((fileName, index) => [
			`attachment_${index}`,
			{ data: 'aGFsbG8=', mimeType: fileName.endsWith('.txt') ? 'text/plain' : 'image/jpeg', fileName },
		]),
	);
	const headers = { 'authentication-results': `Authentication-Results: ${SERVER}; ${CONFIRMED}` };
	return {
		json: { from: SENDER, subject: 'Session', date: '2026-11-20T09:30:00Z', headers, ...json },
		binary,
	};
};
const read = async (items: Array<ReturnType<typeof mail>>, parameters: object = {}) =>
	await run(standIn, 'session.readMail', { mailServer: SERVER, ...parameters }, { items });

describe('U4: Session: Read Mail', () => {
	it('U4, C23: the session of a mail leaves with its files, and a transcript is called like it', async () => {
		const html = `<p>Hello</p><pre>${JSON.stringify(CHAT).replaceAll('"', '&quot;')}</pre>`;
		const { error, items } = await read([mail({ html }, 'transcript.txt', 'photo.jpg')]);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{
				json: {
					externalId: 'ccaip:chat-987',
					occurredAt: '2026-11-20T09:19:20.000Z',
					session: { source: 'ccaip', id: 'chat-987', channel: 'chat', state: 'ended' },
					mail: '"Session", 2026-11-20 09:30 UTC, from ccaiplatform.com',
					fileNames: { attachment_0: '', attachment_1: '' },
				},
				binary: { attachment_0: { fileName: 'transcript.txt' }, attachment_1: { fileName: 'photo.jpg' } },
			},
		]);
		expect(standIn.requestCount).toBe(0);
	});

	it('U4: of several texts each keeps its name, and a prefix stands in front of the external ID', async () => {
		const { items } = await read([mail({ text: JSON.stringify(CHAT) }, 'a.txt', 'b.txt')], {
			options: { externalIdPrefix: 'emea-' },
		});
		expect(items[0]?.json).toMatchObject({
			externalId: 'emea-ccaip:chat-987',
			fileNames: { attachment_0: 'a.txt', attachment_1: 'b.txt' },
		});
	});

	it('U4: a transcript that comes alone leaves by Files Only', async () => {
		const result = await read([mail({ text: 'It is attached.' }, 'CHAT-987.txt', 'logo.jpg')]);
		expect(result.error).toBeUndefined();
		const [sessions, files] = result.outputOf('Node');
		expect(sessions).toEqual([]);
		expect(files).toMatchObject([{ json: { externalId: 'ccaip:chat-987' }, binary: { attachment_1: {} } }]);
	});

	it('U4, X2: a file that is called by another session than the data goes there, not to this customer', async () => {
		const result = await read([
			mail({ text: JSON.stringify(CHAT) }, 'chat-987.txt', 'chat-5.txt', 'call-6-photo-1.jpg', 'logo.jpg'),
		]);
		expect(result.error).toBeUndefined();
		const [sessions = [], files = []] = result.outputOf('Node');
		const fieldsOf = (item?: INodeExecutionData) => Object.keys(item?.binary ?? {});
		expect(sessions.map(fieldsOf)).toEqual([['attachment_0', 'attachment_3']]);
		expect(sessions[0]?.json.fileNames).toEqual({ attachment_0: '', attachment_3: '' });
		expect(files.map((item) => [item.json.externalId, fieldsOf(item), item.json.fileNames])).toEqual([
			['ccaip:chat-5', ['attachment_1'], { attachment_1: '' }],
			['ccaip:call-6', ['attachment_2'], { attachment_2: '' }],
		]);
	});

	it.each<[string, string, RegExp]>([
		[
			'nested 200,000 levels deep',
			`{"a":`.repeat(200_000) + '1' + '}'.repeat(200_000),
			/more than 32 levels/,
		],
		['of 400,000 values', `[${'1,'.repeat(400_000)}1]`, /more than 10,000 values/],
	])('X16: data of a session that are %s are refused, in a sentence', async (_, value, reason) => {
		const text = `{"source":"ccaip","id":"chat-9","channel":"chat","customData":${value}}`;
		const { error } = await read([mail({ text })]);
		expect(error?.message).toMatch(reason);
		expect(error?.message).toMatch(/^The mail "Session", /);
	});

	it.each([
		'{"source":"ccaip","id":{"toString":1}}',
		'{"source":{"a":1},"id":"1"}',
		'{"source":" ","id":"1"}',
	])('X16: data without an id or a source that is text are refused: %s', async (text) => {
		const { error } = await read([mail({ text })]);
		expect(error?.message).toMatch(/no id or no source that is text/);
	});

	it.each([
		['no data', mail({ text: 'Away until Monday.' }), /holds no JSON object/],
		['broken data', mail({ text: JSON.stringify(CHAT).slice(0, -9) }, 'chat-987.txt'), /breaks off/],
		[
			'two sessions',
			mail({ text: `${JSON.stringify(CHAT)} ${JSON.stringify({ ...CHAT, id: 5 })}` }),
			/2 different/,
		],
		[
			'files of two',
			mail({ text: 'See.' }, 'chat-1.txt', 'chat-2.txt'),
			/files of 2 different calls or chats/,
		],
		[
			'another sender',
			mail({ from: { value: [{ address: 'm@elsewhere.example' }] } }),
			/elsewhere\.example.*not among/,
		],
	])('X2, U4: a mail with %s is reported with its name and the reason', async (_, item, reason) => {
		const { error } = await read([item]);
		expect(error?.message).toMatch(/^The mail "Session", 2026-11-20 09:30 UTC, from /);
		expect(error?.message).toMatch(reason);
	});

	const told = (results: string, server = SERVER) => ({
		text: JSON.stringify(CHAT),
		headers: { 'authentication-results': `Authentication-Results: ${server}; ${results}` },
	});
	const forged = told('dmarc=fail header.from=ccaiplatform.com');
	const elsewhere = told(CONFIRMED, 'mx.elsewhere.example');
	const silent = { text: JSON.stringify(CHAT), headers: {} };

	it.each<[string, IDataObject, object, RegExp | undefined]>([
		['a confirmed sender', told(CONFIRMED), {}, undefined],
		['a forged sender', forged, {}, /its sender is not real \(DMARC\)/],
		['no word about the sender', silent, {}, /No mail server has noted/],
		[
			'the word of another server',
			elsewhere,
			{},
			/Another mail server.*"mx\.elsewhere\.example".*'Mail Server'/,
		],
		[
			'no server that is trusted',
			told(CONFIRMED),
			{ mailServer: '' },
			/"mx\.example\.com" is the server of your/,
		],
		['no word, where that will do', silent, { options: { senderCheck: 'unlessUnknown' } }, undefined],
		['a forged one all the same', forged, { options: { senderCheck: 'unlessUnknown' } }, /DMARC/],
		['a forged one, where nobody looks', forged, { options: { senderCheck: 'off' } }, undefined],
	])('U4, X16: a mail with %s', async (_, json, parameters, refusal) => {
		const { error, items } = await read([mail(json)], parameters);
		if (refusal === undefined) expect([error, items.length]).toEqual([undefined, 1]);
		else expect(error?.message).toMatch(refusal);
	});
});
