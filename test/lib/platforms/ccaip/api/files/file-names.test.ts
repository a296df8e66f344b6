import { contentTypeFor, nameFor } from '../../../../../../lib/platforms/ccaip/api/files/file-names';
import { mediaOf, recordingOf } from '../../../../../../lib/platforms/ccaip/api/files/session-files';
import type { Session } from '../../../../../../lib/domain/session';

describe('U5: names of files', () => {
	it.each([
		['recording', 'audio/mpeg', '/x', 'call-123.mp3'],
		['recording', 'audio/x-wav', '/x.mp3', 'call-123.wav'],
		['recording', 'application/octet-stream', '/x.wav', 'call-123.wav'],
		['recording', undefined, '/x', 'call-123.mp3'],
		['photo', 'image/jpeg', '/x', 'call-123-photo-9.jpg'],
		['photo', 'binary/octet-stream', '/x.PNG', 'call-123-photo-9.png'],
		['video', undefined, '/x', 'call-123-video-9.mp4'],
		['video', 'video/quicktime', '/x', 'call-123-video-9.mov'],
	] as const)('%s, %s, %s', (kind, told, path, name) => {
		const contentType = contentTypeFor(kind, told, path);
		expect(nameFor({ kind: 'call', number: '123' }, kind, contentType, '9')).toBe(name);
	});

	it('U5: keep the hyphens of an id', () => {
		const id = '5b1e2c44-77aa-4f0e-9c1d-0a2b3c4d5e6f';
		expect(nameFor({ kind: 'call', number: '123' }, 'photo', 'image/jpeg', id)).toBe(
			`call-123-photo-${id}.jpg`,
		);
	});

	it('have no folders in them, whatever the platform calls a photo', () => {
		expect(nameFor({ kind: 'chat', number: '9' }, 'photo', 'image/jpeg', '../../etc/x y')).toMatch(
			/^chat-9-photo-[\w.]+\.jpg$/,
		);
	});
});

it('finds the recording or voicemail, and the media by their kind', () => {
	const session = {
		files: [
			{ kind: 'video', id: '4', url: 'https://x/v' },
			{ kind: 'photo', url: 'https://x/p1' },
			{ kind: 'photo', id: '9', url: 'https://x/p2' },
			{ kind: 'photo', id: '10' },
			{ kind: 'voicemail', url: 'https://x/m' },
		],
	} as unknown as Session;
	expect(recordingOf(session)?.url).toBe('https://x/m');
	expect(recordingOf({} as Session)).toBeUndefined();
	expect(mediaOf(session, ['video', 'photo']).map(({ kind, id }) => `${kind}-${id}`)).toEqual([
		'photo-1',
		'photo-9',
		'video-4',
	]);
	expect(mediaOf(session, ['video'])).toHaveLength(1);
});
