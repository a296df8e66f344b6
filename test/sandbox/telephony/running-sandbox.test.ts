import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	findRunningSandbox,
	forgetRunningSandbox,
	noteRunningSandbox,
	type RunningSandbox,
} from '../../../sandbox/telephony/running-sandbox';

describe('the note of a running sandbox', () => {
	let folder: string;
	let file: string;
	const sandbox: RunningSandbox = {
		pid: process.pid,
		n8nUrl: 'http://127.0.0.1:5678',
		webhookUrl: 'http://127.0.0.1:5678/webhook/calls',
		credential: { method: 'header', headerName: 'X-Token', headerValue: 'secret' },
		defaultTo: '+493023125000',
		defaultFrom: '+12125550187',
		agents: [],
	};
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'running-'));
		file = join(folder, 'deeper', 'running.json');
	});
	afterEach(async () => {
		await rm(folder, { recursive: true });
	});

	it('is found while the process lives, and gone afterwards', async () => {
		expect(await findRunningSandbox(file)).toBeUndefined();
		await noteRunningSandbox(sandbox, file);
		expect(await findRunningSandbox(file)).toEqual(sandbox);
		await forgetRunningSandbox(file);
		expect(await findRunningSandbox(file)).toBeUndefined();
	});

	it('can be read by its owner only, because it holds a secret', async () => {
		await noteRunningSandbox(sandbox, file);
		expect((await stat(file)).mode & 0o077).toBe(0);
	});

	it('counts for nothing when its process has ended or the file is damaged', async () => {
		const ended = spawnSync(process.execPath, ['-e', '']);
		await noteRunningSandbox({ ...sandbox, pid: ended.pid }, file);
		expect(await findRunningSandbox(file)).toBeUndefined();
		await writeFile(file, '{');
		expect(await findRunningSandbox(file)).toBeUndefined();
	});

	it('is not removed by another process', async () => {
		await noteRunningSandbox({ ...sandbox, pid: process.ppid }, file);
		await forgetRunningSandbox(file);
		expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.ppid });
	});
});
