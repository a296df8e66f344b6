import type { INodeExecutionData } from 'n8n-workflow';

import { jsonOf, type RunResult } from './execute-harness';
import { FOLDER, listedFile, runChooseFiles, runStorageFile, type Situation } from './storage-file-setup';

const textFile = (content: string): INodeExecutionData['binary'] => ({
	data: { data: Buffer.from(content).toString('base64'), mimeType: 'application/json' },
});
const file = (path: string, more: object = {}) => ({
	...{ path, session: 'call-1', kind: 'metadata', size: 9, modified: '2026-11-20T12:00:00.000Z' },
	...more,
});

function outputs(result: RunResult) {
	if (result.error !== undefined) throw result.error;
	return result.outputOf('Node').map((items) => items.map(({ json }) => json));
}

describe('Get Folders', () => {
	it('U5: gives each folder once, however many items come in, and needs no credential', async () => {
		const result = await runStorageFile('getFolders', { basePath: '/ujet' }, [{ json: {} }, { json: {} }]);
		expect(jsonOf(result)).toEqual(
			['chat-transcripts', 'media', 'metadata', 'voice-recordings', 'voicemails'].map((name) => ({
				storage: 'sftp',
				folder: `ujet-${name}`,
				path: `/ujet/ujet-${name}`,
			})),
		);
	});

	it('says what is missing', async () => {
		const { error } = await runStorageFile('getFolders', {
			storage: 'googleCloud',
			bucket: "={{ '' }}",
		});
		expect(error?.message).toBe("'Bucket' is empty.");
	});
});

describe('Choose Files', () => {
	const choose = async (situation: Situation) => outputs(await runChooseFiles(situation));

	it('U5: knows from which folder a file came, and hands on what the later steps need', async () => {
		const [download, rest] = await choose({
			listed: [
				listedFile(FOLDER.recordings, 'call-1.mp3'),
				listedFile(FOLDER.voicemails, 'call-1.mp3'),
				listedFile(FOLDER.metadata, 'call-1.json'),
				listedFile(FOLDER.media, 'holiday.jpg'),
			],
			known: [],
		});
		expect(download).toMatchObject([
			{ todo: 'metadata', file: { path: './ujet-metadata/call-1.json', attempts: 1 } },
			{ todo: 'file', file: { path: './ujet-voice-recordings/call-1.mp3', kind: 'recording' } },
			{ todo: 'file', file: { path: './ujet-voicemails/call-1.mp3', kind: 'voicemail' } },
		]);
		for (const item of [...(download ?? []), ...(rest ?? [])])
			expect(item.memory).toMatchObject({ id: 'T1', name: 'Files' });
		expect(rest).toMatchObject([{ todo: 'report', file: { path: './ujet-media/holiday.jpg' } }]);
	});

	it('X2: leaves alone what the input Known says is done', async () => {
		const done = listedFile(FOLDER.recordings, 'call-1.mp3');
		const known = [...[{ path: './ujet-voice-recordings/call-1.mp3', size: 9, state: 'done' }]].map(
			(row) => ({ ...row, modified: done.json.modifyTime }),
		);
		expect(await choose({ listed: [done], known })).toEqual([[], []]);
	});

	it('X2: a server that cannot be reached is one sentence, however many folders there are', async () => {
		const pairedItem = [0, 1, 2, 3, 4].map((item) => ({ item }));
		const listed = [{ json: { error: 'connect ECONNREFUSED 127.0.0.1:22' }, pairedItem }];
		const [download, rest] = await choose({ listed, known: [] });
		expect(download).toEqual([]);
		expect(rest).toMatchObject([
			{ todo: 'problem', sentence: expect.stringMatching(/it refuses the connection/) as string },
		]);
	});

	it.each([
		[{ store: 'link' }, /'Public URL', which is empty/],
		[{ store: 'both', publicUrl: 'ftp://files' }, /'Public URL' is not an address/],
		[{ lookBackDays: 'a week' }, /'Look Back \(Days\)' must be a number/],
		[{ filesPerRun: 0 }, /'Files per Run' must be a whole number from 1 on/],
		[{ dataTable: '={{ 7 }}' }, /'Data Table' is not a data table/],
		[{ storageFolders: '={{ [{ path: "x" }] }}' }, /'Folders' is not the list of folders/],
	])('refuses %j with a sentence', async (parameters, message) => {
		const { error } = await runChooseFiles({ listed: [{ json: {} }], known: [], parameters });
		expect(error?.message).toMatch(message);
	});

	it('X2: refuses to run without what is known, instead of taking every file anew', async () => {
		const { error } = await runChooseFiles({ listed: [listedFile(FOLDER.recordings, 'call-1.mp3')] });
		expect(error?.message).toBe('Nothing arrives at the input Known.');
	});

	it.each(['lookBackDays', 'unchangedSeconds', 'retryMinutes', 'giveUpHours', 'filesPerRun'])(
		'X16: any number will do for %s, and gives times that exist',
		async (name) => {
			const listed = [listedFile(FOLDER.recordings, 'call-1.mp3')];
			const [download = []] = await choose({ listed, known: [], parameters: { [name]: 1e300 } });
			expect(download).toHaveLength(name === 'unchangedSeconds' ? 0 : 1);
		},
	);

	it('X16: half an emoji in the name of an object keeps no other from being chosen', async () => {
		const updated = new Date(Date.now() - 300_000).toISOString();
		const named = (name: string) => ({ name: `ujet-voice-recordings/${name}`, size: '9', updated });
		const items = [named('\ud83d.mp3'), named('call-1.mp3')];
		const [download, rest] = await choose({
			listed: [{ json: { items }, pairedItem: { item: FOLDER.recordings } }],
			known: [],
			place: { storage: 'googleCloud', bucket: 'b' },
		});
		expect(download).toMatchObject([{ todo: 'file', name: 'call-1.mp3' }]);
		expect(rest).toMatchObject([{ todo: 'report', sentence: expect.stringMatching(/^"\?\.mp3"/) as string }]);
	});

	it('fields that are empty count as they come', async () => {
		const parameters = { lookBackDays: '', filesPerRun: '', unchangedSeconds: '' };
		const listed = [listedFile(FOLDER.recordings, 'call-1.mp3')];
		const [download] = await choose({ listed, known: [], parameters });
		expect(download).toHaveLength(1);
	});
});

describe('Read', () => {
	const read = async (...items: INodeExecutionData[]) => outputs(await runStorageFile('read', {}, items));

	it('U1: metadata become sessions, other files go on with their content, the rest is kept apart', async () => {
		const content = '{"id": 1}';
		const result = await runStorageFile('read', {}, [
			{
				json: { todo: 'metadata', externalId: 'ccaip:call-1', file: file('m/call-1.json') },
				binary: textFile(content),
			},
			{
				json: { todo: 'file', externalId: 'ccaip:call-1', file: file('r/call-1.mp3') },
				binary: textFile('ID3'),
			},
			{ json: { todo: 'link', externalId: 'ccaip:call-1', file: file('r/call-1.wav') } },
			{ json: { todo: 'leave', file: file('r/call-2.wav') } },
			{ json: { todo: 'problem', sentence: 'The server is down.' } },
		]);
		const [metadata, files, others] = outputs(result);
		expect(metadata).toEqual([
			{ session: { call: { id: 1 } }, externalId: 'ccaip:call-1', file: file('m/call-1.json') },
		]);
		expect(files).toMatchObject([{ todo: 'file' }, { todo: 'link' }]);
		expect(others).toMatchObject([{ todo: 'leave' }, { todo: 'problem' }]);
		expect(result.outputOf('Node')[1]?.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['data'],
			[],
		]);
		expect(result.outputOf('Node')[0]?.[0]?.binary).toBeUndefined();
	});

	it.each([
		['that has grown since it was listed', '{"id": 1, "a": 2}', 'fileLength', /17 bytes, not 9 as listed/],
		['that is no JSON', '{"id": 12', 'unreadable', /cannot be read as JSON/],
	])('X2: a metadata file %s is kept apart', async (_, content, kind, message) => {
		const json = { todo: 'metadata', externalId: 'ccaip:call-1', file: file('m/call-1.json') };
		const [metadata, , others] = await read({ json, binary: textFile(content) });
		expect(metadata).toEqual([]);
		expect(others).toMatchObject([
			{ file: { path: 'm/call-1.json' }, error: { kind, message: expect.stringMatching(message) as string } },
		]);
	});

	it.each([
		[{ error: 'get: Permission denied' }, 'get: Permission denied'],
		[{ error: { code: 'X' }, details: { message: 'Forbidden', httpCode: '403' } }, 'Forbidden'],
		[{ error: {} }, 'The file could not be fetched.'],
		[{}, "No file was downloaded into 'data'."],
	])('X2: a file that could not be fetched says why: %j', async (failure, message) => {
		const [, files, others] = await read({ json: { todo: 'file', file: file('r/call-1.mp3'), ...failure } });
		expect(files).toEqual([]);
		expect(others).toMatchObject([{ error: { kind: 'source', message } }]);
	});
});

describe('Note Results', () => {
	it('X2: gives a row for each file, and one message when something needs a person', async () => {
		const parameters = { file: '={{ { path: "by-expression", size: 9 } }}', tableName: 'Files' };
		const [rows, told] = outputs(
			await runStorageFile('noteResults', parameters, [
				{ json: { outcome: 'uploaded' } },
				{ json: { error: 'The workflow failed.' } },
				{ json: { file: file('a/call-1.mp3'), error: { kind: 'forbidden', message: 'No role.' } } },
				{ json: { todo: 'problem', sentence: 'The server is down.' } },
			]),
		);
		expect(rows).toMatchObject([
			{ path: 'by-expression', state: 'done', outcome: 'uploaded' },
			{ path: 'by-expression', state: 'waiting', problem: 'source', reason: 'The workflow failed.' },
			{ path: 'a/call-1.mp3', state: 'waiting', problem: 'forbidden' },
		]);
		expect(told).toEqual([
			{
				message: '1 of the files could not be brought to Kustomer. call-1.mp3: No role. The server is down.',
			},
		]);
	});

	it('X2: tells nothing when all is well', async () => {
		const parameters = { tableName: 'Files' };
		const [, told] = outputs(
			await runStorageFile('noteResults', parameters, [{ json: { file: file('a'), outcome: 'linked' } }]),
		);
		expect(told).toEqual([]);
	});
});
