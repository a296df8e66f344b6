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

import { AGENTS, COMPANY_NUMBER, type Stack } from './stack';

/** Between the events of a call, so that a person can watch them arrive. */
const PAUSE_MS = 1500;

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
 * Options of the stand-in that put the form on its page.
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
			scenarios: Object.entries(SCENARIOS).map(([value, { label }]) => ({ value, label })),
			from: [
				...[jonas, maria].map(({ phone, name }) => ({ value: phone, label: `${phone} ${name}` })),
				{ value: SANDBOX.unknownCaller, label: `${SANDBOX.unknownCaller} nobody's` },
			],
			to: [{ value: COMPANY_NUMBER, label: `${COMPANY_NUMBER} the company` }],
		},
	};
}

async function placeCall(
	stack: Stack,
	form: Record<string, string>,
	pauseMs: number,
): Promise<{ ok: boolean; message: string }> {
	const scenario = form.scenario || 'answered';
	if (!isScenario(scenario)) return { ok: false, message: `There is no scenario "${scenario}".` };
	const encoding: Encoding = ENCODINGS.find((name) => name === form.encoding) ?? 'form';
	const wanted = form.agent ?? '';
	const agent = AGENTS.find(({ id, sourceId, email }) => [id, sourceId, email].includes(wanted)) ?? AGENTS[0];
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
	const refused = refusals(deliveries);
	if (refused.length > 0) return { ok: false, message: `The webhook refused: ${refused.join('; ')}` };
	const events = deliveries.map(({ event }) => event).join(', ');
	return { ok: true, message: `Call ${call.id}: sent ${events}.` };
}
