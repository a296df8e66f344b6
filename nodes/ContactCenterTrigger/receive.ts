import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
	JsonObject,
} from 'n8n-workflow';

import { sessionExternalId } from '../../lib/domain/external-id';
import { platformIdOf } from '../../lib/domain/session-questions';
import type {
	ParsedWebhook,
	PlatformSettings,
	Rejection,
	TelephonyPlatform,
} from '../../lib/platforms/platform';
import { findPlatform } from '../../lib/platforms/find-platform';
import type { EventKind, OtherEvent, SessionEvent } from '../../lib/domain/session';
import { batchOf } from '../../lib/platforms/webhook-events';
import { EVENT_LABELS, outputIndex, tickedEvents, type OutputsChoice } from './outputs';
import { shownText } from '../../lib/http/shown-text';
import { note } from '../../lib/n8n/run/log';
import { mayCall } from '../../lib/webhooks/origins';
import { answer, receive, Refusal, type Webhook } from '../../lib/n8n/webhook/reception';
import { readBody } from '../../lib/n8n/webhook/request-body';
import { checkCredential } from '../../lib/n8n/webhook/webhook-credential';

/** A webhook with more than this to say goes into the log with its first part; the answer has it all. */
const MOST_NOTED = 20;

/** What the user has set in the panel. */
interface Settings extends PlatformSettings {
	platform: TelephonyPlatform;
	ticked: EventKind[];
	outputs: OutputsChoice;
	externalIdPrefix: string;
}

/**
 * Answers one webhook: checks the caller, reads the events, and hands those that were ticked to the workflow.
 *
 * | answer | when | starts the workflow |
 * |---|---|---|
 * | 200 | at least one event was ticked | yes |
 * | 200, `ignored` | events were understood, none is ticked | no |
 * | 401 | the secret is missing or wrong | no |
 * | 403 | a web page sent it that is not among the allowed origins | no |
 * | 422 | no event was understood; names the field | no |
 * | 500 | the node is not set up: no credential, unknown platform | no |
 *
 * With 200, `notUnderstood` names fields of an event that could not be read, and `rejected` what could not be read out of a batch. Where 'other' is ticked, that is handed to the
 * workflow as well (rule X2).
 *
 * Never throws: n8n would answer 500 and start an execution that fails.
 */
export async function receiveWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receive(context, { what: 'Webhook', check }, (webhook) => answerWebhook(context, webhook));
}

async function check(context: IWebhookFunctions, webhook: Webhook): Promise<Refusal | undefined> {
	const origin = checkOrigin(context, webhook);
	if (origin !== undefined) return origin;
	return await checkCredential(context, webhook, () =>
		findPlatform(String(context.getNodeParameter('platform', ''))),
	);
}

/**
 * Refuses what a web page sends that is not among the allowed ones, and lets browsers show the answer to those that are. n8n's own headers
 * would allow every page: it looks for this option at nodes with a single method only.
 */
function checkOrigin(context: IWebhookFunctions, { request }: Webhook): Refusal | undefined {
	const { allowedOrigins } = context.getNodeParameter('options', {}) as IDataObject;
	const { origin } = request.headers;
	if (origin === undefined || mayCall('', allowedOrigins)) return undefined;
	const response = context.getResponseObject();
	response.setHeader('Vary', 'Origin');
	if (mayCall(origin, allowedOrigins)) {
		response.setHeader('Access-Control-Allow-Origin', origin);
		return undefined;
	}
	response.removeHeader('Access-Control-Allow-Origin');
	return new Refusal(
		403,
		'This page may not send events here.',
		undefined,
		"The web page is not among 'Allowed Origins (CORS)' of this node: each is https:// and a host, such as https://desk.example.com.",
	);
}

function answerWebhook(
	context: IWebhookFunctions,
	{ request, rawBody, receivedAt }: Webhook,
): IWebhookResponseData {
	const settings = readSettings(context);
	if (settings === undefined) {
		return answer(context, 500, { error: 'The parameters of this node could not be read in n8n.' });
	}
	const query = { ...request.query };
	const body = readBody(request, rawBody);
	const parsed = settings.platform.parse(
		{ method: request.method, headers: request.headers, query, body },
		settings,
	);

	return respond(context, parsed, settings, batchOf(body), (event) => ({
		event: event.kind,
		eventName: event.name ?? null,
		occurredAt: event.occurredAt ?? null,
		receivedAt: receivedAt.toISOString(),
		externalId:
			event.session === undefined ? null : sessionExternalId(event.session, settings.externalIdPrefix),
		callId: event.session === undefined ? null : platformIdOf(event.session),
		session: (event.session ?? null) as IDataObject | null,
		raw: { method: request.method, query, body: event.raw ?? body ?? null } as IDataObject,
		...(event.session === undefined && event.agent !== undefined ? { agent: { ...event.agent } } : {}),
		...(event.session === undefined || event.notUnderstood === undefined
			? {}
			: { notUnderstood: event.notUnderstood.map((one) => ({ ...one })) }),
	}));
}

function respond(
	context: IWebhookFunctions,
	{ events, others, rejected }: ParsedWebhook,
	settings: Settings,
	batch: unknown[] | undefined,
	itemOf: (event: SessionEvent | OtherEvent) => IDataObject,
): IWebhookResponseData {
	const width = settings.outputs === 'perEvent' ? Math.max(settings.ticked.length, 1) : 1;
	const workflowData: INodeExecutionData[][] = Array.from({ length: width }, () => []);
	const outputOf = (kind: EventKind): INodeExecutionData[] | undefined => {
		const index = outputIndex(kind, settings.ticked, settings.outputs);
		return index === undefined ? undefined : workflowData[index];
	};
	const accepted: IDataObject[] = [];
	const ignored: EventKind[] = [];
	for (const event of [...events, ...others]) {
		const output = outputOf(event.kind);
		if (output === undefined) {
			ignored.push(event.kind);
			continue;
		}
		const json = itemOf(event);
		output.push({ json });
		const { externalId, notUnderstood } = json;
		accepted.push({
			event: event.kind,
			externalId,
			...(notUnderstood === undefined ? {} : { notUnderstood }),
		});
	}
	const wasUnderstood = events.length + others.length > 0;
	const problems = batch === undefined ? undefined : outputOf('other');
	for (const { index, field, reason } of rejected) {
		problems?.push({
			json: {
				...itemOf({ kind: 'other', raw: batch?.[index] ?? null }),
				problem: { index, field, reason },
			},
		});
	}
	noteRest(context, settings.ticked.includes('other') ? [] : others, rejected);
	noteFields(context, events);

	const starts = accepted.length > 0 || (problems !== undefined && rejected.length > 0);
	if (rejected.length > 0 && (starts || wasUnderstood)) {
		// With 'When Workflow Finishes' the body belongs to the workflow, so the positions go into a header too.
		context.getResponseObject().setHeader(
			'X-Rejected-Events',
			rejected
				.slice(0, MOST_NOTED)
				.map(({ index }) => index)
				.join(','),
		);
	}
	const rest: JsonObject =
		rejected.length > 0 ? { rejected: rejected.map((rejection) => ({ ...rejection })) } : {};
	if (starts) {
		return {
			workflowData,
			webhookResponse: { accepted, ...(ignored.length > 0 ? { ignored } : {}), ...rest },
		};
	}
	const [first] = rejected;
	if (first !== undefined && !wasUnderstood) {
		return answer(context, 422, {
			error: first.reason,
			field: first.field,
			...(rejected.length > 1 ? rest : {}),
		});
	}
	return {
		webhookResponse: { ignored: true, event: ignored[0] ?? null, reason: ignoredReason(ignored), ...rest },
	};
}

/** Into n8n's log: what nobody else hears of. Without the content of the events. */
function noteRest(context: IWebhookFunctions, others: OtherEvent[], rejected: Rejection[]): void {
	for (const { name } of others.slice(0, MOST_NOTED)) {
		const called = shownText(name, 100);
		note(
			context,
			'info',
			`Event ignored that is about no session or not known${called === undefined ? '' : `: ${called}`}`,
		);
	}
	for (const { index, field, reason } of rejected.slice(0, MOST_NOTED)) {
		note(context, 'warn', `Webhook not understood: ${reason}`, { index, field });
	}
}

/** Into n8n's log as well: fields whose value was not understood. The workflow gets them with the event. */
function noteFields(context: IWebhookFunctions, events: SessionEvent[]): void {
	const found = events.flatMap(({ notUnderstood = [] }) => notUnderstood);
	for (const { field, reason } of found.slice(0, MOST_NOTED)) {
		note(context, 'warn', `Field of a webhook not understood: ${reason}`, { field });
	}
}

function ignoredReason(ignored: EventKind[]): string {
	const [first] = ignored;
	if (first === undefined) return 'The webhook carries no event.';
	return `The event '${EVENT_LABELS[first].name}' is not ticked in the parameter 'Events' of this node.`;
}

function readSettings(context: IWebhookFunctions): Settings | undefined {
	try {
		const platform = findPlatform(String(context.getNodeParameter('platform')));
		if (platform === undefined) return undefined;
		const options = context.getNodeParameter('options', {}) as IDataObject;
		const text = (name: string) => (typeof options[name] === 'string' ? options[name].trim() : '');
		const sessionIdFrom = text('sessionIdFrom');
		return {
			platform,
			ticked: tickedEvents(context.getNodeParameter('events', [])),
			outputs: context.getNodeParameter('outputs', 'perEvent') === 'single' ? 'single' : 'perEvent',
			externalIdPrefix: text('externalIdPrefix'),
			sourceName:
				platform.ownSettings?.includes('sourceName') === true && text('sourceName') !== ''
					? text('sourceName')
					: platform.name,
			...(platform.ownSettings?.includes('sessionIdField') === true && text('sessionIdField') !== ''
				? { sessionIdField: text('sessionIdField') }
				: {}),
			sessionIdFrom: sessionIdFrom === 'session' || sessionIdFrom === 'conversation' ? sessionIdFrom : 'call',
		};
	} catch {
		return undefined;
	}
}
