import { noteResults, type FileAnswer } from '../../../../../lib/platforms/ccaip/external-storage/results';

const file = (name = 'call-1.mp3') => ({
	path: `./ujet-voice-recordings/${name}`,
	session: 'call-1',
	kind: 'recording',
	size: 5,
	modified: '2026-11-20T12:00:00.000Z',
	attempts: 2,
});
const note = (...answers: FileAnswer[]) => noteResults(answers, 'Files');

it('X2: what is stored is done, and nobody is told', () => {
	expect(note({ file: file(), outcome: 'uploaded' })).toEqual({
		rows: [{ ...file(), state: 'done', outcome: 'uploaded', problem: '', reason: '' }],
	});
	expect(note({ file: file(), todo: 'leave' }).rows).toMatchObject([{ state: 'done', outcome: 'left out' }]);
});

it.each(['notFound', 'fileLength', 'rateLimit', 'server', 'noAnswer', 'conflict', 'uploadFailed'])(
	'X2: what passes by itself, such as %s, waits silently',
	(kind) => {
		const error = { kind, message: 'Not yet.', description: 'Try later.' };
		expect(note({ file: file(), error })).toEqual({
			rows: [{ ...file(), state: 'waiting', outcome: '', problem: kind, reason: 'Not yet. Try later.' }],
		});
	},
);

it('X2: a text without a kind is trouble of the storage or of the called workflow, without codes', () => {
	expect(note({ file: file(), error: 'connect ECONNRESET 10.0.0.1:22' }).rows).toMatchObject([
		{ state: 'waiting', problem: 'source', reason: 'There is no connection.' },
	]);
	expect(note({ file: file(), error: {} }).rows).toMatchObject([{ reason: 'Nothing was said about why.' }]);
	expect(String(note({ file: file(), error: 'x'.repeat(9000) }).rows[0]?.reason)).toHaveLength(500);
});

it('X8: what needs a person is told, and comes again', () => {
	const error = { kind: 'forbidden', message: 'The key lacks a role.' };
	const { rows, message } = note(
		...['1', '2', '3', '4'].map((id) => ({ file: file(`call-${id}.mp3`), error })),
	);
	expect(rows.map(({ state }) => state)).toEqual(Array(4).fill('waiting'));
	expect(message).toBe(
		'4 of the files could not be brought to Kustomer. call-1.mp3: The key lacks a role. call-2.mp3: The key lacks a role. call-3.mp3: The key lacks a role. The others are in the data table.',
	);
});

it.each(['unreadable', 'none'])('X2: metadata that are %s are told once', (outcome) => {
	const { rows, message } = note({ file: file('call-1.json'), outcome, reason: 'No session.' });
	expect(rows).toMatchObject([{ state: 'reported', problem: 'unreadable', reason: 'No session.' }]);
	expect(message).toBe('1 of the files could not be brought to Kustomer. call-1.json: No session.');
	const broken = { kind: 'unreadable', message: 'No JSON.' };
	expect(note({ file: file('call-1.json'), error: broken }).rows).toMatchObject([
		{ state: 'reported', problem: 'unreadable', reason: 'No JSON.' },
	]);
});

it('X2: one message tells all that there is, and what is told once says so', () => {
	const told = Array.from({ length: 7 }, (_, index) => ({
		file: file(`${index}.mp3`),
		todo: 'report',
		sentence: `File ${index} is none.`,
	}));
	const trouble = { todo: 'problem', sentence: 'The server is down.' };
	const { rows, message } = note(...told, trouble);
	expect(rows).toHaveLength(7);
	expect(rows[0]).toMatchObject({ state: 'reported', problem: 'told', reason: 'File 0 is none.' });
	expect(message).toBe(
		'The server is down. File 0 is none. File 1 is none. File 2 is none. File 3 is none. File 4 is none. And 2 more. This last part is told once. To have a file tried again, delete its row in the data table "Files".',
	);
	expect(note(...told.slice(0, 1)).message).toBe(
		'File 0 is none. This is told once. To have a file tried again, delete its row in the data table "Files".',
	);
	expect(note(trouble)).toEqual({ rows: [], message: 'The server is down.' });
});
