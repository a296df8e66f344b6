/**
 * Places a simulated call from the command line.
 *
 *     npx tsx sandbox/telephony/place-call.ts --from +12125550187 --agent "Ana Reis" --scenario answered
 *     npx tsx sandbox/telephony/place-call.ts --platform ccaip --scenario voicemail
 */
import { parseArgs } from 'node:util';

import { newPlatformId, type SimulatedAgent } from './babelforce-events';
import {
	CCAIP_SCENARIOS,
	ccaipScenario,
	isCcaipScenario,
	playCcaipScenario,
	type CcaipAgent,
	type CcaipReceiver,
} from './ccaip';
import { findRunningSandbox, type RunningSandbox } from './running-sandbox';

import {
	ENCODINGS,
	isScenario,
	placeInboundCall,
	SCENARIOS,
	type Delivery,
	type Encoding,
	type WebhookCredential,
} from './index';

/** A wish that cannot be fulfilled, in words for the person at the keyboard. */
class UsageError extends Error {}

const PLATFORMS = ['babelforce', 'ccaip'] as const;

function helpText(): string {
	const scenarios = Object.entries(SCENARIOS).map(([name, { label }]) => `      ${name.padEnd(14)}${label}`);
	const ofCcaip = Object.entries(CCAIP_SCENARIOS).map(([name, label]) => `      ${name.padEnd(27)}${label}`);
	return `Places a simulated call, or a chat, on babelforce or on CCAI Platform.

Usage: npx tsx sandbox/telephony/place-call.ts [options]

  --platform <name>     ${PLATFORMS.join(' or ')}. Default: babelforce.
  --from <number>       Caller. Default: the sandbox's example caller.
  --to <number>         Number that was called. Default: the company's number in the sandbox.
  --agent <who>         Who answers: name, email or Kustomer user id of an agent. Default: the first one of
                        the sandbox. "none" for an agent without a Kustomer user.
  --scenario <name>     With babelforce one of (default: answered):
${scenarios.join('\n')}
                        With ccaip one of (default: inboundCall):
${ofCcaip.join('\n')}
  --encoding <name>     How a babelforce event is written: ${ENCODINGS.join(', ')}. Default: form.
  --call-id <id>        Sends the events of that call or chat again instead of those of a new one.
  --pause <ms>          Milliseconds between the events. Default: 1000.
  --url <url>           Webhook URL. Default: that of the running sandbox ("npm start").
  --metadata-url <url>  With ccaip and --url: webhook URL for metadata. Default: the same.
  --header <name:value> Secret header to present, with --url.
  --user <user:pass>    Basic user and password to present, with --url.
  --help                This text.

Without --url the running sandbox is used; start it with "npm start".`;
}

function splitAtColon(text: string, option: string): [string, string] {
	const at = text.indexOf(':');
	if (at < 1) throw new UsageError(`${option} needs two parts with a colon between them.`);
	return [text.slice(0, at), text.slice(at + 1).trim()];
}

function chooseAgent(who: string | undefined, agents: SimulatedAgent[]): SimulatedAgent | undefined {
	if (who === undefined) return agents[0];
	if (who === 'none') return { id: newPlatformId(), name: 'Unknown Agent', number: '999' };
	const wanted = who.toLowerCase();
	const found = agents.find((agent) =>
		[agent.name, agent.email, agent.sourceId, agent.id].some((value) => value?.toLowerCase() === wanted),
	);
	if (found !== undefined) return found;
	if (wanted.includes('@')) return { id: newPlatformId(), name: who, email: who };
	if (/^[0-9a-f]{24}$/.test(wanted)) return { id: newPlatformId(), name: 'Agent', sourceId: wanted };
	const names = agents.map(({ name }) => name).join(', ');
	throw new UsageError(
		`There is no agent "${who}".${names === '' ? '' : ` The sandbox has: ${names}.`} An email address or a Kustomer user id works too.`,
	);
}

function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
	const found = allowed.find((name) => name === value);
	if (found === undefined)
		throw new UsageError(`${option} is "${value}", but can be: ${allowed.join(', ')}.`);
	return found;
}

function describe(delivery: Delivery): string {
	if (delivery.status === 0) return `${delivery.event}: no answer (${String(delivery.body)})`;
	const body = typeof delivery.body === 'string' ? delivery.body : JSON.stringify(delivery.body);
	return `${delivery.event}: ${delivery.status} in ${delivery.ms} ms ${body.slice(0, 300)}`;
}

/** Options as they were typed. */
interface Wishes {
	platform: string;
	from?: string;
	to?: string;
	agent?: string;
	scenario?: string;
	encoding: string;
	'call-id'?: string;
	url?: string;
	'metadata-url'?: string;
	header?: string;
	user?: string;
}

/** What the command line presents, or undefined when it does not say. */
function typedCredential(values: Wishes): WebhookCredential | undefined {
	if (values.user !== undefined) {
		const [user, password] = splitAtColon(values.user, '--user');
		return { method: 'basicAuth', user, password };
	}
	if (values.header === undefined) return undefined;
	const [headerName, headerValue] = splitAtColon(values.header, '--header');
	return { method: 'header', headerName, headerValue };
}

function noSandbox(): UsageError {
	return new UsageError(
		'No sandbox is running here. Start one with "npm start", or give a webhook with --url.',
	);
}

function ccaipReceiver(values: Wishes, sandbox: RunningSandbox | undefined): CcaipReceiver {
	const { url } = values;
	if (url !== undefined) {
		return {
			urls: { events: url, metadata: values['metadata-url'] ?? url },
			credential: typedCredential(values),
		};
	}
	if (sandbox === undefined) throw noSandbox();
	return {
		urls: sandbox.ccaip?.urls ?? {},
		credential: typedCredential(values) ?? sandbox.ccaip?.credential,
	};
}

/** The agents with the chosen one in front. */
function chooseCcaipAgents(who: string | undefined, sandbox: RunningSandbox | undefined): CcaipAgent[] {
	const agents = sandbox?.ccaip?.agents ?? [];
	if (who === undefined) return agents;
	const wanted = chooseAgent(who, sandbox?.agents ?? []);
	const email = wanted?.email ?? 'unknown.agent@example.com';
	const chosen = agents.find((agent) => agent.email === email) ?? {
		id: 99,
		name: wanted?.name ?? 'Unknown Agent',
		email,
	};
	return [chosen, ...agents.filter((agent) => agent !== chosen)];
}

async function playCcaip(
	values: Wishes,
	sandbox: RunningSandbox | undefined,
	pauseMs: number,
): Promise<{ title: string; deliveries: Delivery[] }> {
	const scenario = values.scenario ?? 'inboundCall';
	if (!isCcaipScenario(scenario)) {
		throw new UsageError(
			`--scenario is "${scenario}", but can be with ccaip: ${Object.keys(CCAIP_SCENARIOS).join(', ')}.`,
		);
	}
	const id =
		values['call-id'] === undefined ? undefined : Number(values['call-id'].replace(/^(call|chat)-/, ''));
	if (id !== undefined && !Number.isSafeInteger(id))
		throw new UsageError('--call-id is a whole number on CCAI Platform.');
	const receiver = ccaipReceiver(values, sandbox);
	const webhooks = ccaipScenario(scenario);
	const unheard = [...new Set(webhooks.map(({ target }) => target))].filter(
		(target) => receiver.urls[target] === undefined,
	);
	if (unheard.length > 0) {
		throw new UsageError(
			`The sandbox has no published workflow that takes ${unheard.join(' and ')} of CCAI Platform.`,
		);
	}
	const isChat = webhooks[0]?.sessionId.startsWith('chat-') === true;
	const phone = values.from ?? sandbox?.defaultFrom;
	const { sessionIds, deliveries } = await playCcaipScenario({
		scenario,
		receiver,
		id,
		...(isChat || phone === undefined ? {} : { customer: { phone } }),
		supportNumber: values.to ?? sandbox?.defaultTo,
		agents: chooseCcaipAgents(values.agent, sandbox),
		pauseMs,
	});
	return { title: `Session ${sessionIds.join(' and ')}`, deliveries };
}

async function playBabelforce(
	values: Wishes,
	sandbox: RunningSandbox | undefined,
	pauseMs: number,
): Promise<{ title: string; deliveries: Delivery[] }> {
	const scenario = values.scenario ?? 'answered';
	if (!isScenario(scenario)) {
		throw new UsageError(`--scenario is "${scenario}", but can be: ${Object.keys(SCENARIOS).join(', ')}.`);
	}
	const encoding: Encoding = oneOf(values.encoding, ENCODINGS, '--encoding');
	const webhookUrl = values.url ?? sandbox?.webhookUrl;
	if (webhookUrl === undefined) throw noSandbox();
	const { call, deliveries } = await placeInboundCall({
		webhookUrl,
		credential: typedCredential(values) ?? (values.url === undefined ? sandbox?.credential : undefined),
		from: values.from ?? sandbox?.defaultFrom ?? '+12125550187',
		to: values.to ?? sandbox?.defaultTo ?? '+12125550100',
		agent: chooseAgent(values.agent, sandbox?.agents ?? []),
		queue: { id: newPlatformId(), name: 'Support' },
		encoding,
		scenario,
		callId: values['call-id'],
		pauseMs,
	});
	return { title: `Call ${call.id}`, deliveries };
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			platform: { type: 'string', default: 'babelforce' },
			from: { type: 'string' },
			to: { type: 'string' },
			agent: { type: 'string' },
			scenario: { type: 'string' },
			encoding: { type: 'string', default: 'form' },
			'call-id': { type: 'string' },
			pause: { type: 'string', default: '1000' },
			url: { type: 'string' },
			'metadata-url': { type: 'string' },
			header: { type: 'string' },
			user: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(helpText());
		return 0;
	}
	const pauseMs = Number(values.pause);
	if (!Number.isFinite(pauseMs) || pauseMs < 0) throw new UsageError('--pause is a number of milliseconds.');
	const platform = oneOf(values.platform, PLATFORMS, '--platform');
	const sandbox = await findRunningSandbox();
	const play = platform === 'ccaip' ? playCcaip : playBabelforce;
	const { title, deliveries } = await play(values, sandbox, pauseMs);
	console.log(title);
	for (const delivery of deliveries) console.log(describe(delivery));
	if (sandbox?.kustomerUrl !== undefined) console.log(`See it in Kustomer: ${sandbox.kustomerUrl}`);
	return deliveries.every(({ status }) => status >= 200 && status < 300) ? 0 : 1;
}

main()
	.then((code) => (process.exitCode = code))
	.catch((error: Error & { code?: string }) => {
		const usage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS') === true;
		console.error(usage ? `${error.message}\nHelp: --help` : (error.stack ?? error.message));
		process.exitCode = 2;
	});
