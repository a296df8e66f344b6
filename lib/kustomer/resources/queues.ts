import type { KustomerClient } from '../client';
import type { Queue } from '../documents';

/** Routing queues of the organization: https://developer.kustomer.com/api/queues-and-routing */
export function listQueues(client: KustomerClient, options: { limit?: number } = {}): Promise<Queue[]> {
	return client.list<Queue>({ operation: 'queue.list', path: ['routing', 'queues'], limit: options.limit });
}
