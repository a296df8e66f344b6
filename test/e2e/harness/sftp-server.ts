/**
 * A real OpenSSH server on a free port of 127.0.0.1, with keys of its own, for the user who runs the tests. It offers SFTP
 * and nothing else.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { freePort } from '../../../sandbox/launcher';
import { programPath } from '../../../tools/programs';

import { waitFor } from './wait';

const HOST = '127.0.0.1';
/** Where sshd locks up its unprivileged part when it runs as root. */
const PRIVILEGE_SEPARATION = '/run/sshd';

/** The fields of n8n's credential `sftp`. */
export interface SftpAccess {
	[field: string]: unknown;
	host: string;
	port: number;
	username: string;
	privateKey: string;
}

export interface SftpServer {
	/** What a user who may come in presents. */
	access: SftpAccess;
	/** A key that the server does not know. */
	strangerKey: string;
	/** Where users are after the sign-in. */
	folder: string;
	/** How many connections were accepted so far. */
	connections(): number;
	/** Ends the server, as when its machine goes down. */
	stop(): Promise<void>;
	/**
	 * Starts it again on the same port.
	 *
	 * @param denied requests of the protocol that are refused, as `open` or `opendir`: sftp-server(8), option -P. A user
	 * who is root cannot be kept out by permissions.
	 */
	start(denied?: string): Promise<void>;
	/** Ends the server and removes its folders. */
	close(): Promise<void>;
}

/**
 * Starts a server.
 *
 * @throws Error with the server's words when it does not come up
 */
export async function startSftpServer(): Promise<SftpServer> {
	const sshd = programPath('sftp');
	const home = await mkdtemp(join(tmpdir(), 'sftp-server-'));
	const folder = join(home, 'files');
	await mkdir(folder);
	const keygen = async (name: string) => {
		const file = join(home, name);
		await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
		return { file, secret: await readFile(file, 'utf8'), open: await readFile(`${file}.pub`, 'utf8') };
	};
	const [host, user, stranger] = await Promise.all([keygen('host'), keygen('user'), keygen('stranger')]);
	await writeFile(join(home, 'authorized_keys'), user.open, { mode: 0o600 });
	if (process.getuid?.() === 0) mkdirSync(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 });

	const port = await freePort();
	const { username } = userInfo();
	let server: ChildProcess | undefined;
	let log = '';

	const stop = async () => {
		const child = server;
		server = undefined;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((done) => child.once('close', done));
		child.kill('SIGTERM');
		await ended;
	};
	const start = async (denied = '') => {
		await stop();
		const config = join(home, 'sshd_config');
		const sftp = `internal-sftp -d ${folder}${denied === '' ? '' : ` -P ${denied}`}`;
		await writeFile(
			config,
			[
				`Port ${port}`,
				`ListenAddress ${HOST}`,
				`HostKey ${host.file}`,
				`AuthorizedKeysFile ${join(home, 'authorized_keys')}`,
				'PidFile none',
				// Its folder is in /tmp, which everybody may write to.
				'StrictModes no',
				'UsePAM no',
				'PermitRootLogin prohibit-password',
				'PasswordAuthentication no',
				'KbdInteractiveAuthentication no',
				`AllowUsers ${username}`,
				`Subsystem sftp ${sftp}`,
				`ForceCommand ${sftp}`,
				'AllowTcpForwarding no',
				'LogLevel VERBOSE',
				'',
			].join('\n'),
		);
		const child = spawn(sshd, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
		server = child;
		child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
		await waitFor('sshd to take connections', async () => {
			if (child.exitCode !== null) throw new Error(`sshd ended with ${child.exitCode}: ${log}`);
			return await isListening(port);
		});
	};
	await start();
	return {
		access: { host: HOST, port, username, privateKey: user.secret },
		strangerKey: stranger.secret,
		folder,
		connections: () => log.match(/^Accepted publickey/gm)?.length ?? 0,
		stop,
		start,
		close: async () => {
			await stop();
			await rm(home, { recursive: true, force: true });
		},
	};
}

async function isListening(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ port, host: HOST });
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
