import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

interface Node {
	name: string;
	parameters: { jsCode?: string; assignments?: { assignments: Array<{ name: string; value: unknown }> } };
}

const FOLDERS = [
	'ujet-chat-transcripts',
	'ujet-media',
	'ujet-metadata',
	'ujet-voice-recordings',
	'ujet-voicemails',
];
const RECORDINGS = FOLDERS.indexOf('ujet-voice-recordings');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function nodesOf(kind: 'sftp' | 'gcs'): Node[] {
	const file = path.resolve(__dirname, `../../workflows/external-storage-${kind}.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { nodes: Node[] }).nodes;
}

function codeOf(kind: 'sftp' | 'gcs'): string {
	return nodesOf(kind).find(({ name }) => name === 'Choose Files')?.parameters.jsCode ?? '';
}

/** The step's own settings, with some of them changed. */
function settingsWith(changes: Record<string, unknown>): Record<string, unknown> {
	const { assignments } = nodesOf('sftp').find(({ name }) => name === 'Settings')?.parameters ?? {};
	const own = (assignments?.assignments ?? []).map(({ name, value }) => [name, value]);
	return { ...Object.fromEntries(own), ...changes };
}

/** What "Choose Files" of the SFTP workflow makes of a list and of the rows of the data table. */
function choose(list: Item[], rows: unknown[], settings: Record<string, unknown> = {}) {
	const given: Record<string, Item[]> = {
		Settings: [{ json: settingsWith(settings) }],
		'Five Folders': FOLDERS.map((folder) => ({ json: { folder } })),
		'List Folder': list,
		'What Is Known': rows.map((json) => ({ json: json as Record<string, unknown> })),
	};
	const $ = (name: string) => ({ all: () => given[name] ?? [], first: () => given[name]?.[0] });
	const result = vm.runInNewContext(`(($) => {${codeOf('sftp')}})`) as (step: typeof $) => Item[];
	// Out of the other context, whose objects are of other classes.
	return (JSON.parse(JSON.stringify(result($))) as Item[]).map(({ json }) => json);
}

function recording(name: string, age = 5 * MINUTE, more: Record<string, unknown> = {}): Item {
	const modifyTime = new Date(Date.now() - age).toISOString();
	return { json: { type: '-', name, size: 1000, modifyTime, ...more }, pairedItem: { item: RECORDINGS } };
}

/** The row that a try of this file has left. */
function rowOf({ json }: Item, more: Record<string, unknown>) {
	const { name, size, modifyTime } = json;
	const row = { path: `./ujet-voice-recordings/${name}`, session: 'call-1', kind: 'recording', size };
	return { ...row, modified: modifyTime, state: 'waiting', attempts: 1, outcome: '', reason: '', ...more };
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();
const pauseOf = ({ nextTry }: Record<string, unknown>) => (Date.parse(String(nextTry)) - Date.now()) / MINUTE;

describe('the step Choose Files of external storage', () => {
	it('decides by the same rules for SFTP and for Google Cloud', () => {
		const rulesOf = (kind: 'sftp' | 'gcs') => codeOf(kind).slice(codeOf(kind).indexOf('// 2. '));
		expect(rulesOf('sftp')).toContain('return [');
		expect(rulesOf('gcs')).toBe(rulesOf('sftp'));
	});

	it('X2: the pause after a failure doubles up to six hours', () => {
		const file = recording('call-1.mp3', DAY);
		const pauses = [1, 2, 5, 6, 60].map((attempts) => {
			const [item = {}] = choose(
				[file],
				[rowOf(file, { attempts, firstTry: inMinutes(-1), nextTry: inMinutes(-1) })],
			);
			expect(item.attempts).toBe(attempts + 1);
			return Math.round(pauseOf(item));
		});
		expect(pauses).toEqual([20, 40, 320, 360, 360]);
	});

	it('X2: a file that waits is not forgotten when it gets older than the files that are looked at', () => {
		const file = recording('call-1.mp3', 30 * DAY);
		expect(choose([file], [])).toEqual([]);
		const row = rowOf(file, { firstTry: inMinutes(-60), nextTry: inMinutes(-1) });
		expect(choose([file], [row])).toMatchObject([{ lane: 'work', name: 'call-1.mp3', attempts: 2 }]);
	});

	it('X5: a file that was changed since is a new one', () => {
		const file = recording('call-1.mp3');
		expect(choose([file], [rowOf(file, { state: 'done' })])).toEqual([]);
		expect(choose([file], [rowOf(file, { state: 'done', size: 999 })])).toMatchObject([{ attempts: 1 }]);
		const before = { state: 'reported', modified: inMinutes(-90) };
		expect(choose([file], [rowOf(file, before)])).toMatchObject([{ attempts: 1 }]);
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
		const chosen = choose(
			names.map((name) => recording(name)),
			[],
		);
		expect(chosen.filter(({ lane }) => lane === 'work')).toMatchObject([
			{ name: 'CALL-7.MP3', session: 'call-7', externalId: 'ccaip:call-7' },
		]);
		expect(chosen.filter(({ lane }) => lane === 'report')).toHaveLength(names.length - 1);
	});

	it('leaves a file alone whose time cannot be read or lies in the future', () => {
		const times = ['', 'yesterday', inMinutes(5)];
		expect(
			choose(
				times.map((modifyTime) => recording('call-1.mp3', 0, { modifyTime })),
				[],
			),
		).toEqual([]);
	});

	it('settings that are empty or no numbers count as they come', () => {
		const settings = { lookBackDays: '', filesPerRun: 'many', unchangedSeconds: -1, retryMinutes: null };
		const list = [recording('call-1.mp3'), recording('call-2.mp3', 8 * DAY), recording('call-3.mp3', 1000)];
		expect(choose(list, [], settings)).toMatchObject([{ name: 'call-1.mp3' }]);
		expect(choose(list, [], { store: 'attic' })).toEqual([
			{ lane: 'problem', sentence: 'Settings: "store" has to be file, link or both.' },
		]);
	});

	/** Names of the files that are tried. */
	const tried = (chosen: Array<Record<string, unknown>>) =>
		chosen.filter(({ lane }) => lane === 'work').map(({ name }) => name);
	const due = { attempts: 3, firstTry: inMinutes(-300), nextTry: inMinutes(-1) };

	it('X2, X6: files that come again and files that are new do not keep each other waiting', () => {
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
		const list = [recording('call-1.mp3', 5 * DAY), recording('call-2.mp3', 4 * DAY)];
		const sentences = (behind: number, age = 0) => {
			const first = recording('call-9.mp3', 6 * DAY);
			const row = rowOf(first, { state: 'done', firstTry: inMinutes((behind - 6 * DAY) / MINUTE) });
			const [one, two] = list;
			const files = age === 0 ? [one, two] : [one, recording('call-2.mp3', age)];
			return choose([first, ...files] as Item[], [row], { filesPerRun: 1 })
				.filter(({ lane }) => lane === 'problem')
				.map(({ sentence }) => sentence);
		};
		expect(sentences(DAY)).toEqual([
			expect.stringMatching(
				/^More files come than .*: 1 were never tried, .* for 4\.0 days, .*"filesPerRun"/,
			),
		]);
		// At first, files had waited for longer; and younger ones have time.
		expect(sentences(5 * DAY)).toEqual([]);
		expect(sentences(DAY, 3 * DAY)).toEqual([]);
		expect(choose(list, [], { filesPerRun: 1 })).toMatchObject([{ lane: 'work', name: 'call-1.mp3' }]);
	});

	it('X6: a file that got too old before its turn came is told once, but not one that was too old at first', () => {
		const [late, older, other] = [
			recording('call-1.mp3', 7.1 * DAY),
			recording('call-2.mp3', 7.6 * DAY),
			recording('holiday.mp3', 7.1 * DAY),
		];
		const first = recording('call-9.mp3', 3 * DAY);
		const rows = [rowOf(first, { state: 'done', firstTry: inMinutes((-0.5 * DAY) / MINUTE) })];
		const chosen = choose([late, older, other, first], rows);
		expect(chosen).toMatchObject([{ lane: 'report', path: './ujet-voice-recordings/call-1.mp3' }]);
		expect(chosen[0]?.sentence).toMatch(/^"call-1\.mp3" in .* was never tried, .* 7 days of "lookBackDays"/);
		expect(choose([late, older, first], [...rows, rowOf(late, { state: 'reported' })])).toEqual([]);
	});

	it('D6: what was left out with its session comes when the session comes after all', () => {
		const file = recording('call-1.mp3');
		const metadata = {
			...recording('call-1.json'),
			pairedItem: { item: FOLDERS.indexOf('ujet-metadata') },
		};
		const ofSession = (more: Record<string, unknown>) => ({
			...rowOf(metadata, { kind: 'metadata', state: 'done', ...more }),
			path: './ujet-metadata/call-1.json',
		});
		const leftOut = rowOf(file, { state: 'done', outcome: 'left out' });
		const list = [metadata, file];
		expect(choose(list, [ofSession({ outcome: 'skipped' }), leftOut])).toEqual([]);
		// The row of the metadata was forgotten before that of the file.
		expect(choose([file], [leftOut])).toEqual([]);
		expect(choose(list, [ofSession({ outcome: 'created' }), leftOut])).toMatchObject([
			{ name: 'call-1.mp3', todo: 'file', attempts: 1 },
		]);
		// The row of the metadata was deleted, or the platform has written them anew: both come in the same run.
		for (const rows of [[leftOut], [ofSession({ outcome: 'skipped', size: 999 }), leftOut]])
			expect(choose(list, rows)).toMatchObject([
				{ name: 'call-1.json', todo: 'metadata' },
				{ name: 'call-1.mp3', todo: 'file' },
			]);
	});

	it.each([
		['connect ECONNREFUSED 127.0.0.1:22', /refuses the connection/],
		['getaddrinfo ENOTFOUND files.example.com', /its host name is not known/],
		['Timed out while waiting for handshake', /it does not answer/],
		['All configured authentication methods failed', /did not accept the sign-in/],
		['list: Permission denied ./ujet-media', /may not read/],
		['list: Failure ./ujet-media', /could not be read\. The server says: list: Failure/],
	])('X2: says what "%s" means, in words that n8n leaves as they are', (error, sentence) => {
		const everywhere = FOLDERS.map((_folder, item) => ({ item }));
		const chosen = choose([{ json: { error }, pairedItem: everywhere }], []);
		expect(chosen[0]?.sentence).toMatch(sentence);
		expect(JSON.stringify(chosen)).not.toMatch(/ECONN|ENOTFOUND|getaddrinfo/i);
	});
});
