import { createHash } from 'node:crypto';
import { mkdir, open, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startCloudStorageStandIn, type CloudStorageStandIn } from '../../sandbox/google-cloud-storage';
import { startLargeFiles, type LargeFiles } from '../../sandbox/large-files';
import { STORAGE_WORKFLOWS } from '../../sandbox/launcher/stack';

import { useSandbox } from './harness/sandbox';
import { startSftpServer, type SftpServer } from './harness/sftp-server';
import { callMetadata, contentOf } from './harness/storage-rules';
import { useStorageRuns, type TestStorage } from './harness/storage-runs';

const RUN_TIMEOUT_MS = 180_000;
const MIB = 1024 * 1024;
const SIZE = 256 * MIB;
/** A smaller file that goes first: n8n and Node.js fill their pools at the first file. */
const FIRST_SIZE = 16 * MIB;
/** What the n8n process may grow by while a file passes through it. */
const MOST_GROWTH_MIB = 64;
const SAMPLE_MS = 25;
const AGE_MS = 300_000;

let server: SftpServer;
let cloud: CloudStorageStandIn;
let files: LargeFiles;
/** Filled in when the servers have started. */
const [access, account]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
beforeAll(async () => {
	[server, cloud, files] = await Promise.all([
		startSftpServer(),
		startCloudStorageStandIn(),
		startLargeFiles(),
	]);
	Object.assign(access, server.access);
	Object.assign(account, { clientId: 'id', clientSecret: 'secret', oauthTokenData: cloud.oauthTokenData() });
});
afterAll(async () => {
	files.stop();
	await Promise.all([server.close(), cloud.close()]);
});

const sandbox = useSandbox({
	workflows: [],
	credentials: [
		{ name: 'SFTP', type: 'sftp', data: access },
		{ name: 'Google', type: 'googleCloudStorageOAuth2Api', data: account },
	],
});

/** Recordings as WAV are the smaller ones here. Absent: as long as what it holds. */
function sizeOf(path: string): number | undefined {
	if (path.endsWith('.wav')) return FIRST_SIZE;
	return path.endsWith('.mp3') ? SIZE : undefined;
}

const sftp: TestStorage = {
	basePath: (scope) => join(server.folder, scope),
	put: async (scope, path, content) => {
		const file = join(server.folder, scope, path);
		await mkdir(join(file, '..'), { recursive: true });
		await writeFile(file, content);
		// The rest of a recording is a hole in the file, which the disk need not hold.
		const size = sizeOf(path);
		if (size !== undefined) {
			const handle = await open(file, 'r+');
			await handle.truncate(size);
			await handle.close();
		}
		const time = (Date.now() - AGE_MS) / 1000;
		await utimes(file, time, time);
	},
	remove: async () => {},
};
const gcs: TestStorage = {
	basePath: (scope) => scope,
	put: async (scope, path, content) => {
		const whole = Buffer.alloc(sizeOf(path) ?? content.length);
		whole.set(Buffer.from(content));
		const updated = Date.now() - AGE_MS;
		cloud.objects.set(`${scope}/${path}`, { content: whole, contentType: 'audio/mpeg', updated });
	},
	remove: async () => {},
};

describe('memory', () => {
	const fromSftp = useStorageRuns(sandbox, () => sftp, STORAGE_WORKFLOWS.sftp);
	const fromGcs = useStorageRuns(
		sandbox,
		() => gcs,
		STORAGE_WORKFLOWS.gcs,
		() => ({ bucket: cloud.bucket, apiUrl: cloud.url }),
	);

	it.each([
		['SFTP', fromSftp],
		['Google Cloud Storage', fromGcs],
	] as const)(
		'X5: a recording of 256 MiB from %s passes through n8n piece by piece',
		async (name, open) => {
			const kustomer = { maxUploadBytes: 2 * SIZE, storageUrl: files.uploadUrl };
			const runs = await open({ kustomer });
			const id = name.length + 8200;
			await runs.put(`ujet-metadata/call-${id}.json`, callMetadata(id));
			await runs.put(`ujet-voice-recordings/call-${id}.wav`, contentOf('first.wav'));
			await runs.run();
			await files.reset();
			await runs.put(`ujet-voice-recordings/call-${id}.mp3`, 'ID3');

			const { n8n } = sandbox.stack;
			const before = (await n8n.memoryMb()) ?? 0;
			let most = before;
			const timer = setInterval(() => {
				void n8n.memoryMb().then((now) => (most = Math.max(most, now ?? 0)));
			}, SAMPLE_MS);
			const began = Date.now();
			const { failure } = await runs.run();
			clearInterval(timer);
			process.stdout.write(
				`${name}: ${SIZE / MIB} MiB in ${Date.now() - began} ms, n8n grew by ${most - before} MiB from ${before}\n`,
			);
			expect(failure).toBeUndefined();
			const expected = createHash('sha256')
				.update('ID3')
				.update(Buffer.alloc(SIZE - 3));
			expect((await files.report()).uploads).toMatchObject([{ bytes: SIZE, sha256: expected.digest('hex') }]);
			if (before > 0) expect(most - before).toBeLessThan(MOST_GROWTH_MIB);
		},
		RUN_TIMEOUT_MS,
	);
});
