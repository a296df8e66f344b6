import type { INodeProperties } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../../lib/platforms/ccaip/api/client';
import { unexpectedAnswerError } from '../../../../lib/platforms/ccaip/api/errors';
import { downloadSessionFile } from '../../../../lib/platforms/ccaip/api/files/session-download';
import {
	MEDIA_KINDS,
	mediaOf,
	type MediaKind,
	type Medium,
} from '../../../../lib/platforms/ccaip/api/files/session-files';
import { normalFormOf } from '../../../../lib/platforms/ccaip/normal-form';
import { getSession } from '../../../../lib/platforms/ccaip/api/resources/sessions';
import { sessionNameOf, type SessionNumber } from '../../../../lib/platforms/ccaip/api/session-id';
import { FailedPart, ResultWithFiles } from '../../../../lib/n8n/run/items';
import { optionOf, requiredText } from '../../../../lib/n8n/panel/fields';
import { choicesOf } from '../../../../lib/n8n/panel/values';
import { outputField } from '../descriptions/fields';
import { allowInternal, externalIdPrefix, optionsCollection } from '../descriptions/options';
import { saveFile } from '../../../../lib/n8n/http/save-file';
import type { ExecuteOperation, OperationOption } from '../operation';
import { prefixOf, sessionOf } from '../read';

export const option: OperationOption = {
	name: 'Download',
	action: 'Download media',
	description: 'Download the photos and videos that the customer shared in a call or chat, one item per file',
};

export const notForAgents = 'It works with files, which an agent cannot handle.';

export const description: INodeProperties[] = [
	{
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'string',
		default: '={{ $json.session?.id }}',
		required: true,
		placeholder: 'e.g. call-123 or chat-987',
		description: 'The call or chat, with "call-" or "chat-" in front of its number',
	},
	{
		displayName: 'Media',
		name: 'media',
		type: 'multiOptions',
		options: [
			{ name: 'Photos', value: 'photo' },
			{ name: 'Videos', value: 'video' },
		],
		default: ['photo', 'video'],
		required: true,
		description: 'Which files to download. A session without any gives no item.',
	},
	outputField,
	optionsCollection([allowInternal, externalIdPrefix]),
];

export const execute: ExecuteOperation = async ({ client, parameters, context }) => {
	const wanted = sessionOf(parameters, 'sessionId', undefined, 'Session ID');
	const kinds = choicesOf(parameters.get('media'), 'Media', MEDIA_KINDS) ?? [];
	const property = requiredText(parameters, 'binaryPropertyName', 'Put Output File in Field');
	const isInternalAllowed = optionOf(parameters, 'allowInternal') === true;
	const { externalId, media } = await findMedia(client, wanted, kinds, prefixOf(parameters));
	const name = sessionNameOf(wanted);

	const download = async ({ kind, id, url }: Medium): Promise<ResultWithFiles> => {
		const { kept, fileName, contentType, size } = await downloadSessionFile(
			client,
			{ session: wanted, kind, id, url, allowInternal: isInternalAllowed },
			async (file, as, type) => await saveFile(context, file, as, type),
		);
		const json = { kind, id, sessionId: name, externalId, fileName, contentType, size };
		return new ResultWithFiles(json, { [property]: kept });
	};

	const items: Array<ResultWithFiles | FailedPart> = [];
	// One after the other, because each of them may be large. One that is lost takes no other with it.
	for (const medium of media) {
		items.push(await download(medium).catch((error: unknown) => new FailedPart(error)));
	}
	return items;
};

async function findMedia(
	client: CcaiPlatformClient,
	wanted: SessionNumber,
	kinds: MediaKind[],
	prefix: string,
): Promise<{ externalId: string; media: Medium[] }> {
	const read = normalFormOf(await getSession(client, wanted), wanted.kind, prefix);
	if ('reason' in read) {
		throw unexpectedAnswerError(`read ${sessionNameOf(wanted)}`, read.reason.replace(/\.$/, ''));
	}
	return { externalId: read.externalId, media: mediaOf(read.session, kinds) };
}
