import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
	JsonObject,
} from 'n8n-workflow';

import { answerRequest } from '../../lib/crm-api/answer-request';
import { ENDPOINTS } from '../../lib/crm-api/endpoints';
import { RequestProblem } from '../../lib/crm-api/receive/problem';
import { isMissing, requestFields } from '../../lib/crm-api/receive/read-request';
import { routeOf } from '../../lib/crm-api/receive/route';
import type { KeepFile } from '../../lib/crm-api/receive/body';
import { receiveBody, takeFile } from '../../lib/crm-api/receive/receive-body';
import type { CrmApiRequest, EndpointName } from '../../lib/crm-api/request';
import { createClient } from '../../lib/n8n/kustomer/client';
import { toNodeError } from '../../lib/n8n/run/errors';
import { note } from '../../lib/n8n/run/log';
import { contentOf, createKeepFile } from '../../lib/n8n/webhook/kept-file';
import { answer, receive, type Webhook } from '../../lib/n8n/webhook/reception';
import { readRawBody, type WebhookServerRequest } from '../../lib/n8n/webhook/request-body';
import { checkCredential } from '../../lib/n8n/webhook/webhook-credential';
import { outputOf } from './outputs';
import { settingsOf, type Settings } from './settings';
import { segmentsOf } from './webhook-description';

/** Who sends, and how it can show who it is (rule G2). */
const PLATFORM = {
	label: 'The custom CRM of CCAI Platform',
	webhookMethods: ['basicAuth', 'header', 'oAuth2'],
} as const;

/** Bytes of all parameters of a request together. */
const LARGEST_TEXT = 4_000_000;

/** What was begun for a request goes on after the answer, as long as this. */
const CLIENT_LIMITS = { timeoutMs: 10_000, maxWaitMs: 20_000 };

/** Name of an item's binary field. */
const FILE = 'file';

/**
 * Answers one request of the platform.
 *
 * | answer | when | starts the workflow |
 * |---|---|---|
 * | as Kustomer allows | the node answers this endpoint | yes, after the answer |
 * | what the steps answer | the endpoint is ticked under Your Steps Answer | yes |
 * | 401, 403 | the caller has not shown who it is | no |
 * | 404 | there is no such endpoint | no |
 * | 413, 415, 422 | the request cannot be read; says what of it | yes |
 * | 500 | the node is not set up | no |
 * | 503 | the authorization server cannot be asked | no |
 *
 * The platform repeats a request after 400 and after nothing else (rule G8). Never throws: n8n would answer 500 and start an
 * execution that fails.
 */
export async function receiveRequest(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receive(
		context,
		{
			what: 'Request',
			bodyLater: true,
			check: async (_, webhook) => await checkCredential(context, webhook, () => PLATFORM),
		},
		async (webhook) => await answerOrRefuse(context, webhook),
	);
}

async function answerOrRefuse(context: IWebhookFunctions, webhook: Webhook): Promise<IWebhookResponseData> {
	try {
		return await answerWebhook(context, webhook);
	} catch (error) {
		const { message, description } = toNodeError(error, { node: context.getNode() });
		note(context, 'warn', `Request not answered: ${message} ${description ?? ''}`);
		return answer(context, 500, { error: message });
	}
}

async function answerWebhook(
	context: IWebhookFunctions,
	{ request, receivedAt }: Webhook,
): Promise<IWebhookResponseData> {
	const route = routeOf(segmentsOf(context.getParamsData()));
	if (route === undefined) {
		const known = ENDPOINTS.map((one) => one.path).join(', ');
		return answer(context, 404, { error: `There is no such endpoint. There are: ${known}.` });
	}
	const {
		id,
		endpoint: { name: endpoint, takesFile },
	} = route;
	const settings = settingsOf(context);
	const binary: IBinaryKeyData = {};
	const keep = createKeepFile(context, (file: IBinaryData) => (binary[FILE] = file));
	const item: IDataObject = { endpoint, method: request.method, receivedAt: receivedAt.toISOString() };
	try {
		const received = await readRequest(request, { endpoint, takesFile, id, receivedAt }, settings, keep);
		item.fields = { ...received.fields };
		if (settings.ownEndpoints.includes(endpoint)) {
			return { workflowData: outputs(settings, endpoint, { json: item, ...withFiles(binary) }) };
		}
		return await answerFromKustomer(context, settings, received, { json: item, ...withFiles(binary) });
	} catch (error) {
		if (!(error instanceof RequestProblem)) return await Promise.reject(error);
		answer(context, error.status, { error: error.message });
		const json = { ...item, outcome: 'refused', reason: error.message, status: error.status };
		// What was kept of its file goes along, so that n8n deletes it with the execution.
		return {
			noWebhookResponse: true,
			workflowData: outputs(settings, undefined, { json, ...withFiles(binary) }),
		};
	}
}

/** @throws {RequestProblem} */
async function readRequest(
	request: WebhookServerRequest,
	{
		endpoint,
		takesFile,
		id,
		receivedAt,
	}: Omit<CrmApiRequest, 'fields'> & { takesFile: boolean; id?: string },
	{ largestFile }: Settings,
	keep: KeepFile,
): Promise<CrmApiRequest> {
	const body = await receiveBody(
		{ contentType: request.headers['content-type'] ?? '', content: await decompressed(request) },
		{ text: LARGEST_TEXT, file: takesFile ? largestFile : 0 },
		keep,
	);
	const given = requestFields({
		query: { ...request.query },
		body: body.values,
		id: id !== undefined && isMissing(id) ? undefined : id,
	});
	if (!takesFile) return { endpoint, fields: given, receivedAt };
	const { fields, file } = await takeFile(given, body.file, keep);
	return { endpoint, fields, file, receivedAt };
}

/** n8n decompresses what it reads itself. */
async function decompressed(request: WebhookServerRequest): Promise<AsyncIterable<Uint8Array>> {
	if (request.headers['content-encoding'] === undefined) return contentOf(request);
	const whole = await readRawBody(request);
	if (whole === undefined) {
		throw new RequestProblem(
			413,
			'The compressed body cannot be read, or is too large. Send it uncompressed.',
		);
	}
	return piecesOf(whole);
}

async function* piecesOf(whole: Uint8Array): AsyncGenerator<Uint8Array> {
	yield whole;
}

async function answerFromKustomer(
	context: IWebhookFunctions,
	settings: Settings,
	request: CrmApiRequest,
	item: INodeExecutionData,
): Promise<IWebhookResponseData> {
	const client = await createClient(context, settings.authentication, CLIENT_LIMITS);
	// The platform waits for an answer from when it has sent all of it, which takes a file its time.
	const sentAt = request.file === undefined ? request.receivedAt.getTime() : Date.now();
	const deadline = sentAt + settings.answerWithinMs;
	const answered = await answerRequest(client, settings.crm, request, deadline);
	answer(context, answered.status, { ...answered.body } as JsonObject);
	// What goes on after the answer needs what n8n holds ready until this function returns.
	const told = (await answered.rest) ?? answered.item;
	const json = {
		...item.json,
		...told,
		status: answered.status,
		answer: { ...answered.body },
	} as IDataObject;
	return { noWebhookResponse: true, workflowData: outputs(settings, undefined, { ...item, json }) };
}

function withFiles(binary: IBinaryKeyData): { binary?: IBinaryKeyData } {
	return FILE in binary ? { binary } : {};
}

/** @param endpoint undefined for what the node has answered itself */
function outputs(
	{ ownEndpoints }: Settings,
	endpoint: EndpointName | undefined,
	item: INodeExecutionData,
): INodeExecutionData[][] {
	const all: INodeExecutionData[][] = Array.from({ length: ownEndpoints.length + 1 }, () => []);
	all[endpoint === undefined ? 0 : outputOf(endpoint, ownEndpoints)]?.push(item);
	return all;
}
