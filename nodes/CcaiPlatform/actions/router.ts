import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../lib/ccai-platform/client';
import { workOnItems } from '../../../lib/n8n/items';
import { NodeParameters } from '../../../lib/n8n/parameters';
import { createClient } from '../transport/client';
import { saveFile } from '../transport/save-file';
import * as media from './media/Media.resource';
import type { ExecuteOperation } from './operation';
import * as recording from './recording/Recording.resource';
import * as session from './session/Session.resource';

type Operations = Record<string, { execute: ExecuteOperation } | undefined>;

const resources: Record<string, Operations | undefined> = {
	media: { download: media.download },
	recording: { download: recording.download },
	session: { getCall: session.getCall, getChat: session.getChat, getMany: session.getMany },
};

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
			{ description: 'Choose an operation from the list.' },
		);
	}

	const option = (name: CommonOption) => this.getNodeParameter(`options.${name}`, 0, null) as unknown;
	const parameters = new NodeParameters(this);
	let client: Promise<CcaiPlatformClient> | undefined;

	const work = async (itemIndex: number) => {
		// Made with the first item, so that a credential that does not fit is reported like any other failure of an item.
		client ??= createClient(this, {
			timeoutMs: milliseconds(option('timeout')),
			maxWaitMs: milliseconds(option('maxWait')),
		});
		return await chosen.execute({
			client: await client,
			parameters: parameters.forItem(itemIndex),
			save: saveFile.bind(undefined, this),
		});
	};
	const prepare = (itemIndex: number) => parameters.resolveAhead(itemIndex);
	return [await workOnItems(this, concurrencyOf(option('concurrency')), work, prepare)];
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
