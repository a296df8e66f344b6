/** Answers the requests of CCAI Platform's generic CRM API with Kustomer behind it (rules G1, G4, G8). */
import { createHash } from 'node:crypto';

import type { KustomerClient } from '../kustomer/client';
import { excessOf } from '../domain/bounds';
import { endpointNamed } from './endpoints';
import { failureOf } from './failures';
import { readParameters } from './parameters';
import type { CrmApiAnswer, CrmApiRequest, CrmApiSettings, ResponseLocation } from './request';
import { placedAt } from './response-location';
import { sessionOf } from './variables';
import { Refusal, type Answered, type Work } from './work';

/** What is being worked on in this process: the same request, sent again meanwhile, waits for the same answer. */
const underway = new Map<string, Promise<CrmApiAnswer>>();

/**
 * Answers one request. Never throws. What takes longer than until the deadline goes on, and is answered 400 meanwhile, which makes
 * the platform ask again: every endpoint is safe to call twice.
 *
 * @param deadline milliseconds since the epoch, by the client's clock
 */
export async function answerRequest(
	client: KustomerClient,
	settings: CrmApiSettings,
	request: CrmApiRequest,
	deadline: number,
): Promise<CrmApiAnswer> {
	const work = shared(client, settings, request);
	const left = Math.max(0, deadline - client.clock.now());
	const late = client.clock.sleep(left).then(() => tooLate(request, work));
	const answer = await Promise.race([work, late]);
	return { ...answer, body: placed(answer, settings.responseLocation) };
}

/** How many requests are being worked on; for tests. */
export function requestsUnderway(): number {
	return underway.size;
}

function shared(
	client: KustomerClient,
	settings: CrmApiSettings,
	request: CrmApiRequest,
): Promise<CrmApiAnswer> {
	if (request.file !== undefined) return work(client, settings, request);
	const key = keyOf(client, settings, request);
	const there = underway.get(key);
	if (there !== undefined) return there;
	const started = work(client, settings, request).finally(() => underway.delete(key));
	underway.set(key, started);
	return started;
}

function keyOf(client: KustomerClient, { source, log }: CrmApiSettings, request: CrmApiRequest): string {
	const fields = Object.entries(request.fields).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	// Two triggers with rules of their own are answered each by its own.
	const said = JSON.stringify([source, log, request.endpoint, fields], (_name, value: unknown) =>
		value instanceof Set ? [...value].sort() : value,
	);
	return `${client.credentialKey}\n${createHash('sha256').update(said).digest('hex')}`;
}

/** Does what is asked for. Never throws. */
async function work(
	shared: KustomerClient,
	settings: CrmApiSettings,
	request: CrmApiRequest,
): Promise<CrmApiAnswer> {
	const client = shared.fork();
	const { endpoint } = request;
	try {
		const answered = await handle(client, settings, request);
		const item = { endpoint, ...answered.item, requests: client.requestsSent };
		return { status: answered.status, body: { ...answered.body }, item };
	} catch (error) {
		const { status, sentence, repeats } = failureOf(error);
		const outcome = repeats ? 'retry' : status === 404 ? 'notFound' : 'refused';
		return {
			status,
			body: { error: sentence },
			item: { endpoint, outcome, reason: sentence, requests: client.requestsSent },
		};
	}
}

async function handle(
	client: KustomerClient,
	settings: CrmApiSettings,
	request: CrmApiRequest,
): Promise<Answered> {
	const excess = excessOf(request.fields);
	if (excess !== undefined) throw new Refusal(413, `The request holds more than one may. ${excess}`);
	const { told, unread } = readParameters(request.fields);
	const named = sessionOf(told, settings);
	const wanted: Work = { client, settings, request, told, unread, named };
	return await endpointNamed(request.endpoint).handle(wanted);
}

function tooLate({ endpoint }: CrmApiRequest, work: Promise<CrmApiAnswer>): CrmApiAnswer {
	const reason =
		'Kustomer has not answered within the API request timeout. The request goes on; sent again, it changes nothing twice.';
	return {
		status: 400,
		body: { error: reason },
		item: { endpoint, outcome: 'retry', reason, requests: 0 },
		rest: work.then(({ item }) => item),
	};
}

/** Errors stay where they are. */
function placed({ status, body }: CrmApiAnswer, location?: ResponseLocation): CrmApiAnswer['body'] {
	return status >= 300 ? body : placedAt(location, body);
}
