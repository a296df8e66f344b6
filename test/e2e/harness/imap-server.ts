/**
 * A real Dovecot on a free port of 127.0.0.1, with one mailbox of its own and nothing from the machine's configuration.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../../sandbox/launcher';
import { programPath } from '../../../tools/programs';

import { waitFor } from './wait';

const HOST = '127.0.0.1';
const USER = 'sessions';
const PASSWORD = 'mailbox-2026';
/** Dovecot opens no mailbox for root. This user exists everywhere: https://doc.dovecot.org/2.3/configuration_manual/system_users_used_by_dovecot/ */
const NOBODY = 65_534;

const STOP_GRACE_MS = 1000;

/** The fields of n8n's credential `imap`. */
export interface ImapAccess {
	[field: string]: unknown;
	host: string;
	port: number;
	user: string;
	password: string;
	secure: boolean;
	allowUnauthorizedCerts: boolean;
}

/** A mail in the mailbox. */
export interface StoredMail {
	/** As it was delivered. */
	content: string;
	/** Whether a mail program has marked it as read. */
	isRead: boolean;
}

export interface ImapServer {
	access: ImapAccess;
	/** Delivers mails, as a mail server does: all of them at once, in this order. */
	deliver(...mails: string[]): Promise<void>;
	mails(): Promise<StoredMail[]>;
	/** Takes everything out of the mailbox. */
	empty(): Promise<void>;
	/** The lines that Dovecot wrote. */
	log(): Promise<string>;
	/** Ends the server, as when its machine goes down. The mailbox stays, and mails are still delivered into it. */
	stop(): Promise<void>;
	/** Starts it again on the same port. */
	start(): Promise<void>;
	/** Ends the server and removes its folders. */
	close(): Promise<void>;
}

/**
 * Starts a server.
 *
 * @throws Error with the server's words when it does not come up
 */
export async function startImapServer(): Promise<ImapServer> {
	const dovecot = programPath('imap');
	// The paths of Dovecot's sockets must not be longer than 100 characters.
	const home = await mkdtemp(join(tmpdir(), 'imap-'));
	const maildir = join(home, 'Maildir');
	const isRoot = process.getuid?.() === 0;
	await chmod(home, 0o755);
	for (const folder of [maildir, ...['new', 'cur', 'tmp'].map((name) => join(maildir, name))]) {
		await mkdir(folder);
		if (isRoot) await chown(folder, NOBODY, NOBODY);
	}
	const port = await freePort();
	const config = join(home, 'dovecot.conf');
	await writeFile(config, configuration({ home, maildir, port, isRoot }));
	const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : userInfo();
	const users = join(home, 'users');
	await writeFile(users, `${USER}:{PLAIN}${PASSWORD}:${owner.uid}:${owner.gid}::${home}::\n`);
	await chmod(users, 0o644);

	const logFile = join(home, 'log');
	const log = async () => await readFile(logFile, 'utf8').catch(() => '');
	let server: ChildProcess | undefined;
	let delivered = 0;
	const endWithThisProcess = () => {
		if (server !== undefined) killGroup(server);
	};
	process.once('exit', endWithThisProcess);

	const stop = async () => {
		const child = server;
		server = undefined;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((done) => child.once('close', done));
		child.kill('SIGTERM');
		// Dovecot waits up to ten seconds for its clients.
		const impatient = setTimeout(() => killGroup(child), STOP_GRACE_MS);
		await ended;
		clearTimeout(impatient);
	};
	const start = async () => {
		await stop();
		const child = spawn(dovecot, ['-F', '-c', config], {
			stdio: ['ignore', 'ignore', 'pipe'],
			// A process group of its own, so that nothing of it outlives the test.
			detached: true,
		});
		server = child;
		let errors = '';
		child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
		await waitFor('Dovecot to take connections', async () => {
			if (child.exitCode !== null) {
				throw new Error(`Dovecot ended with ${child.exitCode}: ${errors}${await log()}`);
			}
			return await isListening(port);
		});
	};
	const files = async () => {
		const folders = ['new', 'cur'].map((name) => join(maildir, name));
		const paths = await Promise.all(
			folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
		);
		return paths.flat();
	};
	await start();
	return {
		access: {
			host: HOST,
			port,
			user: USER,
			password: PASSWORD,
			secure: false,
			allowUnauthorizedCerts: false,
		},
		deliver: async (...mails) => {
			// A mail appears whole, by being moved: https://cr.yp.to/proto/maildir.html
			const names = mails.map(
				() => `${Math.floor(Date.now() / 1000)}.M${String((delivered += 1)).padStart(6, '0')}.test`,
			);
			await Promise.all(
				mails.map(async (mail, index) => {
					const file = join(maildir, 'tmp', names[index] ?? '');
					await writeFile(file, mail);
					await chmod(file, 0o666);
				}),
			);
			for (const name of names) await rename(join(maildir, 'tmp', name), join(maildir, 'new', name));
		},
		mails: async () =>
			await Promise.all(
				(await files()).map(async (path) => ({
					content: await readFile(path, 'utf8'),
					isRead: /:2,[A-Za-z]*S/.test(path),
				})),
			),
		empty: async () => {
			for (const path of await files()) await rm(path, { force: true });
		},
		log,
		stop,
		start,
		close: async () => {
			await stop();
			process.off('exit', endWithThisProcess);
			await rm(home, { recursive: true, force: true });
		},
	};
}

/** In the language of Dovecot 2.3: https://doc.dovecot.org/2.3/settings/core/ */
function configuration(server: { home: string; maildir: string; port: number; isRoot: boolean }): string {
	const { home, maildir, port, isRoot } = server;
	const own = userInfo().username;
	return [
		'protocols = imap',
		`base_dir = ${join(home, 'run')}`,
		`state_dir = ${join(home, 'run')}`,
		`log_path = ${join(home, 'log')}`,
		`listen = ${HOST}`,
		'ssl = no',
		'disable_plaintext_auth = no',
		'auth_failure_delay = 0',
		`mail_location = maildir:${maildir}`,
		'first_valid_uid = 1',
		'first_valid_gid = 1',
		'mailbox_idle_check_interval = 1s',
		// A plain user can run all of it as one user and one group only: the own ones.
		...(isRoot
			? []
			: [
					`default_internal_user = ${own}`,
					`default_internal_group = ${execFileSync('id', ['-gn']).toString().trim()}`,
					`default_login_user = ${own}`,
				]),
		`passdb {\n driver = passwd-file\n args = ${join(home, 'users')}\n}`,
		`userdb {\n driver = passwd-file\n args = ${join(home, 'users')}\n}`,
		'service imap-login {',
		' chroot =',
		` inet_listener imap {\n  address = ${HOST}\n  port = ${port}\n }`,
		' inet_listener imaps {\n  port = 0\n }',
		'}',
		// Else Dovecot answers more and more slowly after a wrong password.
		'service anvil {\n chroot =\n unix_listener anvil-auth-penalty {\n  mode = 0\n }\n}',
		'',
	].join('\n');
}

function killGroup({ pid }: ChildProcess): void {
	try {
		if (pid !== undefined) process.kill(-pid, 'SIGKILL');
	} catch {
		// It has ended meanwhile.
	}
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
