/**
 * Which of an organization's few outbound webhooks is ours, and what has to be done to have the one that is needed: pure.
 *
 * A webhook carries a header with the n8n instance, workflow and node that it was made for. Only what carries exactly
 * the own one, and leads to the same host, is ever changed or deleted. The host counts because a copy of an n8n (a
 * restored backup, a test instance) has the same ids: it must not take the original's webhook away.
 */
import type { OutboundWebhook, OutboundWebhookInput } from '../resources/outbound-webhooks';

/** The header that says whose webhook it is. Kustomer also sends it with every event. */
export const OWNER_HEADER = 'X-n8n-Trigger';

/** Milliseconds after which a webhook for a test run has been forgotten: n8n ends test runs after minutes. */
const TEST_IS_OVER_AFTER = 60 * 60_000;

/** Whose webhook is wanted, and what it should be like. */
export interface WantedWebhook {
	/** Instance, workflow and node. */
	owner: string;
	/** For test runs in the editor, which have a URL of their own. */
	isTest: boolean;
	name: string;
	url: string;
	/** In Kustomer's words. */
	events: readonly string[];
}

/** What to do. */
export interface WebhookPlan {
	/** Ours, to be kept. */
	keep?: OutboundWebhook;
	/** What to change about it; undefined when it is right. */
	change?: Partial<OutboundWebhookInput>;
	/** Ours, left over. */
	remove: OutboundWebhook[];
	/** Not ours, but with our URL: what they send is refused, because it is signed with another token. */
	strangers: OutboundWebhook[];
}

/** @param now milliseconds since the epoch */
export function planWebhook(
	webhooks: readonly OutboundWebhook[],
	wanted: WantedWebhook,
	now: number,
): WebhookPlan {
	const ours = webhooks.filter((webhook) => isOurs(webhook, wanted.owner, wanted.url));
	const fitting = ours.filter((webhook) => isTestWebhook(webhook) === wanted.isTest);
	const keep = fitting.find(({ url }) => url === wanted.url) ?? fitting[0];
	return {
		keep,
		change: keep === undefined ? undefined : changeOf(keep, wanted),
		remove: ours.filter(
			(webhook) =>
				webhook !== keep && (fitting.includes(webhook) || (isTestWebhook(webhook) && isOver(webhook, now))),
		),
		strangers: webhooks.filter((webhook) => webhook.url === wanted.url && !ours.includes(webhook)),
	};
}

/** Ours with exactly this URL: what is deleted when the workflow is unpublished or a test run ends. */
export function ownWebhooksAt(
	webhooks: readonly OutboundWebhook[],
	owner: string,
	url: string,
): OutboundWebhook[] {
	return webhooks.filter((webhook) => webhook.url === url && isOurs(webhook, owner, url));
}

/** What a new webhook is created with. */
export function newWebhook({ owner, isTest, name, url, events }: WantedWebhook): OutboundWebhookInput {
	return {
		name,
		url,
		events: [...events],
		headers: [{ name: OWNER_HEADER, value: isTest ? `${owner}${TEST_MARK}` : owner }],
		enabled: true,
	};
}

const TEST_MARK = '/test';

function ownerOf({ headers }: OutboundWebhook): string | undefined {
	return headers.find(({ name }) => name.toLowerCase() === OWNER_HEADER.toLowerCase())?.value;
}

function isTestWebhook(webhook: OutboundWebhook): boolean {
	return ownerOf(webhook)?.endsWith(TEST_MARK) === true;
}

function isOurs(webhook: OutboundWebhook, owner: string, url: string): boolean {
	const marked = ownerOf(webhook);
	return (marked === owner || marked === `${owner}${TEST_MARK}`) && sameHost(webhook.url, url);
}

function sameHost(one: string, other: string): boolean {
	return URL.canParse(one) && URL.canParse(other) && new URL(one).host === new URL(other).host;
}

function isOver({ createdAt }: OutboundWebhook, now: number): boolean {
	return createdAt !== undefined && now - Date.parse(createdAt) > TEST_IS_OVER_AFTER;
}

function changeOf(
	webhook: OutboundWebhook,
	wanted: WantedWebhook,
): Partial<OutboundWebhookInput> | undefined {
	const change: Partial<OutboundWebhookInput> = {};
	if (webhook.url !== wanted.url) change.url = wanted.url;
	if (webhook.name !== wanted.name) change.name = wanted.name;
	if ([...webhook.events].sort().join() !== [...wanted.events].sort().join())
		change.events = [...wanted.events];
	// Kustomer switches a webhook off after an hour of failures.
	if (!webhook.enabled || webhook.isError) change.enabled = true;
	return Object.keys(change).length === 0 ? undefined : change;
}
