import {
	FOLDER_NAMES,
	sessionOfFile,
	storageFolders,
	type StoragePlace,
} from '../../../../../lib/platforms/ccaip/external-storage/folders';
import { metadataIn } from '../../../../../lib/platforms/ccaip/external-storage/content';
import { InputError } from '../../../../../lib/http/errors';

const PLACE: StoragePlace = { storage: 'sftp', basePath: '', folders: FOLDER_NAMES, bucket: '', apiUrl: '' };
const pathOf = (place: Partial<StoragePlace>) => storageFolders({ ...PLACE, ...place })[0]?.path;

it.each([
	['', './ujet-chat-transcripts'],
	['.', './ujet-chat-transcripts'],
	[' upload/ujet/ ', 'upload/ujet/ujet-chat-transcripts'],
	['/', '/ujet-chat-transcripts'],
	['/upload//', '/upload/ujet-chat-transcripts'],
])('U5: on an SFTP server, the base path "%s" gives %s', (basePath, path) => {
	expect(pathOf({ basePath })).toBe(path);
});

it.each([
	['', 'ujet-chat-transcripts'],
	['/', 'ujet-chat-transcripts'],
	['/a//b/', 'a/b/ujet-chat-transcripts'],
])('U5: in a bucket, the base path "%s" gives %s', (basePath, path) => {
	expect(storageFolders({ ...PLACE, storage: 'googleCloud', bucket: 'acme', basePath })[0]).toMatchObject({
		path,
		prefix: `${path}/`,
		objectsUrl: 'https://storage.googleapis.com/storage/v1/b/acme/o',
	});
});

it.each([
	[{ folders: [] }, "'Folders' names no folder."],
	[{ storage: 'googleCloud' }, "'Bucket' is empty."],
	[{ storage: 'googleCloud', bucket: 'acme/ujet' }, "'Bucket' is not the name of a bucket."],
	[
		{ storage: 'googleCloud', bucket: 'acme', apiUrl: 'storage.local' },
		"'API Address' is not a web address.",
	],
] as Array<[Partial<StoragePlace>, string]>)('refuses %j with a sentence', (place, message) => {
	expect(() => pathOf(place)).toThrow(InputError);
	expect(() => pathOf(place)).toThrow(message);
});

it.each([
	['ujet-metadata', 'call-1.json', 'call-1'],
	['ujet-metadata', 'chat-1.json', 'chat-1'],
	['ujet-metadata', 'call-1-photo-2.json', undefined],
	['ujet-chat-transcripts', 'chat-1.txt', 'chat-1'],
	['ujet-chat-transcripts', 'call-1.txt', undefined],
	['ujet-voice-recordings', 'Call-1.WAV', 'call-1'],
	['ujet-voice-recordings', 'chat-1.mp3', undefined],
	['ujet-voicemails', 'call-1.mp3', 'call-1'],
	['ujet-media', 'call-1-photo-2.jpg', 'call-1'],
	['ujet-media', 'chat-1-photo-8f2a-11.jpg', 'chat-1'],
	['ujet-media', 'chat-1-video-3.mp4', 'chat-1'],
	['ujet-media', 'chat-1-video-3.jpg', undefined],
	['ujet-media', 'call-1-photo-2.mp4', undefined],
	['ujet-media', 'call-1.mp3', undefined],
	['ujet-media', '../call-1-photo-2.jpg', undefined],
	['ujet-other', 'call-1.mp3', undefined],
	['constructor', 'call-1.mp3', undefined],
])('U5: in %s, "%s" is a file of %s', (folder, name, session) => {
	expect(sessionOfFile(folder, name)).toBe(session);
});

it.each([
	['{"id": 7}', 'call-7', { call: { id: 7 } }],
	['\u{feff}{"id": 7}', 'chat-7', { chat: { id: 7 } }],
	['{"call": {"id": 7}}', 'call-7', { call: { id: 7 } }],
	['[1]', 'call-7', [1]],
	['null', 'call-7', null],
])('U1: the content %s of a metadata file is what Session: Log takes', (text, session, expected) => {
	expect(metadataIn(text, session)).toEqual({ session: expected });
});

it('X2: a metadata file that breaks off says so', () => {
	expect(metadataIn('{"id": 7', 'call-7')).toEqual({
		reason: expect.stringMatching(/^The file cannot be read as JSON\./) as string,
	});
});
