/**
 * `npm start`: a Kustomer, a real n8n with the package installed, one simulated call through both, and then the
 * addresses to look around. `npm start -- --help` lists the options.
 */
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { sessionExternalId } from '../lib/domain/external-id';

import { SANDBOX } from './kustomer';
import {
	freePort,
	n8nVersion,
	OWNER,
	PROJECT_ROOT,
	readWorkflow,
	SANDBOX_FOLDER,
	workflowFiles,
} from './launcher';
import { callForm, refusals } from './launcher/call-form';
import { waitForCall, type CallInKustomer } from './launcher/call-report';
import { endRecordedCall } from './launcher/recorded-call';
import {
	AGENTS,
	CCAIP_AGENTS,
	COMPANY_NUMBER,
	MAIN_WORKFLOW,
	startStack,
	unpublishedText,
	type KustomerTarget,
	type Stack,
} from './launcher/stack';
import { placeInboundCall, type PlacedCall } from './telephony';
import { findRunningSandbox, forgetRunningSandbox, noteRunningSandbox } from './telephony/running-sandbox';

const N8N_PORT = 5678;
const KUSTOMER_PORT = 8680;
const STATE_TIMEOUT_MS = 30_000;
const REAL_STATE_TIMEOUT_MS = 60_000;

const HELP = `Starts a sandbox: Kustomer (a stand-in) and a real n8n with this package, and places one call, which is recorded.

Usage: npm start -- [options]

  --once            Ends after the call. The exit code is 0 when the call is in Kustomer as it should be.
  --fresh           Forgets everything that was done in the sandbox's n8n before.
  --from <number>   Caller of the call. Default: ${SANDBOX.unknownCaller}, a number that no customer has.
  --state <folder>  Where the sandbox keeps its n8n. Default: .sandbox
  --help            This text.

With KUSTOMER_ORGANIZATION and KUSTOMER_API_KEY in the environment, the real Kustomer of that name is used instead of
the stand-in (KUSTOMER_BASE_URL for another host than https://<organization>.api.kustomerapp.com).`;

/** Something that a person can act on; shown without a stack. */
class Failure extends Error {}

const say = (line = '') => console.log(line);

/** The real Kustomer that the environment names, or undefined. */
function realKustomer(env: NodeJS.ProcessEnv): KustomerTarget | undefined {
	const organization = env.KUSTOMER_ORGANIZATION ?? '';
	const apiKey = env.KUSTOMER_API_KEY ?? '';
	if (organization === '' && apiKey === '') return undefined;
	if (organization === '' || apiKey === '') {
		const missing = organization === '' ? 'KUSTOMER_ORGANIZATION' : 'KUSTOMER_API_KEY';
		throw new Failure(
			`${missing} is not set. A real Kustomer needs both KUSTOMER_ORGANIZATION and KUSTOMER_API_KEY.`,
		);
	}
	const baseUrl = env.KUSTOMER_BASE_URL ?? `https://${organization}.api.kustomerapp.com`;
	return { organization, apiKey, baseUrl: baseUrl.replace(/\/+$/, '') };
}

/** The errors of the executions since a time in milliseconds, in n8n's words. */
async function executionErrors(stack: Stack, since: number): Promise<string[]> {
	const failed = (await stack.n8n.executions()).filter(
		({ status, startedAt }) =>
			(status === 'error' || status === 'crashed') && Date.parse(startedAt ?? '') >= since,
	);
	const details = await Promise.all(failed.slice(0, 5).map(async ({ id }) => await stack.api.execution(id)));
	return details.map(({ id, error }) =>
		[`execution ${id}: ${error?.message ?? 'failed'}`, error?.description].filter(Boolean).join(' '),
	);
}

/** One call with the number of Kustomer requests that each event cost (stand-in only). */
async function placeCountedCall(
	stack: Stack,
	from: string,
): Promise<PlacedCall & { requests: number[] | undefined }> {
	const counts: number[] = [];
	const mark = async () => {
		// The webhook is answered before the workflow has run; the next event comes when it has, as in life.
		await stack.n8n.idle();
		if (stack.standIn !== undefined) counts.push(stack.standIn.requestCount);
	};
	const placed = await placeInboundCall({
		webhookUrl: stack.webhookUrl,
		credential: stack.credential,
		from,
		to: COMPANY_NUMBER,
		agent: AGENTS[0],
		queue: SANDBOX.queues.voice,
		beforeStep: mark,
	});
	await mark();
	const { platforms, recordingUrl, credential } = stack;
	if (platforms !== undefined && recordingUrl !== undefined) {
		placed.deliveries.push(
			await endRecordedCall(platforms.babelforce, placed.call, recordingUrl, credential),
		);
		await mark();
	}
	const requests = counts.slice(1).map((count, index) => count - (counts[index] ?? 0));
	return { ...placed, requests: stack.standIn === undefined ? undefined : requests };
}

function describeCall(call: CallInKustomer, isNew: boolean): string[] {
	const { conversation, customer } = call;
	return [
		customer === undefined
			? 'Customer      none'
			: `Customer      ${isNew ? 'created' : 'found'}: ${customer.name || customer.phones.join(', ')} (${customer.id})`,
		`Conversation  created: "${conversation.name}" (${conversation.id})`,
		`              status ${conversation.status}, tags ${conversation.tags.length === 0 ? 'none' : conversation.tags.length}`,
		`Assigned to   ${call.assignees.length === 0 ? 'nobody' : call.assignees.join(', ')}`,
		...call.notes.map((note, index) => `Note ${index + 1}        ${note.replace(/\s*\n\s*/g, ' | ')}`),
		...call.files.map(({ name, length }) => `Recording     ${name}, ${length.toLocaleString('en-US')} bytes`),
	];
}

/** Imports workflows that are not there yet, without publishing them. Gives back the names of all. */
async function importOnly(stack: Stack, files: readonly string[]): Promise<string[]> {
	const known = new Set((await stack.api.workflows()).map(({ name }) => name));
	const workflows = await Promise.all(files.map(readWorkflow));
	for (const workflow of workflows.filter(({ name }) => !known.has(name))) {
		await stack.api.importWorkflow(workflow);
	}
	return workflows.map(({ name }) => name);
}

async function placeFirstCall(stack: Stack, from: string): Promise<void> {
	const began = Date.now();
	say();
	say(`Placing a call from ${from} to ${COMPANY_NUMBER}; ${AGENTS[0]?.name ?? 'an agent'} answers ...`);
	const isRecorded = stack.recordingUrl !== undefined;
	if (isRecorded) say('It is recorded; babelforce stores the recording a little after the end of the call.');
	const { call, deliveries, requests } = await placeCountedCall(stack, from);
	const refused = refusals(deliveries);
	if (refused.length > 0) throw new Failure(`The webhook refused the call:\n  ${refused.join('\n  ')}`);

	const externalId = sessionExternalId({ source: 'babelforce', id: call.id });
	const timeout = stack.standIn === undefined ? REAL_STATE_TIMEOUT_MS : STATE_TIMEOUT_MS;
	const { call: found, done } = await waitForCall(
		stack.kustomer,
		externalId,
		({ assignees, notes, files }) =>
			assignees.length > 0 && notes.length > 1 && (!isRecorded || files.length > 0),
		timeout,
	);
	const errors = await executionErrors(stack, began);
	const because = errors.length === 0 ? '' : `\nn8n reports:\n  ${errors.join('\n  ')}`;
	if (found === undefined) throw new Failure(`The call did not become a conversation in Kustomer.${because}`);

	const isNew = Date.parse(found.customer?.createdAt ?? '') >= began - 1000;
	say();
	for (const line of describeCall(found, isNew)) say(`  ${line}`);
	for (const [index, { event, status, ms }] of deliveries.entries()) {
		const cost = requests?.[index];
		const counted = cost === undefined ? '' : `, ${cost} Kustomer requests`;
		say(`  ${event.padEnd(14)}answered ${status} in ${ms} ms${counted}`);
	}
	if (done) return;
	const isAnswered = found.assignees.length > 0 && found.notes.length > 1;
	throw new Failure(
		isAnswered
			? `The recording did not reach the conversation.${because}`
			: `The conversation was not updated when the agent answered.${because}`,
	);
}

function printAddresses(stack: Stack): void {
	say();
	say('Open');
	say(`  n8n         ${stack.n8n.baseUrl}/workflow/${stack.workflows[0]?.id ?? ''}`);
	say(`              sign in as ${OWNER.email} with the password ${OWNER.password}`);
	if (stack.standIn !== undefined)
		say(`  Kustomer    ${stack.standIn.url}  (stand-in; has a form to place calls)`);
	say(`  Webhook     ${stack.webhookUrl}`);
	if (stack.credential.method === 'basicAuth') {
		say(`              user ${stack.credential.user}, password ${stack.credential.password}`);
	}
	if (stack.recordingUrl !== undefined)
		say(`              ${stack.recordingUrl}  (end of calls, for recordings)`);
	printCcaip(stack);
	say();
	say('More calls: npx tsx sandbox/telephony/place-call.ts --help');
}

function printCcaip({ ccaip }: Stack): void {
	const { urls, credential } = ccaip;
	if (urls.events !== undefined) say(`  CCAIP       ${urls.events}  (session events)`);
	if (urls.metadata !== undefined) say(`              ${urls.metadata}  (metadata)`);
	if (urls.events === undefined && urls.metadata === undefined) return;
	if (credential?.method === 'basicAuth') {
		say(`              user ${credential.user}, password ${credential.password}`);
	}
}

async function untilSignal(): Promise<void> {
	await new Promise<void>((done) => {
		process.once('SIGINT', () => done());
		process.once('SIGTERM', () => done());
	});
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			from: { type: 'string', default: SANDBOX.unknownCaller },
			state: { type: 'string', default: SANDBOX_FOLDER },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return say(HELP);

	const state = resolve(values.state);
	const runningFile = join(state, 'running.json');
	const other = await findRunningSandbox(runningFile);
	if (other !== undefined) {
		throw new Failure(
			`A sandbox is running already (process ${other.pid}): ${other.n8nUrl}\nStop it with Ctrl+C in its terminal, or give this one a folder of its own with --state.`,
		);
	}
	const real = realKustomer(process.env);
	const userFolder = join(state, 'n8n');
	if (values.fresh) await rm(userFolder, { recursive: true, force: true });

	const isMain = (file: string) => file === MAIN_WORKFLOW;
	// They write to every agent, all the time, and only one of them may run for a platform: a person publishes them.
	const isForPeople = (file: string) => basename(file).startsWith('agent-status-');
	const shipped = await workflowFiles(join(PROJECT_ROOT, 'workflows'));
	if (!shipped.some(isMain)) throw new Failure(`${MAIN_WORKFLOW} is missing.`);

	let stack: Stack | undefined;
	const stop = async () => {
		await forgetRunningSandbox(runningFile);
		await stack?.stop();
	};
	// Ctrl+C while things are starting ends them as well: n8n ends with this process.
	const early = () => process.exit(130);
	process.once('SIGINT', early);
	process.once('SIGTERM', early);
	try {
		if (real !== undefined) say(`Using the real Kustomer of ${real.organization} at ${real.baseUrl}.`);
		stack = await startStack({
			kustomer: real,
			standIn: {
				port: await freePort(KUSTOMER_PORT),
				...callForm(() => stack),
			},
			platforms: true,
			shortWaits: true,
			workflows: [MAIN_WORKFLOW, ...shipped.filter((file) => !isMain(file) && !isForPeople(file))],
			userFolder,
			n8nPort: N8N_PORT,
			codeNodes: !values.once,
			onProgress: say,
		});
		const { n8n } = stack;
		say(
			`n8n ${await n8nVersion()} runs at ${n8n.baseUrl} (ready in ${(n8n.times.start / 1000).toFixed(1)} s)`,
		);
		for (const workflow of stack.workflows) {
			const isPublished = workflow.missingCredentials.length === 0;
			say(isPublished ? `Published "${workflow.name}"` : unpublishedText(workflow));
		}
		for (const name of await importOnly(stack, shipped.filter(isForPeople))) {
			say(`Imported "${name}", not published: publish it in the editor to try it`);
		}

		await placeFirstCall(stack, values.from);
		if (values.once) return;

		await noteRunningSandbox(
			{
				pid: process.pid,
				n8nUrl: n8n.baseUrl,
				webhookUrl: stack.webhookUrl,
				credential: stack.credential,
				kustomerUrl: stack.standIn?.url,
				defaultTo: COMPANY_NUMBER,
				defaultFrom: values.from,
				agents: AGENTS,
				ccaip: { ...stack.ccaip, agents: CCAIP_AGENTS },
			},
			runningFile,
		);
		printAddresses(stack);
		say('Stop with Ctrl+C.');
		process.off('SIGINT', early);
		process.off('SIGTERM', early);
		await untilSignal();
		say('\nStopping ...');
	} finally {
		await stop();
	}
}

/** What the person at the keyboard reads. The stack is only of use when the program itself is at fault. */
function failureText(error: Error & { code?: string }): string {
	const isUsage = error.code?.startsWith('ERR_PARSE_ARGS') === true;
	const isOurFault = !isUsage && ['TypeError', 'ReferenceError', 'RangeError'].includes(error.name);
	const help = isUsage ? '\nOptions: npm start -- --help' : '';
	return `\nThe sandbox stopped: ${isOurFault ? (error.stack ?? error.message) : error.message}${help}`;
}

main().then(
	() => process.exit(0),
	(error: Error) => {
		console.error(failureText(error));
		process.exit(1);
	},
);
