import type { IBinaryData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../../lib/domain/record';
import { requiredText } from '../../../../lib/n8n/panel/fields';
import { ResultForOutput, type ItemOutcome } from '../../../../lib/n8n/run/items';
import { metadataIn } from '../../../../lib/platforms/ccaip/external-storage/content';
import { SOURCE_PROBLEM, UNREADABLE } from '../../../../lib/platforms/ccaip/external-storage/results';
import type { ExecuteLocally, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Read',
	action: 'Read storage files',
	description:
		'Sort files that were downloaded: metadata become sessions to log, other files go on as they are, and what could not be fetched is kept apart',
};

export const notForAgents = 'It is one of several steps of a workflow, and says nothing alone.';

export const description: INodeProperties[] = [
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field with the file',
		description: 'Name of the binary field of the item that holds the file',
	},
];

/** The order is public. */
export const outputs = ['Metadata', 'Files', 'Others'];
const METADATA = 0;
const FILES = 1;
const OTHERS = 2;

export const executeLocally: ExecuteLocally = async ({ context, inputs, parametersOf }) => {
	const outcomes: ItemOutcome[] = [];
	// One after the other: the content of metadata is held in memory while it is read.
	for (const [item, input] of inputs.entries()) {
		const field = requiredText(parametersOf(item), 'binaryPropertyName', 'Input Binary Field');
		outcomes.push({ item, result: await sorted(context, item, input, field) });
	}
	return outcomes;
};

async function sorted(
	context: IExecuteFunctions,
	item: number,
	input: IDataObject,
	field: string,
): Promise<ResultForOutput> {
	const { todo, file, externalId } = input;
	if (input.error !== undefined) return failed(input, input.details ?? input.error);
	const binary = context.getInputData()[item]?.binary;
	if (todo === 'link') return new ResultForOutput(input, FILES);
	if (!isRecord(file) || (todo !== 'metadata' && todo !== 'file')) return new ResultForOutput(input, OTHERS);
	const content = binary !== undefined && Object.hasOwn(binary, field) ? binary[field] : undefined;
	if (content === undefined) return failed(input, `No file was downloaded into '${field}'.`);
	if (todo === 'file') return new ResultForOutput(input, FILES, { [field]: content });

	const bytes = await bytesOf(context, item, field, content).catch(() => undefined);
	if (bytes === undefined) return failed(input, 'n8n does not have the file any more.');
	// Its size was listed a moment ago: what has another one is still being written, or the download broke off.
	if (bytes.byteLength !== file.size) {
		return failed(input, {
			kind: 'fileLength',
			message: `The file has ${bytes.byteLength} bytes, not ${String(file.size)} as listed: it is still being written, or was cut off.`,
		});
	}
	const read = metadataIn(bytes.toString('utf8'), String(file.session));
	if ('reason' in read) return failed(input, { kind: UNREADABLE, message: read.reason });
	return new ResultForOutput({ session: read.session as IDataObject, externalId, file }, METADATA);
}

async function bytesOf(
	context: IExecuteFunctions,
	item: number,
	field: string,
	{ id, data }: IBinaryData,
): Promise<Buffer> {
	return id === undefined
		? Buffer.from(data, 'base64')
		: await context.helpers.getBinaryDataBuffer(item, field);
}

/** A file that could not be had, with what was said about it. */
function failed(input: IDataObject, reason: unknown): ResultForOutput {
	const { todo, file, externalId } = input;
	const { kind, message, description: advice } = isRecord(reason) ? reason : { message: reason };
	const error: IDataObject = {
		kind: typeof kind === 'string' ? kind : SOURCE_PROBLEM,
		message: typeof message === 'string' && message !== '' ? message : 'The file could not be fetched.',
		...(typeof advice === 'string' ? { description: advice } : {}),
	};
	return new ResultForOutput({ todo, file, externalId, error } as IDataObject, OTHERS);
}
