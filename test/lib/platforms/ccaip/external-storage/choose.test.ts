import {
	chooseFiles,
	forgetBefore,
	type Choice,
	type ChoiceRules,
} from '../../../../../lib/platforms/ccaip/external-storage/choose';
import {
	FOLDER_NAMES,
	storageFolders,
	type StoragePlace,
} from '../../../../../lib/platforms/ccaip/external-storage/folders';
import { readListing } from '../../../../../lib/platforms/ccaip/external-storage/listing';
import { readMemory } from '../../../../../lib/platforms/ccaip/external-storage/memory';

interface Item {
	json: Record<string, unknown>;
	places: number[];
}
type Row = Record<string, unknown>;

const NOW = Date.parse('2026-11-20T12:00:00Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const SFTP: StoragePlace = {
	storage: 'sftp',
	basePath: '.',
	folders: FOLDER_NAMES,
	bucket: '',
	apiUrl: '',
};
const RULES: ChoiceRules = {
	store: 'file',
	publicUrl: '',
	transcriptAsNote: false,
	externalIdPrefix: '',
	lookBackDays: 7,
	filesPerRun: 20,
	unchangedSeconds: 60,
	retryMinutes: 10,
	giveUpHours: 48,
};

/** What is made of a list and of the rows of the data table. */
function choose(list: Item[], rows: Row[], rules: Partial<ChoiceRules> = {}, place = SFTP): Choice {
	const folders = storageFolders(place);
	const listing = readListing(
		list.map((item, index) => ({ ...item, index })),
		folders,
	);
	return chooseFiles({ folders, listing, rows: readMemory(rows), rules: { ...RULES, ...rules }, now: NOW });
}

const placeOf = (folder: (typeof FOLDER_NAMES)[number]) => [FOLDER_NAMES.indexOf(folder)];
const at = (time: number) => new Date(time).toISOString();
const inMinutes = (minutes: number) => at(NOW + minutes * MINUTE);

function recording(name: string, age = 5 * MINUTE, more: Row = {}): Item {
	const json = { type: '-', name, size: 1000, modifyTime: at(NOW - age), ...more };
	return { json, places: placeOf('ujet-voice-recordings') };
}

/** The row that a try of this file has left. */
function rowOf({ json }: Item, more: Row): Row {
	const { name, size, modifyTime } = json;
	const row = { path: `./ujet-voice-recordings/${String(name)}`, session: 'call-1', kind: 'recording', size };
	return { ...row, modified: modifyTime, state: 'waiting', attempts: 1, outcome: '', reason: '', ...more };
}

/** Names of the files that are tried. */
const tried = ({ chosen }: Choice) => chosen.map(({ name }) => name);

it('X2: the pause after a failure doubles up to six hours', () => {
	const file = recording('call-1.mp3', DAY);
	const pauses = [1, 2, 5, 6, 60].map((attempts) => {
		const row = rowOf(file, { attempts, firstTry: inMinutes(-1), nextTry: inMinutes(-1) });
		const [chosen] = choose([file], [row]).chosen;
		expect(chosen?.file).toMatchObject({ attempts: attempts + 1, firstTry: inMinutes(-1) });
		return (Date.parse(chosen?.file.nextTry ?? '') - NOW) / MINUTE;
	});
	expect(pauses).toEqual([20, 40, 320, 360, 360]);
	expect(choose([file], []).chosen[0]?.file).toMatchObject({
		attempts: 1,
		firstTry: at(NOW),
		nextTry: inMinutes(10),
	});
});

it('X2: a file that waits is not forgotten when it gets older than the files that are looked at', () => {
	const file = recording('call-1.mp3', 30 * DAY);
	expect(choose([file], [])).toEqual({ chosen: [], reports: [], problems: [] });
	const row = rowOf(file, { firstTry: inMinutes(-60), nextTry: inMinutes(-1) });
	expect(choose([file], [row]).chosen).toMatchObject([{ name: 'call-1.mp3', file: { attempts: 2 } }]);
	expect(forgetBefore({ lookBackDays: 7 }, NOW)).toBe(at(NOW - 8 * DAY));
});

it('X2: a file that still fails after all the time is told once, with its reason, and not before its turn', () => {
	const file = recording('call-1.mp3', 3 * DAY);
	const row = { attempts: 9, firstTry: inMinutes(-49 * 60), nextTry: inMinutes(-1), reason: 'No room.' };
	expect(choose([file], [rowOf(file, row)])).toMatchObject({
		chosen: [],
		reports: [
			{
				file: { path: './ujet-voice-recordings/call-1.mp3', session: 'call-1', kind: 'recording' },
				sentence:
					'"call-1.mp3" in ujet-voice-recordings could not be brought to Kustomer in 9 attempts. No room.',
			},
		],
	});
	expect(choose([file], [rowOf(file, { ...row, nextTry: inMinutes(1) })])).toMatchObject({
		chosen: [],
		reports: [],
	});
	expect(choose([file], [rowOf(file, { ...row, state: 'reported' })])).toMatchObject({ reports: [] });
});

it('X5: a file that was changed since is a new one', () => {
	const file = recording('call-1.mp3');
	expect(tried(choose([file], [rowOf(file, { state: 'done' })]))).toEqual([]);
	for (const change of [
		{ state: 'done', size: 999 },
		{ state: 'reported', modified: inMinutes(-90) },
	])
		expect(choose([file], [rowOf(file, change)]).chosen).toMatchObject([{ file: { attempts: 1 } }]);
});

it('U5: a file that is still being written is left alone; an upload that broke off is told after a day', () => {
	const young = [recording('call-1.mp3', 59 * SECOND), recording('call-2.mp3', 5 * MINUTE, { size: 0 })];
	const broken = ['.call-1.mp3', 'call-3.mp3.part', '~call-4.mp3'];
	const part = broken.map((name) => recording(name));
	expect(choose([...young, ...part], [])).toEqual({ chosen: [], reports: [], problems: [] });
	const old = broken.map((name) => recording(name, 2 * DAY));
	expect(choose([...old, recording('call-2.mp3', 2 * DAY, { size: 0 })], []).reports).toHaveLength(4);
	expect(tried(choose([recording('call-1.mp3', 60 * SECOND)], []))).toEqual(['call-1.mp3']);
});

it('U5: takes names in capitals, and nothing that only looks like a name', () => {
	const names = [
		'CALL-7.MP3',
		'call-7.mp3 ',
		'call-.mp3',
		'call-7.mp3.exe',
		'call-7',
		`call-${'7'.repeat(20)}.mp3`,
	];
	const { chosen, reports } = choose(
		names.map((name) => recording(name)),
		[],
	);
	expect(chosen).toMatchObject([
		{ name: 'CALL-7.MP3', externalId: 'ccaip:call-7', file: { session: 'call-7' } },
	]);
	expect(reports).toHaveLength(names.length - 1);
	expect(reports[0]?.sentence).toMatch(/does not have the name of a session's file/);
});

it('leaves a file alone whose time cannot be read or lies in the future', () => {
	const times = ['', 'yesterday', inMinutes(5)];
	const list = times.map((modifyTime) => recording('call-1.mp3', 0, { modifyTime }));
	expect(choose(list, [])).toEqual({ chosen: [], reports: [], problems: [] });
});

it('X2, X6: files that come again and files that are new do not keep each other waiting', () => {
	const due = { attempts: 3, firstTry: inMinutes(-300), nextTry: inMinutes(-1) };
	const again = Array.from({ length: 30 }, (_, index) => recording(`call-1${index + 10}.mp3`, DAY));
	const fresh = Array.from({ length: 30 }, (_, index) => recording(`call-2${index + 10}.mp3`));
	const rows = again.map((file) => rowOf(file, due));
	const namesOf = (files: Item[]) => files.map(({ json }) => json.name);
	const expectedOf = (ofAgain: number, ofFresh: number) =>
		[...namesOf(again.slice(0, ofAgain)), ...namesOf(fresh.slice(0, ofFresh))].sort();
	expect(tried(choose([...again, ...fresh], rows)).sort()).toEqual(expectedOf(10, 10));
	// What one kind does not need is the other's.
	expect(tried(choose([...again, ...fresh.slice(0, 3)], rows)).sort()).toEqual(expectedOf(17, 3));
	expect(tried(choose([...again.slice(0, 3), ...fresh], rows)).sort()).toEqual(expectedOf(3, 17));
	expect(tried(choose([...again, ...fresh], rows, { filesPerRun: 1 }))).toEqual(['call-210.mp3']);
});

it('X6: says when more files come than are brought over, but not while there are fewer each time', () => {
	const list = [recording('call-1.mp3', 5 * DAY), recording('call-2.mp3', 4 * DAY)] as const;
	const sentences = (behind: number, age = 0) => {
		const first = recording('call-9.mp3', 6 * DAY);
		const row = rowOf(first, { state: 'done', firstTry: inMinutes((behind - 6 * DAY) / MINUTE) });
		const [one, two] = list;
		const files = age === 0 ? [one, two] : [one, recording('call-2.mp3', age)];
		return choose([first, ...files], [row], { filesPerRun: 1 }).problems;
	};
	expect(sentences(DAY)).toEqual([
		expect.stringMatching(
			/^More files come than .*: 1 were never tried, .* for 4\.0 days, .*'Files per Run'/,
		),
	]);
	// At first, files had waited for longer; and younger ones have time.
	expect(sentences(5 * DAY)).toEqual([]);
	expect(sentences(DAY, 3 * DAY)).toEqual([]);
	expect(choose([...list], [], { filesPerRun: 1 })).toMatchObject({
		chosen: [{ name: 'call-1.mp3' }],
		problems: [],
	});
});

it('X6: a file that got too old before its turn came is told once, but not one that was too old at first', () => {
	const late = recording('call-1.mp3', 7.1 * DAY);
	const older = recording('call-2.mp3', 7.6 * DAY);
	const other = recording('holiday.mp3', 7.1 * DAY);
	const first = recording('call-9.mp3', 3 * DAY);
	const rows = [rowOf(first, { state: 'done', firstTry: inMinutes((-0.5 * DAY) / MINUTE) })];
	const { reports, chosen } = choose([late, older, other, first], rows);
	expect(chosen).toEqual([]);
	expect(reports).toMatchObject([{ file: { path: './ujet-voice-recordings/call-1.mp3' } }]);
	expect(reports[0]?.sentence).toMatch(
		/^"call-1\.mp3" in .* was never tried, .* 7 days of 'Look Back \(Days\)'/,
	);
	expect(choose([late, older, first], [...rows, rowOf(late, { state: 'reported' })]).reports).toEqual([]);
});

it('D6: what was left out with its session comes when the session comes after all', () => {
	const file = recording('call-1.mp3');
	const metadata = { ...recording('call-1.json'), places: placeOf('ujet-metadata') };
	const ofSession = (more: Row) => ({
		...rowOf(metadata, { kind: 'metadata', state: 'done', ...more }),
		path: './ujet-metadata/call-1.json',
	});
	const leftOut = rowOf(file, { state: 'done', outcome: 'left out' });
	const list = [metadata, file];
	expect(tried(choose(list, [ofSession({ outcome: 'skipped' }), leftOut]))).toEqual([]);
	// The row of the metadata was forgotten before that of the file.
	expect(tried(choose([file], [leftOut]))).toEqual([]);
	expect(choose(list, [ofSession({ outcome: 'created' }), leftOut]).chosen).toMatchObject([
		{ name: 'call-1.mp3', todo: 'file', file: { attempts: 1 } },
	]);
	// The row of the metadata was deleted, or the platform has written them anew: both come in the same run.
	for (const rows of [[leftOut], [ofSession({ outcome: 'skipped', size: 999 }), leftOut]])
		expect(choose(list, rows).chosen).toMatchObject([
			{ name: 'call-1.json', todo: 'metadata' },
			{ name: 'call-1.mp3', todo: 'file' },
		]);
	// A new file of a session that the rules leave out.
	expect(choose(list, [ofSession({ outcome: 'skipped' })]).chosen).toMatchObject([
		{ name: 'call-1.mp3', todo: 'leave' },
	]);
});

it('U5: two files of the same name in two folders, or in capitals, are two files', () => {
	const voicemail = { ...recording('call-1.mp3'), places: placeOf('ujet-voicemails') };
	const { chosen } = choose([recording('call-1.mp3'), voicemail, recording('CALL-1.mp3')], []);
	expect(chosen.map(({ file: { path, session } }) => [path, session]).sort()).toEqual([
		['./ujet-voice-recordings/CALL-1.mp3', 'call-1'],
		['./ujet-voice-recordings/call-1.mp3', 'call-1'],
		['./ujet-voicemails/call-1.mp3', 'call-1'],
	]);
	expect(chosen.find(({ file }) => file.kind === 'voicemail')?.note).toBe('Voicemail: call-1.mp3');
});

it('X2: a file that has gone is told, but not while its folder cannot be read', () => {
	const file = recording('call-1.mp3');
	expect(choose([], [rowOf(file, {})]).reports).toMatchObject([
		{
			sentence:
				'"call-1.mp3" in ujet-voice-recordings was taken away before it could be brought to Kustomer.',
		},
	]);
	const broken = { json: { error: 'list: Failure' }, places: placeOf('ujet-voice-recordings') };
	expect(choose([broken], [rowOf(file, {})]).reports).toEqual([]);
	expect(choose([], [rowOf(file, { state: 'done' })]).reports).toEqual([]);
	// A person has emptied the columns of the row.
	expect(choose([], [rowOf(file, { modified: null, size: null })]).reports).toHaveLength(1);
});

it('U6: files that are only linked have their address, and are not read', () => {
	const transcript = { ...recording('chat-3.txt'), places: placeOf('ujet-chat-transcripts') };
	const rules = { store: 'link', publicUrl: 'https://files.example.com', transcriptAsNote: true } as const;
	expect(choose([transcript], [], rules).chosen).toMatchObject([
		{
			todo: 'link',
			link: 'https://files.example.com/ujet-chat-transcripts/chat-3.txt',
			textAsNote: false,
			externalId: 'ccaip:chat-3',
		},
	]);
	expect(
		choose([transcript], [], { ...rules, store: 'both', externalIdPrefix: 'emea-' }).chosen,
	).toMatchObject([{ todo: 'file', textAsNote: true, externalId: 'emea-ccaip:chat-3' }]);
});

it('U5: reads lists of Google Cloud Storage, page by page', () => {
	const place: StoragePlace = {
		storage: 'googleCloud',
		basePath: '/ujet/',
		folders: ['ujet-media'],
		bucket: 'gs://acme/',
		apiUrl: '',
	};
	const page = (...names: string[]) => ({
		json: {
			items: names.map((name) => ({ name: `ujet/ujet-media/${name}`, size: '7', updated: inMinutes(-5) })),
			nextPageToken: 'x',
		},
		places: [0],
	});
	const { chosen, reports } = choose(
		[page('', 'call-1-photo-2.jpg'), page('chat-3-video-a-4.mp4', 'old/x.jpg')],
		[],
		{},
		place,
	);
	expect(chosen).toMatchObject([
		{
			name: 'call-1-photo-2.jpg',
			url: 'https://storage.googleapis.com/storage/v1/b/acme/o/ujet%2Fujet-media%2Fcall-1-photo-2.jpg',
			index: 0,
			file: { path: 'ujet/ujet-media/call-1-photo-2.jpg', size: 7 },
		},
		{ name: 'chat-3-video-a-4.mp4', index: 1, file: { session: 'chat-3', kind: 'media' } },
	]);
	expect(reports).toHaveLength(1);
});

it.each([
	['connect ECONNREFUSED 127.0.0.1:22', /refuses the connection/],
	['getaddrinfo ENOTFOUND files.example.com', /its host name is not known/],
	['Timed out while waiting for handshake', /it does not answer/],
	['All configured authentication methods failed', /did not accept the sign-in/],
	['list: Permission denied ./ujet-media', /may not read/],
	['list: Failure ./ujet-media', /could not be read\. The server says: list: Failure/],
	['list: No such file ./ujet-media', /none of the folders .* is in "\."\. Check 'Base Path'/],
])('X2: says what "%s" means, in words that n8n leaves as they are', (error, sentence) => {
	const everywhere = FOLDER_NAMES.map((_folder, place) => place);
	const { problems } = choose([{ json: { error }, places: everywhere }], []);
	expect(problems[0]).toMatch(sentence);
	expect(JSON.stringify(problems)).not.toMatch(/ECONN|ENOTFOUND|getaddrinfo/i);
});

it.each([
	[{ details: { httpCode: '503', message: 'Service unavailable' } }, /could not be reached, or has trouble/],
	[{ error: 'connect ECONNREFUSED 127.0.0.1:1' }, /could not be reached, or has trouble/],
	[{ details: { httpCode: '401', message: 'Authorization failed' } }, /did not accept the sign-in/],
	[{ details: { httpCode: '403', message: 'Forbidden' } }, /may not read the bucket acme\. .*Viewer/],
	[{ details: { httpCode: '404', message: 'Not found' } }, /there is no bucket "acme"\. Check 'Bucket'/],
	[{ error: 'Node does not have any credentials set: Credentials not found' }, /no credential is chosen/],
	[{ error: {} }, /ujet-media could not be read/],
])('X2: says what Google Cloud Storage means by %j', (json, sentence) => {
	const place: StoragePlace = {
		...{ storage: 'googleCloud', basePath: '', folders: ['ujet-media'], bucket: 'acme', apiUrl: '' },
	};
	const { problems } = choose([{ json: { error: 'x', ...json }, places: [0] }], [], {}, place);
	expect(problems).toEqual([expect.stringMatching(sentence)]);
});

it('X6: chooses among twenty thousand files in less than a second', () => {
	const list = Array.from({ length: 20_000 }, (_, index) => recording(`call-${index}.mp3`, DAY + index));
	const rows = list.slice(0, 19_990).map((file) => rowOf(file, { state: 'done' }));
	const began = process.cpuUsage();
	expect(choose(list, rows).chosen).toHaveLength(10);
	const { user } = process.cpuUsage(began);
	expect(user / 1000).toBeLessThan(1000);
});
