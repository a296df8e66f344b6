/** Downloads with n8n's binary data on disk, as n8n keeps it unless told otherwise. */
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';

import {
	sha256Of,
	callRecord,
	startCcaiPlatformStandIn,
	type CcaiPlatformStandIn,
} from '../../sandbox/ccai-platform';
import { jsonOf, runOn } from './ccai-platform-setup';

const MIB = 1024 * 1024;
const SIZE = 192 * MIB;

/** Frees what nobody holds any more. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Services {
	Container: { get<T>(type: new (...parts: never[]) => T): T };
}

let standIn: CcaiPlatformStandIn;
let folder: string;
let service: BinaryDataService;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'ccai-platform-'));
	// n8n-core's own copy, which holds its services.
	const { Container } = jest.requireActual<Services>(
		require.resolve('@n8n/di', { paths: [dirname(require.resolve('n8n-core'))] }),
	);
	const config = Container.get(BinaryDataConfig);
	Object.assign(config, { mode: 'filesystem', localStoragePath: folder });
	service = Container.get(BinaryDataService);
	await service.init();
	standIn = await startCcaiPlatformStandIn();
});
afterAll(async () => {
	await standIn.close();
	rmSync(folder, { recursive: true, force: true });
});

it('X5: a large recording goes to the disk piece by piece', async () => {
	standIn.store.files.set('long.mp3', { size: SIZE });
	standIn.store.add('call', callRecord({ id: 1, recordingUrl: standIn.recordingUrl('long.mp3') }));

	collect();
	const before = process.memoryUsage().arrayBuffers;
	let most = 0;
	let looks = 0;
	const look = setInterval(() => {
		collect();
		most = Math.max(most, process.memoryUsage().arrayBuffers - before);
		looks += 1;
	}, 400);
	const result = await runOn(standIn, 'recording.download', { callId: '1' });
	clearInterval(look);

	expect(jsonOf(result)[0]).toMatchObject({ fileName: 'call-1.mp3', size: SIZE });
	expect(looks).toBeGreaterThan(1);
	expect(most).toBeLessThan(32 * MIB);
	const { id = '' } = result.items[0]?.binary?.data ?? {};
	const hash = createHash('sha256');
	for await (const piece of createReadStream(service.getPath(id))) hash.update(piece as Buffer);
	expect(hash.digest('hex')).toBe(sha256Of(SIZE));
}, 60_000);
