import { endpoints as access } from './routes/access';
import { endpoints as attachments } from './routes/attachments';
import { endpoints as conversations } from './routes/conversations';
import { endpoints as customers } from './routes/customers';
import type { Endpoint } from './routes/endpoint';
import { endpoints as messages } from './routes/messages';
import { endpoints as notes } from './routes/notes';
import { endpoints as outboundWebhooks } from './routes/outbound-webhooks';
import { endpoints as people } from './routes/people';
import { endpoints as routing } from './routes/routing';
import { endpoints as search } from './routes/search';
import { endpoints as settings } from './routes/settings';

/** Everything that the API answers. Exact paths stand in front of those with an id. */
export const ENDPOINTS: readonly Endpoint[] = [
	...access,
	...search,
	...customers,
	...conversations,
	...messages,
	...notes,
	...attachments,
	...people,
	...routing,
	...settings,
	...outboundWebhooks,
];
