import { mkdir, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { STORAGE_WORKFLOWS } from '../../sandbox/launcher/stack';

import { useSandbox } from './harness/sandbox';
import { startSftpServer, type SftpServer } from './harness/sftp-server';
import { callMetadata, contentOf, storageRules } from './harness/storage-rules';
import { sha256, useStorageRuns, type TestStorage } from './harness/storage-runs';
import { waitFor } from './harness/wait';

const FILE = STORAGE_WORKFLOWS.sftp;
const RUN_TIMEOUT_MS = 180_000;

let server: SftpServer;
/** Filled in when the server has started. */
const access: Record<string, unknown> = {};
const strangersAccess: Record<string, unknown> = {};
beforeAll(async () => {
	server = await startSftpServer();
	Object.assign(access, server.access);
	Object.assign(strangersAccess, server.access, { privateKey: server.strangerKey });
});
afterAll(async () => {
	await server.close();
});

const sandbox = useSandbox({
	workflows: [],
	// In minutes: how often n8n removes what it need not keep, instead of every quarter of an hour.
	env: { EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: '0.03' },
	credentials: [
		{ name: 'SFTP', type: 'sftp', data: access },
		{ name: 'Stranger', type: 'sftp', data: strangersAccess },
	],
});

const storage: TestStorage = {
	basePath: (scope) => join(server.folder, scope),
	put: async (scope, path, content, age = 300) => {
		const file = join(server.folder, scope, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, content);
		const time = Date.now() / 1000 - age;
		await utimes(file, time, time);
	},
	remove: async (scope, path) => await rm(join(server.folder, scope, path)),
};

describe('external storage over SFTP', () => {
	const open = useStorageRuns(sandbox, () => storage, FILE);
	storageRules(open);

	const publish = async (settings: Record<string, unknown> = {}) => await open({ settings });

	beforeEach(async () => {
		await server.start();
	});

	it(
		'U5: links on the server, also those that lead in a circle, are not followed',
		async () => {
			const runs = await publish({ unchangedSeconds: 0 });
			await runs.put('ujet-metadata/call-8001.json', callMetadata(8001));
			await runs.put('ujet-voice-recordings/call-8001.mp3', contentOf('call-8001.mp3'));
			const folder = join(server.folder, runs.scope);
			await writeFile(join(folder, 'secret.mp3'), contentOf('secret.mp3'));
			await symlink(join(folder, 'secret.mp3'), join(folder, 'ujet-voice-recordings/call-8002.mp3'));
			await symlink('call-8003.mp3', join(folder, 'ujet-voice-recordings/call-8003.mp3'));
			await symlink('ujet-voicemails', join(folder, 'ujet-voicemails'));
			await new Promise((done) => setTimeout(done, 1100));
			await runs.run();
			const rows = await runs.rows();
			expect(rows.filter(({ state }) => state === 'reported').map(({ reason }) => reason)).toEqual([
				'"call-8002.mp3" in ujet-voice-recordings is no ordinary file, so it was left where it is.',
				'"call-8003.mp3" in ujet-voice-recordings is no ordinary file, so it was left where it is.',
			]);
			expect(runs.files().map(({ name }) => name)).toEqual(['call-8001.mp3']);
			// The folder that leads to itself is as good as none. Nothing is told again.
			expect(await runs.run()).toEqual({ requests: 0 });
		},
		RUN_TIMEOUT_MS,
	);

	it(
		'X2: a server that is down fails the run with a sentence, and the files come when it is back',
		async () => {
			const runs = await publish();
			await runs.put('ujet-metadata/call-8011.json', callMetadata(8011));
			await server.stop();
			const down = await runs.run();
			expect(down).toMatchObject({ requests: 0 });
			expect(down.failure).toMatch(
				/^SFTP: the server could not be reached: it refuses the connection\. The next run tries again\./,
			);
			await server.start();
			expect((await runs.run()).failure).toBeUndefined();
			expect(runs.sessions()).toEqual(['ccaip:call-8011']);
		},
		RUN_TIMEOUT_MS,
	);

	it(
		'X2: a key that the server does not know, folders that may not be read, and a wrong path are told apart',
		async () => {
			const runs = await publish();
			await runs.put('ujet-metadata/call-8021.json', callMetadata(8021));
			await runs.change({}, { sftp: 'Stranger' });
			expect((await runs.run()).failure).toMatch(/^SFTP: the server did not accept the sign-in\./);
			await runs.change({ basePath: '/no/such/place' }, { sftp: 'SFTP' });
			expect((await runs.run()).failure).toMatch(/is in "\/no\/such\/place"\. Check 'Base Path'/);

			await runs.change({ basePath: storage.basePath(runs.scope) });
			await server.start('opendir');
			expect((await runs.run()).failure).toMatch(/^SFTP: the user may not read .*ujet-/);
			await server.start('open');
			expect((await runs.run()).failure).toBeUndefined();
			expect(await runs.rows()).toMatchObject([
				{ state: 'waiting', problem: 'source', reason: expect.stringMatching(/permission/i) as string },
			]);
			await server.start();
			expect((await runs.runLater()).failure).toBeUndefined();
			expect(runs.sessions()).toEqual(['ccaip:call-8021']);
		},
		RUN_TIMEOUT_MS,
	);

	/** How many files n8n keeps of the executions of a workflow. */
	const copiesOf = async (workflowId: string) => {
		const folder = join(sandbox.stack.n8n.userFolder, '.n8n', 'storage', 'workflows', workflowId);
		const all = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
		return all.filter((one) => one.isFile()).length;
	};

	it(
		'X5: runs by the clock, below the home folder of the user as it comes, and leaves no copies in n8n',
		async () => {
			const runs = await publish();
			const name = 'call-8031.mp3';
			const content = contentOf(name, 3_000_000);
			await storage.put('.', 'ujet-metadata/call-8031.json', callMetadata(8031));
			await storage.put('.', `ujet-voice-recordings/${name}`, content);
			const workflow = await runs.shipped();
			const seconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
			const nodes = workflow.nodes.map((node) =>
				node.type.endsWith('.scheduleTrigger') ? { ...node, parameters: seconds } : node,
			);
			const [published] = await sandbox.stack.n8n.publish([{ ...workflow, nodes }]);
			const workflowId = published?.id ?? '';
			await waitFor('the recording', () => runs.files().length > 0, 30_000);
			await sandbox.stack.api.unpublishWorkflow(workflowId);
			await sandbox.stack.n8n.idle({ workflowId });
			expect(runs.files()).toMatchObject([{ name, length: content.length, sha256: sha256(content) }]);
			// Runs that went well are not kept, and with them go the copies.
			expect(await sandbox.stack.n8n.executions(workflowId)).toEqual([]);
			await waitFor('n8n to remove its copies', async () => (await copiesOf(workflowId)) === 0, 30_000);
		},
		RUN_TIMEOUT_MS,
	);
});
