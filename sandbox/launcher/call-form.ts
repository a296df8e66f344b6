/**
 * The form on the stand-in's page that places calls: what it offers, and what happens when it is sent.
 */
import { SANDBOX, type KustomerStandInOptions } from '../kustomer';
import {
	ENCODINGS,
	isScenario,
	placeInboundCall,
	SCENARIOS,
	type Delivery,
	type Encoding,
} from '../telephony';

import {
	CCAIP_SCENARIOS,
	ccaipScenario,
	isCcaipScenario,
	playCcaipScenario,
	type CcaipReceiver,
	type CcaipScenarioName,
} from '../telephony/ccaip';

import { endRecordedCall } from './recorded-call';
import { AGENTS, CCAIP_AGENTS, COMPANY_NUMBER, type Stack } from './stack';

/** Between the events of a call, so that a person can watch them arrive. */
const PAUSE_MS = 1500;

/** In front of the scenarios of CCAI Platform in the list. */
const CCAIP_PREFIX = 'ccaip:';

/** The scenarios for which every webhook has an address. */
export function offeredCcaipScenarios(receiver: CcaipReceiver | undefined): CcaipScenarioName[] {
	return (Object.keys(CCAIP_SCENARIOS) as CcaipScenarioName[]).filter((name) =>
		ccaipScenario(name).every(({ target }) => receiver?.urls[target] !== undefined),
	);
}

/** What an answer says to a person: its message, else all of it. */
function answerText(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'without a text';
	if (typeof body === 'string') return body;
	const { message, error } = body as { message?: unknown; error?: unknown };
	const text = [message, error].find((one) => typeof one === 'string' && one !== '');
	return typeof text === 'string' ? text : JSON.stringify(body);
}

/** The deliveries that were not accepted, one sentence each. */
export function refusals(deliveries: Delivery[]): string[] {
	return deliveries
		.filter(({ status }) => status < 200 || status > 299)
		.map(({ event, status, body }) =>
			status === 0 ? `${event}: no answer (${answerText(body)})` : `${event}: ${status} ${answerText(body)}`,
		);
}

/**
 * Options of the stand-in that put the form on its page. The scenarios are asked for with every page, because those of
 * CCAI Platform are there once their workflows are published.
 *
 * @param stack gives the stack that takes the calls, or undefined while it is still starting
 * @param pauseMs milliseconds between the events of a call
 */
export function callForm(
	stack: () => Stack | undefined,
	pauseMs = PAUSE_MS,
): Pick<KustomerStandInOptions, 'placeCall' | 'callForm'> {
	const { jonas, maria } = SANDBOX.customers;
	return {
		placeCall: async (form) => {
			const running = stack();
			return running === undefined
				? { ok: false, message: 'n8n is still starting. Try again in a few seconds.' }
				: await placeCall(running, form, pauseMs);
		},
		callForm: {
			agents: AGENTS.map(({ name, sourceId }) => ({ value: sourceId ?? '', label: name })),
			get scenarios() {
				return [
					...Object.entries(SCENARIOS).map(([value, { label }]) => ({
						value,
						label,
						group: 'babelforce',
					})),
					...offeredCcaipScenarios(stack()?.ccaip).map((name) => ({
						value: CCAIP_PREFIX + name,
						label: CCAIP_SCENARIOS[name],
						group: 'CCAI Platform',
					})),
				];
			},
			from: [
				...[jonas, maria].map(({ phone, name }) => ({ value: phone, label: `${phone} ${name}` })),
				{ value: SANDBOX.unknownCaller, label: `${SANDBOX.unknownCaller} nobody's` },
			],
			to: [{ value: COMPANY_NUMBER, label: `${COMPANY_NUMBER} the company` }],
		},
	};
}

function agentOf(form: Record<string, string>) {
	const wanted = form.agent ?? '';
	return AGENTS.find(({ id, sourceId, email }) => [id, sourceId, email].includes(wanted));
}

async function playCcaip(
	stack: Stack,
	scenario: string,
	form: Record<string, string>,
	pauseMs: number,
): Promise<{ ok: boolean; message: string }> {
	if (!isCcaipScenario(scenario)) return { ok: false, message: `There is no scenario "${scenario}".` };
	if (!offeredCcaipScenarios(stack.ccaip).includes(scenario)) {
		return { ok: false, message: 'The workflows for CCAI Platform are not published.' };
	}
	const chosen = agentOf(form);
	const from = (form.from ?? '').trim();
	const isChat = ccaipScenario(scenario)[0]?.sessionId.startsWith('chat-') === true;
	const { sessionIds, deliveries } = await playCcaipScenario({
		scenario,
		receiver: stack.ccaip,
		// The chosen agent stands first and so answers.
		agents: [...CCAIP_AGENTS].sort(
			(one, other) => Number(other.email === chosen?.email) - Number(one.email === chosen?.email),
		),
		...(isChat ? {} : { customer: { phone: from === '' ? undefined : from } }),
		supportNumber: (form.to ?? '').trim() || COMPANY_NUMBER,
		pauseMs,
	});
	const refused = refusals(deliveries);
	if (refused.length > 0) return { ok: false, message: `The webhook refused: ${refused.join('; ')}` };
	const events = deliveries.map(({ event }) => event).join(', ');
	return { ok: true, message: `Session ${sessionIds.join(' and ')}: sent ${events}.` };
}

async function placeCall(
	stack: Stack,
	form: Record<string, string>,
	pauseMs: number,
): Promise<{ ok: boolean; message: string }> {
	const scenario = form.scenario || 'answered';
	if (scenario.startsWith(CCAIP_PREFIX)) {
		return await playCcaip(stack, scenario.slice(CCAIP_PREFIX.length), form, pauseMs);
	}
	if (!isScenario(scenario)) return { ok: false, message: `There is no scenario "${scenario}".` };
	const encoding: Encoding = ENCODINGS.find((name) => name === form.encoding) ?? 'form';
	const agent = agentOf(form) ?? AGENTS[0];
	const from = (form.from ?? '').trim();
	if (from === '' && scenario !== 'anonymous')
		return { ok: false, message: 'Enter the number of the caller.' };
	const { call, deliveries } = await placeInboundCall({
		webhookUrl: stack.webhookUrl,
		credential: stack.credential,
		from,
		to: (form.to ?? '').trim() || COMPANY_NUMBER,
		agent,
		queue: SANDBOX.queues.voice,
		scenario,
		encoding,
		pauseMs,
	});
	const { platforms, recordingUrl, credential } = stack;
	if (scenario === 'finished' && platforms !== undefined && recordingUrl !== undefined) {
		deliveries.push(await endRecordedCall(platforms.babelforce, call, recordingUrl, credential));
	}
	const refused = refusals(deliveries);
	if (refused.length > 0) return { ok: false, message: `The webhook refused: ${refused.join('; ')}` };
	const events = [...new Set(deliveries.map(({ event }) => event))].join(', ');
	return { ok: true, message: `Call ${call.id}: sent ${events}.` };
}
