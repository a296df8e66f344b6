/**
 * Places a simulated call from the command line.
 *
 *     npx tsx sandbox/telephony/place-call.ts --from +12125550187 --agent "Ana Reis" --scenario answered
 */
import { parseArgs } from 'node:util';

import { newPlatformId, type SimulatedAgent } from './babelforce-events';
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

function helpText(): string {
	const scenarios = Object.entries(SCENARIOS).map(([name, { label }]) => `      ${name.padEnd(14)}${label}`);
	return `Places a simulated babelforce call.

Usage: npx tsx sandbox/telephony/place-call.ts [options]

  --from <number>       Caller. Default: the sandbox's example caller.
  --to <number>         Number that was called. Default: the company's number in the sandbox.
  --agent <who>         Who answers: name, email or Kustomer user id of an agent. Default: the first one of
                        the sandbox. "none" for an agent without a Kustomer user.
  --scenario <name>     One of:
${scenarios.join('\n')}
  --encoding <name>     How the event is written: ${ENCODINGS.join(', ')}. Default: form.
  --call-id <id>        Sends the events of that call again instead of those of a new one.
  --pause <ms>          Milliseconds between the events. Default: 1000.
  --url <url>           Webhook URL. Default: that of the running sandbox ("npm start").
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

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			from: { type: 'string' },
			to: { type: 'string' },
			agent: { type: 'string' },
			scenario: { type: 'string', default: 'answered' },
			encoding: { type: 'string', default: 'form' },
			'call-id': { type: 'string' },
			pause: { type: 'string', default: '1000' },
			url: { type: 'string' },
			header: { type: 'string' },
			user: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(helpText());
		return 0;
	}
	if (!isScenario(values.scenario)) {
		throw new UsageError(
			`--scenario is "${values.scenario}", but can be: ${Object.keys(SCENARIOS).join(', ')}.`,
		);
	}
	const pauseMs = Number(values.pause);
	if (!Number.isFinite(pauseMs) || pauseMs < 0) throw new UsageError('--pause is a number of milliseconds.');
	const encoding: Encoding = oneOf(values.encoding, ENCODINGS, '--encoding');

	const sandbox: RunningSandbox | undefined = await findRunningSandbox();
	const webhookUrl = values.url ?? sandbox?.webhookUrl;
	if (webhookUrl === undefined) {
		throw new UsageError(
			'No sandbox is running here. Start one with "npm start", or give a webhook with --url.',
		);
	}
	let credential: WebhookCredential | undefined = values.url === undefined ? sandbox?.credential : undefined;
	if (values.header !== undefined) {
		const [headerName, headerValue] = splitAtColon(values.header, '--header');
		credential = { method: 'header', headerName, headerValue };
	}
	if (values.user !== undefined) {
		const [user, password] = splitAtColon(values.user, '--user');
		credential = { method: 'basicAuth', user, password };
	}

	const { call, deliveries } = await placeInboundCall({
		webhookUrl,
		credential,
		from: values.from ?? sandbox?.defaultFrom ?? '+12125550187',
		to: values.to ?? sandbox?.defaultTo ?? '+12125550100',
		agent: chooseAgent(values.agent, sandbox?.agents ?? []),
		queue: { id: newPlatformId(), name: 'Support' },
		encoding,
		scenario: values.scenario,
		callId: values['call-id'],
		pauseMs,
	});
	console.log(`Call ${call.id}`);
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
