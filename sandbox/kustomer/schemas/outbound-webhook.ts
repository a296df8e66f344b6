import { EVENTS } from '../webhooks/registry';
import { boolean, exactly, list, oneOf, set, text } from './build';
import { check } from './validate';

const fields = {
	name: text(255, 1),
	url: { type: 'string', format: 'uri', pattern: '^https://' },
	events: { ...set(oneOf(...EVENTS), 12), minItems: 1 },
	headers: list(exactly({ name: text(undefined, 1), value: text() }, ['name', 'value'])),
	enabled: boolean,
};

/** `POST /v1/outbound-webhooks` */
export const checkWebhookCreate = check(exactly(fields, ['name', 'url', 'events']));

/** `PATCH /v1/outbound-webhooks/{id}` */
export const checkWebhookUpdate = check(exactly(fields));
