/**
 * Loaded into n8n with `--require`. The launcher keeps n8n's standard input open; when the launcher is gone, however it
 * ended, the pipe closes and n8n ends too, so that no n8n is left behind holding a port and 700 MB of memory.
 */
'use strict';

const { isMainThread } = require('node:worker_threads');

const GRACE_MS = 5000;

// n8n's worker threads load this file as well, and have no standard input of their own.
if (isMainThread) {
	process.stdin.on('close', () => {
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => process.exit(1), GRACE_MS).unref();
	});
	process.stdin.resume();
	process.stdin.unref();
}
