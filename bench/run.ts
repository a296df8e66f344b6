/**
 * Benchmarks, measured side by side in one run on one machine. They print ratios and never fail a build: absolute
 * figures mean little on a shared machine.
 *
 * 1. Calls per second through a real n8n: the shipped workflow beside one built by hand from Webhook and HTTP Request
 *    nodes that makes the same Kustomer requests. Above 1 means that the shipped workflow is faster.
 * 2. A thousand items through Find or Create Customer in one execution, beside an axios loop with keep-alive and the
 *    same concurrency. Below 1.15 is the target.
 * 3. A recording of half a gigabyte from a URL into Kustomer's storage, beside curl making the same two requests. 0.8 or
 *    more is the target. Node.js 24 collects garbage at length while large files pass, so n8n runs twice: as it is, and
 *    with the setting that avoids it.
 *
 * Usage: npm run bench
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';

import axios from 'axios';

import { startN8n, type N8nApi, type RunningN8n } from '../sandbox/launcher';
import { startLargeFiles } from '../sandbox/large-files';
import { uploadWorkflow } from '../sandbox/large-files/workflow';
import type { WorkflowFile } from '../sandbox/launcher/workflows';
import { median, spread, timed } from './figures';
import { startKustomerProcess, type KustomerProcess } from './kustomer-process';
import { FREES_SOONER, raceAgainstCurl } from './upload-speed';

const ROOT = path.resolve(__dirname, '..');
const SECRET = { name: 'x-contact-center-key', value: 'benchmark' };

const CALLS_PER_ROUND = 40;
const CALLS_AT_ONCE = 8;
const CALL_ROUNDS = 5;
const ITEMS = 1000;
const ITEMS_AT_ONCE = 10;
const ITEM_ROUNDS = 3;
const LATENCIES_MS = [0, 100];
const RECORDING_BYTES = 512 * 1024 * 1024;
const RECORDING_ROUNDS = 5;

async function workflow(file: string, kustomerUrl: string): Promise<WorkflowFile> {
	const text = await readFile(path.join(ROOT, file), 'utf8');
	return JSON.parse(text.replaceAll('KUSTOMER_URL', kustomerUrl)) as WorkflowFile;
}

async function saveCredentials(api: N8nApi, kustomer: KustomerProcess): Promise<void> {
	await api.saveCredential({
		name: 'Kustomer',
		type: 'kustomerApi',
		data: { organization: 'sandbox', apiKey: kustomer.apiKey, baseUrl: kustomer.url },
	});
	await api.saveCredential({
		name: 'Calls',
		type: 'contactCenterWebhookApi',
		data: { method: 'header', headerName: SECRET.name, headerValue: SECRET.value },
	});
	await api.saveCredential({ name: 'Calls', type: 'httpHeaderAuth', data: SECRET });
}

/** A Kustomer client as plain as it gets: axios with keep-alive. */
function plainClient(kustomer: KustomerProcess) {
	return axios.create({
		baseURL: kustomer.url,
		headers: { authorization: `Bearer ${kustomer.apiKey}` },
		httpAgent: new http.Agent({ keepAlive: true }),
		proxy: false,
	});
}

async function createCustomers(kustomer: KustomerProcess, count: number): Promise<string[]> {
	const numbers = Array.from({ length: count }, (_, index) => `+1212555${String(index).padStart(4, '0')}`);
	const client = plainClient(kustomer);
	await timed(numbers, 20, async (phone) => {
		await client.post('/v1/customers', { name: 'Known caller', phones: [{ phone }] });
	});
	return numbers;
}

type PlaceCall = (number: string) => Promise<void>;

/** Both events of one call; throws when the workflow did not answer with a conversation. */
function caller(url: string): PlaceCall {
	const post = async (event: string, fields: Record<string, unknown>): Promise<string> => {
		const answer = await axios.post<{ conversationId?: string }>(
			url,
			{ event, ...fields },
			{ headers: { [SECRET.name]: SECRET.value }, proxy: false, timeout: 120_000 },
		);
		const id = answer.data.conversationId;
		if (id === undefined) throw new Error(`No conversation for ${event}: ${JSON.stringify(answer.data)}`);
		return id;
	};
	return async (number) => {
		const call = {
			id: randomBytes(16).toString('hex'),
			type: 'inbound',
			from: number,
			to: '+493023125000',
			dateCreated: Math.floor(Date.now() / 1000),
		};
		const conversationId = await post('call.inbound', { call });
		await post('call.bridged', {
			call,
			conversationId,
			agent: { name: 'Agent', sourceId: AGENT },
			queue: { name: 'Support' },
		});
	};
}

let AGENT = '';

async function compareCalls(n8n: RunningN8n, numbers: string[], kustomer: KustomerProcess): Promise<void> {
	const published = await n8n.publish([
		await workflow('workflows/babelforce-inbound-call.json', kustomer.url),
		await workflow('bench/workflows/hand-built-inbound-call.json', kustomer.url),
	]);
	const [ours, byHand] = published.map(({ webhookPaths }) => caller(n8n.webhookUrl(webhookPaths[0] ?? '')));
	if (ours === undefined || byHand === undefined) throw new Error('The workflows were not published.');

	const round = async (place: PlaceCall) => {
		const sample = Array.from(
			{ length: CALLS_PER_ROUND },
			() => numbers[Math.floor(Math.random() * numbers.length)] ?? '',
		);
		return CALLS_PER_ROUND / ((await timed(sample, CALLS_AT_ONCE, place)) / 1000);
	};
	await round(ours);
	await round(byHand);
	const rates: Array<{ ours: number; byHand: number }> = [];
	for (let index = 0; index < CALL_ROUNDS; index += 1) {
		// Whoever comes second finds a warmer machine, so they take turns.
		if (index % 2 === 0) rates.push({ ours: await round(ours), byHand: await round(byHand) });
		else {
			const second = await round(byHand);
			rates.push({ byHand: second, ours: await round(ours) });
		}
	}
	console.log(
		`  shipped workflow:    ${spread(
			rates.map((rate) => rate.ours),
			1,
		)} calls per second`,
	);
	console.log(
		`  built by hand:       ${spread(
			rates.map((rate) => rate.byHand),
			1,
		)} calls per second`,
	);
	console.log(
		`  shipped / by hand:   ${spread(rates.map((rate) => rate.ours / rate.byHand))}   (target: 1.00 or more)`,
	);
}

async function compareItems(
	n8n: RunningN8n,
	api: N8nApi,
	numbers: string[],
	kustomer: KustomerProcess,
): Promise<void> {
	const [published] = await n8n.publish([
		await workflow('bench/workflows/thousand-items.json', kustomer.url),
	]);
	if (published === undefined) throw new Error('The workflow was not published.');
	const url = n8n.webhookUrl(published.webhookPaths[0] ?? '');
	const client = plainClient(kustomer);

	const throughNode = async () => {
		await axios.post(url, { numbers }, { proxy: false, timeout: 300_000, maxBodyLength: Infinity });
		const [latest] = await api.executions({ workflowId: published.id, limit: 1 });
		if (latest === undefined) throw new Error('n8n has no execution of the benchmark.');
		const { nodes, status } = await api.execution(latest.id);
		const run = nodes['Find or Create Customer'];
		if (status !== 'success' || run?.outputs[0]?.length !== numbers.length) {
			throw new Error(
				`The execution ended with ${status}: ${run?.error?.message ?? 'not all items came out'}`,
			);
		}
		return run.durationMs;
	};
	const throughAxios = async () =>
		await timed(numbers, ITEMS_AT_ONCE, async (phone) => {
			await client.get(`/v1/customers/phone=${encodeURIComponent(phone)}`);
		});

	await throughNode();
	await throughAxios();
	const times: Array<{ node: number; loop: number }> = [];
	for (let index = 0; index < ITEM_ROUNDS; index += 1) {
		times.push({ node: await throughNode(), loop: await throughAxios() });
	}
	console.log(`  Find or Create node: ${median(times.map((time) => time.node)).toFixed(0)} ms`);
	console.log(`  axios loop:          ${median(times.map((time) => time.loop)).toFixed(0)} ms`);
	console.log(
		`  node / loop:         ${spread(times.map((time) => time.node / time.loop))}   (target: 1.15 or less)`,
	);
}

async function compareUploads(): Promise<void> {
	const [source, storage] = await Promise.all([startLargeFiles(), startLargeFiles()]);
	const kustomer = await startKustomerProcess(0, storage.countingUrl);
	try {
		console.log(
			`\nA recording of ${RECORDING_BYTES / 1024 ** 2} MiB, ${RECORDING_ROUNDS} rounds each; median (range)`,
		);
		for (const [setting, env] of [
			['as it is:            ', {}],
			['frees buffers sooner:', FREES_SOONER],
		] as const) {
			const n8n = await startN8n({ packageFolder: ROOT, env });
			try {
				await saveCredentials(await n8n.login(), kustomer);
				const [workflow] = await n8n.publish([uploadWorkflow('url')]);
				if (workflow === undefined) throw new Error('The workflow was not published.');
				const race = { n8n, workflow, conversationId: await newConversation(kustomer), source, storage };
				await raceAgainstCurl({ ...race, bytes: RECORDING_BYTES / 4, rounds: 1 });
				const ratios = await raceAgainstCurl({ ...race, bytes: RECORDING_BYTES, rounds: RECORDING_ROUNDS });
				console.log(
					ratios.length === 0
						? '  There is no curl on this machine to compare with.'
						: `  n8n ${setting} speed / curl's: ${spread(ratios)}   (target: 0.80 or more)`,
				);
			} finally {
				await n8n.stop();
			}
		}
	} finally {
		for (const process of [source, storage, kustomer]) process.stop();
	}
}

async function newConversation(kustomer: KustomerProcess): Promise<string> {
	const client = plainClient(kustomer);
	const create = async (path: string, body: object) =>
		(await client.post<{ data: { id: string } }>(path, body)).data.data.id;
	const customer = await create('/v1/customers', { name: 'Caller' });
	return await create('/v1/conversations', { customer, name: 'Call' });
}

async function main(): Promise<void> {
	console.log('Starting n8n with the package installed ...');
	const n8n = await startN8n({ packageFolder: ROOT });
	try {
		const api = await n8n.login();
		for (const latency of LATENCIES_MS) {
			const kustomer = await startKustomerProcess(latency);
			try {
				const numbers = await createCustomers(kustomer, ITEMS);
				const users = await plainClient(kustomer).get<{ data: Array<{ id: string }> }>('/v1/users');
				AGENT = users.data.data[0]?.id ?? '';
				await saveCredentials(api, kustomer);
				console.log(`\nKustomer answers after ${latency} ms`);
				console.log(
					`  ${CALLS_PER_ROUND} calls of two events, ${CALLS_AT_ONCE} at once, ${CALL_ROUNDS} rounds each; median (range)`,
				);
				await compareCalls(n8n, numbers, kustomer);
				console.log(`  ${ITEMS} items, ${ITEMS_AT_ONCE} at once, ${ITEM_ROUNDS} rounds each; median (range)`);
				await compareItems(n8n, api, numbers, kustomer);
			} finally {
				kustomer.stop();
			}
		}
	} finally {
		await n8n.stop();
	}
	await compareUploads();
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
