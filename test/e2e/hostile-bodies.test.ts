/**
 * How long a real n8n stands still while somebody who knows the secret sends bodies that are made to hurt (rule X16). What is
 * measured is what everybody else notices: how long the longest answer to a health request takes meanwhile.
 */
import { Agent, request } from 'node:http';

import { eventFields, credentialHeaders, deliver, newCall } from '../../sandbox/telephony';

import { useSandbox } from './harness/sandbox';

const sandbox = useSandbox();

/** Milliseconds that nobody may have to wait longer. */
const MOST = 200;
/** The machine does other things besides: what n8n itself needs, it needs each time. */
const TRIES = 4;
/** Requests before a body is sent and after it was answered, so that the whole of its time is seen. */
const AROUND = 3;
const TEST_TIMEOUT_MS = 120_000;

const FIELDS = eventFields('call.inbound', newCall({ from: '+4930901820', to: '+4930901821' }));
const repeat = (text: string, length: number) => text.repeat(Math.ceil(length / text.length));
const wide = (count: number) =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, index]));
const withFields = (changes: object) => JSON.stringify({ ...FIELDS, ...changes });

const BODIES: ReadonlyArray<readonly [name: string, body: () => string, type?: string]> = [
	['a name of 80,000 brackets', () => withFields({ ['['.repeat(80_000)]: 1 })],
	['a menu path with 60,000 blanks inside', () => withFields({ menuPath: `a${' '.repeat(60_000)}b` })],
	['a name of 16,500 characters with 2,000 values', () => withFields({ [repeat('a.', 16_500)]: wide(2000) })],
	['a form of 40 kB', () => repeat('a=1&', 40_000), 'text/plain'],
	['a form of a megabyte', () => repeat('a=1&', 1_000_000), 'text/plain'],
	['50,000 custom data', () => withFields({ customData: wide(50_000) })],
	['8,000 events', () => JSON.stringify(Array.from({ length: 8000 }, () => FIELDS))],
	[
		'8,000 events in an envelope',
		() => JSON.stringify({ events: Array.from({ length: 8000 }, () => FIELDS) }),
	],
	['an id of 20,000 lists inside each other', () => `{"call.id":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
	['130,000 numbers', () => withFields({ customData: Array.from({ length: 130_000 }, (_, index) => index) })],
	['a megabyte of braces', () => withFields({ customData: repeat('{x}', 1_000_000) })],
	['a megabyte of JSON in a text', () => withFields({ customData: `[${'1,'.repeat(500_000)}1]` })],
	['a megabyte of blanks as number', () => withFields({ 'call.from': ' '.repeat(1_000_000) })],
	// n8n reads JSON before any node sees it, and takes 0.6 s for a million of these: that is not ours to hold.
	['no JSON', () => repeat('[', 100_000)],
	['9,000 values, which are taken', () => withFields({ customData: wide(9000) })],
];

/** Milliseconds until the answer to one health request. */
async function healthTime(agent: Agent): Promise<number> {
	const began = performance.now();
	await new Promise<void>((resolve, reject) => {
		request(new URL('/healthz', sandbox.stack.n8n.baseUrl), { agent }, (answer) => {
			answer.resume().on('end', resolve).on('error', reject);
		})
			.on('error', reject)
			.end();
	});
	return performance.now() - began;
}

/** Sends a body, and asks for n8n's health as fast as it answers meanwhile. */
async function send(body: string, type = 'application/json'): Promise<{ status: number; pause: number }> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const times: number[] = [];
	const ask = async () => times.push(await healthTime(agent));
	try {
		for (let n = 0; n < AROUND; n += 1) await ask();
		times.length = 0;
		let status: number | undefined;
		const delivery = deliver('hostile', {
			method: 'POST',
			url: sandbox.stack.webhookUrl,
			headers: {
				'content-type': type,
				...credentialHeaders(sandbox.stack.credential, body, Date.now()),
			},
			body,
		}).then((answer) => (status = answer.status));
		while (status === undefined) await ask();
		await delivery;
		for (let n = 0; n < AROUND; n += 1) await ask();
		return { status: status ?? 0, pause: Math.max(...times) };
	} finally {
		agent.destroy();
	}
}

/** The shortest of some tries' longest pauses, with every status. */
async function longestPause(body: string, type?: string): Promise<{ statuses: number[]; pause: number }> {
	const statuses = new Set<number>();
	let pause = Infinity;
	for (let tries = 0; tries < TRIES && pause > MOST / 2; tries += 1) {
		const one = await send(body, type);
		statuses.add(one.status);
		pause = Math.min(pause, one.pause);
	}
	return { statuses: [...statuses], pause };
}

describe('while a hostile body arrives', () => {
	// The first webhook loads what all of them need.
	beforeAll(async () => await send(withFields({})), TEST_TIMEOUT_MS);

	it.each(BODIES.map(([name, bodyOf, type]) => [name, { bodyOf, type }] as const))(
		'X16: nobody waits for long, and nothing ends in a server error: %s',
		async (_, { bodyOf, type }) => {
			const body = bodyOf();
			const { statuses, pause } = await longestPause(body, type);
			for (const status of statuses) {
				expect(status).toBeGreaterThanOrEqual(200);
				expect(status).toBeLessThan(500);
			}
			if (pause < MOST) return;
			// As long as for a harmless body of that length: then it is n8n, or the machine.
			const harmless = await longestPause(withFields({ note: 'x'.repeat(body.length) }));
			expect(pause).toBeLessThan(Math.max(MOST, 1.5 * harmless.pause));
		},
		TEST_TIMEOUT_MS,
	);
});
