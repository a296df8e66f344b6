/** Queues, tags and custom attributes: what the organization has set up. */
import { badParameter, notFound } from '../errors';
import type { AttributeDefinition, CustomizableKind } from '../records';
import { checkMetadataUpdate } from '../schemas/metadata';
import { bodyOf, found, idOf, type Call, type Endpoint } from './endpoint';
import { pageOf } from './paging';

function kindOf(call: Call): CustomizableKind {
	const { kind = '' } = call.params;
	if (!(kind in call.store.definitions)) throw notFound('resource');
	return kind as CustomizableKind;
}

export const endpoints: Endpoint[] = [
	{
		method: 'get',
		path: '/routing/queues',
		access: 'queueRead',
		handle: (call) => pageOf(call, [...call.store.queues.values()], (queue) => call.documents.queue(queue)),
	},
	{
		method: 'get',
		path: '/routing/queues/:id',
		access: 'queueRead',
		handle: (call) => {
			const queue = call.store.queues.get(idOf(call));
			if (queue === undefined) throw notFound('id');
			return found(call.documents.queue(queue));
		},
	},
	{
		method: 'get',
		path: '/tags',
		access: 'tagRead',
		handle: (call) => {
			const { deleted } = call.query;
			if (deleted !== undefined && deleted !== 'true' && deleted !== 'false') {
				throw badParameter('deleted', 'Not one of: true, false');
			}
			const tags = [...call.store.tags.values()].filter(
				(tag) => deleted === undefined || tag.deleted === (deleted === 'true'),
			);
			return pageOf(call, tags, (tag) => call.documents.tag(tag));
		},
	},
	{
		method: 'get',
		path: '/metadata/:kind',
		access: 'metadataRead',
		handle: (call) => found(call.documents.metadata(kindOf(call))),
	},
	{
		method: 'put',
		path: '/metadata/:kind',
		access: 'metadataUpdate',
		handle: (call) => {
			const kind = kindOf(call);
			checkMetadataUpdate(call.body);
			const { properties } = bodyOf(call) as { properties?: Record<string, Partial<AttributeDefinition>> };
			if (properties !== undefined) call.store.putAttributes(kind, properties);
			return found(call.documents.metadata(kind));
		},
	},
];
