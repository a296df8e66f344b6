/** `/v1/outbound-webhooks`: https://developer.kustomer.com/api/apps-platform/list-outbound-webhooks */
import { checkWebhookCreate, checkWebhookUpdate } from '../schemas/outbound-webhook';
import { EVENTS, webhookDocument } from '../webhooks/registry';
import { bodyOf, found, gone, idOf, made, type Endpoint } from './endpoint';
import { pageOf } from './paging';

export const endpoints: Endpoint[] = [
	{
		method: 'get',
		path: '/outbound-webhooks',
		access: 'webhookRead',
		handle: (call) => pageOf(call, [...call.store.outboundWebhooks.all.values()], webhookDocument),
	},
	{
		method: 'post',
		path: '/outbound-webhooks',
		access: 'webhookCreate',
		handle: (call) => {
			checkWebhookCreate(call.body);
			return made(webhookDocument(call.store.outboundWebhooks.create(bodyOf(call), call.userId)));
		},
	},
	{
		method: 'get',
		path: '/outbound-webhooks/events',
		access: 'webhookRead',
		// assumes: webhook-event-list
		handle: () => ({ status: 200, body: { data: EVENTS } }),
	},
	{
		method: 'get',
		path: '/outbound-webhooks/:id',
		access: 'webhookRead',
		handle: (call) => found(webhookDocument(call.store.outboundWebhooks.get(idOf(call)))),
	},
	{
		method: 'patch',
		path: '/outbound-webhooks/:id',
		access: 'webhookUpdate',
		handle: (call) => {
			const id = idOf(call);
			call.store.outboundWebhooks.get(id);
			checkWebhookUpdate(call.body);
			return found(webhookDocument(call.store.outboundWebhooks.update(id, bodyOf(call), call.userId)));
		},
	},
	{
		method: 'delete',
		path: '/outbound-webhooks/:id',
		access: 'webhookDelete',
		handle: (call) => {
			call.store.outboundWebhooks.delete(idOf(call));
			return gone;
		},
	},
];
