import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { KustomerClient } from '../../../lib/kustomer/client';
import { workOnItems } from '../../../lib/n8n/items';
import { createClient, type KustomerAuthentication } from '../../../lib/n8n/kustomer-client';
import { NodeParameters } from '../../../lib/n8n/parameters';
import * as conversation from './conversation/Conversation.resource';
import * as customer from './customer/Customer.resource';
import * as field from './field/Field.resource';
import * as message from './message/Message.resource';
import * as note from './note/Note.resource';
import type { ExecuteOperation } from './operation';
import * as recording from './recording/Recording.resource';
import * as session from './session/Session.resource';
import * as user from './user/User.resource';

type Operations = Record<string, { execute: ExecuteOperation } | undefined>;

const resources: Record<string, Operations | undefined> = {
	conversation: {
		create: conversation.create,
		findOpen: conversation.findOpen,
		get: conversation.get,
		getMany: conversation.getMany,
		update: conversation.update,
	},
	customer: {
		create: customer.create,
		findOrCreate: customer.findOrCreate,
		get: customer.get,
		getMany: customer.getMany,
		update: customer.update,
	},
	field: { createSessionFields: field.createSessionFields },
	message: { create: message.create, update: message.update },
	note: { create: note.create },
	recording: { upload: recording.upload },
	session: { log: session.log },
	user: { find: user.find },
};

/** Operations that find everything that an earlier run has done: one item that fails does not hold up the others. */
const REPEATABLE: ReadonlySet<string> = new Set(['recording.upload', 'session.log']);

/** Limits that the options of every operation hold. Seconds, as people enter them. */
type CommonOption = 'concurrency' | 'maxWait' | 'timeout';

const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 50;

/** Carries out the chosen operation for every item. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = this.getNodeParameter('operation', 0);
	const chosen = resources[resource]?.[operation];
	if (chosen === undefined) {
		throw new NodeOperationError(
			this.getNode(),
			`The operation '${operation}' of '${resource}' does not exist`,
			{
				description: 'Choose an operation from the list.',
			},
		);
	}

	const authentication = this.getNodeParameter('authentication', 0, 'apiKey') as KustomerAuthentication;
	// One by one: as a whole, n8n would also resolve the expressions of options that belong to single items.
	const option = (name: CommonOption) => this.getNodeParameter(`options.${name}`, 0, null) as unknown;
	const parameters = new NodeParameters(this);
	const items = this.getInputData();
	let client: Promise<KustomerClient> | undefined;

	const work = async (itemIndex: number) => {
		// Made with the first item, so that a credential that does not fit is reported like any other failure of an item.
		client ??= createClient(this, authentication, {
			timeoutMs: milliseconds(option('timeout')),
			maxWaitMs: milliseconds(option('maxWait')),
		});
		return await chosen.execute({
			client: await client,
			parameters: parameters.forItem(itemIndex),
			input: items[itemIndex]?.json ?? {},
			context: this,
		});
	};
	const prepare = (itemIndex: number) => parameters.resolveAhead(itemIndex);
	const tryAll = REPEATABLE.has(`${resource}.${operation}`);
	return [await workOnItems(this, concurrencyOf(option('concurrency')), work, prepare, tryAll)];
}

function concurrencyOf(option: unknown): number {
	const wanted = Number(option ?? DEFAULT_CONCURRENCY);
	return Number.isFinite(wanted) ? Math.min(Math.max(1, wanted), MAX_CONCURRENCY) : DEFAULT_CONCURRENCY;
}

function milliseconds(seconds: unknown): number | undefined {
	if (seconds === undefined || seconds === null || seconds === '') return undefined;
	const number = Number(seconds);
	return Number.isFinite(number) && number >= 0 ? number * 1000 : undefined;
}
