/**
 * The node's webhook in Kustomer: found or created when the workflow is published or tested, deleted afterwards. An
 * organization has only a few, so what is ours is used again, and what is not ours is never touched.
 */
import { createHash } from 'node:crypto';

import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { kustomerName } from '../../lib/kustomer/events/names';
import {
	newWebhook,
	ownWebhooksAt,
	planWebhook,
	type WantedWebhook,
} from '../../lib/kustomer/events/own-webhook';
import type { KustomerClient } from '../../lib/kustomer/client';
import { shownText } from '../../lib/http/shown-text';
import { KustomerError } from '../../lib/kustomer/errors';
import {
	createOutboundWebhook,
	deleteOutboundWebhook,
	getOutboundWebhook,
	listOutboundWebhooks,
	MAX_NAME,
	MAX_WEBHOOKS,
	updateOutboundWebhook,
	type OutboundWebhook,
} from '../../lib/kustomer/resources/outbound-webhooks';
import { getCurrentUser } from '../../lib/kustomer/resources/users';
import { Memory } from '../../lib/process/memory';
import { toNodeError } from '../../lib/n8n/run/errors';
import { note } from '../../lib/n8n/run/log';
import { createClient } from '../../lib/n8n/kustomer/client';
import { authenticationOf, eventSettings } from './settings';

/** What is kept about the webhook in the node's static data. n8n's workers and every restart read it there. */
interface KeptWebhook {
	id: string;
	url: string;
	/** What Kustomer signs with. */
	token: string;
	/** The user behind the credential. */
	user: string;
}

/** What has to be known to judge an event. */
export interface WebhookSecret {
	token: string;
	/** The user behind the credential; undefined when it could not be found out. */
	user?: string;
}

/** Somebody waits in front of the editor. */
const LIMITS = { timeoutMs: 15_000, maxWaitMs: 30_000 };

/** An event waits; Kustomer expects its answer within seconds. */
const QUICK_LIMITS = { timeoutMs: 3000, maxWaitMs: 3000 };

/** Milliseconds for which a token that had to be looked up is believed, and for which a failure is not tried again. */
const REMEMBERED_FOR = 10 * 60_000;
const FAILURE_REMEMBERED_FOR = 30_000;

const lookedUp = new Memory<WebhookSecret>(REMEMBERED_FOR, 200);
const failures = new Memory<true>(FAILURE_REMEMBERED_FOR, 200);

/**
 * Whether the webhook is there and right.
 *
 * @throws {NodeApiError | NodeOperationError} when Kustomer cannot be asked
 */
export async function webhookExists(context: IHookFunctions): Promise<boolean> {
	return await speaking(context, async () => {
		const wanted = wantedWebhook(context);
		const client = await createClient(context, authenticationOf(context), LIMITS);
		const plan = planWebhook(await listOutboundWebhooks(client), wanted, Date.now());
		if (plan.keep === undefined || plan.change !== undefined || plan.remove.length > 0) return false;
		warnOfStrangers(context, plan.strangers);
		await keep(context, client, wanted, plan.keep);
		return true;
	});
}

/**
 * Uses a webhook of ours again, or creates one.
 *
 * @throws {NodeApiError | NodeOperationError} when that is not possible; when no webhook is free, with their names
 */
export async function makeWebhook(context: IHookFunctions): Promise<boolean> {
	return await speaking(context, async () => {
		const wanted = wantedWebhook(context);
		const client = await createClient(context, authenticationOf(context), LIMITS);
		const all = await listOutboundWebhooks(client);
		const plan = planWebhook(all, wanted, Date.now());
		// First, because it makes room.
		for (const { id } of plan.remove) await deleteOutboundWebhook(client, id);
		warnOfStrangers(context, plan.strangers);

		if (plan.keep === undefined) {
			const remaining = all.filter((webhook) => !plan.remove.includes(webhook));
			const created = await createOutboundWebhook(client, newWebhook(wanted)).catch((error: unknown) => {
				throw isFull(error, remaining) ? fullError(context, remaining) : error;
			});
			await keep(context, client, wanted, created);
		} else if (plan.change === undefined) {
			await keep(context, client, wanted, plan.keep);
		} else {
			await keep(context, client, wanted, await updateOutboundWebhook(client, plan.keep.id, plan.change));
		}
		return true;
	});
}

/**
 * Deletes our webhook. Never throws: a workflow can be unpublished while Kustomer does not answer. What is left is used
 * again the next time.
 */
export async function removeWebhook(context: IHookFunctions): Promise<boolean> {
	const url = context.getNodeWebhookUrl('default') ?? '';
	try {
		const client = await createClient(context, authenticationOf(context), LIMITS);
		const own = ownWebhooksAt(await listOutboundWebhooks(client), ownerOf(context), url);
		for (const { id } of own) await deleteOutboundWebhook(client, id);
		const data = context.getWorkflowStaticData('node');
		for (const place of ['production', 'test'] as const) {
			if ((data[place] as Partial<KeptWebhook> | undefined)?.url === url) delete data[place];
		}
		lookedUp.delete(memoryKey(context, url));
		return true;
	} catch (error) {
		const why = error instanceof Error ? error.message : 'unknown reason';
		note(context, 'warn', `The outbound webhook in Kustomer could not be deleted: ${why}`);
		return false;
	}
}

/**
 * What events are checked with. It is kept in the node's static data; where that got lost, Kustomer is asked, at most
 * twice a minute.
 *
 * @returns undefined when there is no webhook of ours, or Kustomer cannot be asked
 */
export async function webhookSecret(
	context: IWebhookFunctions,
	now: number,
): Promise<WebhookSecret | undefined> {
	const isTest = context.getMode() === 'manual';
	const kept = context.getWorkflowStaticData('node')[isTest ? 'test' : 'production'];
	const known = isKept(kept) ? kept : undefined;
	if (known !== undefined) return { token: known.token, user: known.user === '' ? undefined : known.user };

	const url = context.getNodeWebhookUrl('default') ?? '';
	const key = memoryKey(context, url);
	const remembered = lookedUp.get(key, now);
	if (remembered !== undefined || isTest || failures.get(key, now) === true) return remembered;
	try {
		const client = await createClient(context, authenticationOf(context), QUICK_LIMITS);
		const [own] = ownWebhooksAt(await listOutboundWebhooks(client), ownerOf(context), url);
		if (own === undefined) throw new Error('no webhook of ours');
		const { token = (await getOutboundWebhook(client, own.id)).token } = own;
		if (token === undefined) throw new Error('no token');
		const secret: WebhookSecret = { token, user: await currentUser(client) };
		lookedUp.set(key, secret, now);
		return secret;
	} catch {
		failures.set(key, true, now);
		return undefined;
	}
}

function isKept(value: unknown): value is KeptWebhook {
	const { id, url, token } = (
		typeof value === 'object' && value !== null ? value : {}
	) as Partial<KeptWebhook>;
	return typeof id === 'string' && typeof url === 'string' && typeof token === 'string' && token !== '';
}

/** @throws {NodeOperationError} when the URL or the events cannot be used */
function wantedWebhook(context: IHookFunctions): WantedWebhook {
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (!url.startsWith('https://')) {
		throw new NodeOperationError(
			context.getNode(),
			`Kustomer sends its events to https addresses only, and the webhook URL of this n8n is ${originOf(url)}.`,
			{
				description:
					'Ask the administrator of this n8n to set WEBHOOK_URL to the https address under which Kustomer can reach it.',
			},
		);
	}
	const { events } = eventSettings(context).filter;
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), "The parameter 'Events' is empty.", {
			description: 'Tick at least one event.',
		});
	}
	const isTest = context.getMode() === 'manual';
	const { name = '' } = context.getWorkflow();
	return {
		owner: ownerOf(context),
		isTest,
		name: `n8n${isTest ? ' test' : ''}: ${name} / ${context.getNode().name}`.slice(0, MAX_NAME).trim(),
		url,
		events: events.map(kustomerName),
	};
}

function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : 'not set';
}

/** Instance, workflow and node. The instance's id is shortened: Kustomer sends it around. */
function ownerOf(context: IHookFunctions | IWebhookFunctions): string {
	const instance = createHash('sha256').update(context.getInstanceId()).digest('hex').slice(0, 16);
	return [instance, context.getWorkflow().id ?? '', context.getNode().id].join('/');
}

function memoryKey(context: IHookFunctions | IWebhookFunctions, url: string): string {
	return `${ownerOf(context)} ${url}`;
}

async function keep(
	context: IHookFunctions,
	client: KustomerClient,
	wanted: WantedWebhook,
	webhook: OutboundWebhook,
): Promise<void> {
	const { token = (await getOutboundWebhook(client, webhook.id)).token } = webhook;
	if (token === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			'Kustomer does not say with which token it signs the events.',
			{ description: 'Without the token no event can be checked. Ask Kustomer about it.' },
		);
	}
	const kept: KeptWebhook = {
		id: webhook.id,
		url: wanted.url,
		token,
		user: (await currentUser(client)) ?? '',
	};
	context.getWorkflowStaticData('node')[wanted.isTest ? 'test' : 'production'] =
		kept as unknown as IDataObject;
}

/** Any valid key may ask. Undefined when it fails: only the option to ignore own changes needs it. */
async function currentUser(client: KustomerClient): Promise<string | undefined> {
	return await getCurrentUser(client).then(
		({ id }) => id,
		() => undefined,
	);
}

function warnOfStrangers(context: IHookFunctions, strangers: readonly OutboundWebhook[]): void {
	for (const { name } of strangers) {
		note(
			context,
			'warn',
			`Another outbound webhook in Kustomer, "${name}", leads to the URL of this node. What it sends is refused, because it is signed with another token. Delete it in Kustomer.`,
		);
	}
}

/** With which answer Kustomer refuses one webhook too many is not documented. */
function isFull(error: unknown, webhooks: readonly OutboundWebhook[]): boolean {
	return (
		webhooks.length >= MAX_WEBHOOKS &&
		error instanceof KustomerError &&
		['badRequest', 'conflict', 'plan', 'unexpectedAnswer'].includes(error.kind)
	);
}

function fullError(context: IHookFunctions, webhooks: readonly OutboundWebhook[]): NodeOperationError {
	const names = webhooks.map(({ name, url }) => `"${shownText(name) ?? ''}" (${hostOf(url)})`).join(', ');
	return new NodeOperationError(
		context.getNode(),
		`No outbound webhook is free in Kustomer: an organization has ${MAX_WEBHOOKS}, and all are in use: ${names}. Delete one that is no longer needed in Kustomer under Settings > Platform > Outbound webhooks, or unpublish a workflow that has one. One Kustomer Trigger can receive all events, so workflows can share it.`,
	);
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'no address';
}

async function speaking<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => {
		throw toNodeError(error, { node: context.getNode() });
	});
}
