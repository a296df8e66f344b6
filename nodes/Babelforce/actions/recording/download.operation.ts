import type { INodeProperties } from 'n8n-workflow';

import type { Recording } from '../../../../lib/platforms/babelforce/api/documents';
import { downloadRecording, type OpenFile } from '../../../../lib/platforms/babelforce/api/download';
import { BabelforceError } from '../../../../lib/platforms/babelforce/api/errors';
import { cleanFileName } from '../../../../lib/files/file-name';
import { saveFile } from '../../../../lib/n8n/http/save-file';
import { ResultWithFiles, type ItemResult } from '../../../../lib/n8n/run/items';
import { textOf } from '../../../../lib/n8n/panel/values';
import { fieldsOf, flagOf } from '../../../../lib/n8n/panel/fields';
import { recordingLocator } from '../descriptions/locators';
import { allowInternal, optionsCollection, whenMissing } from '../descriptions/options';
import { outputField } from '../descriptions/output-field';
import type { ExecuteOperation, OperationCall, OperationOption } from '../operation';
import { simpleRecording } from '../output';
import { goesOn, noRecording, recordingsNamed } from '../read';

export const option: OperationOption = {
	name: 'Download',
	action: 'Download recording',
	description: 'Get the audio of a recording as a file',
};

export const notForAgents = 'It works with files, which an agent cannot handle.';

export const description: INodeProperties[] = [
	recordingLocator,
	outputField,
	optionsCollection([
		allowInternal,
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. call-7c3f9a2e.wav',
			description: 'Another name than "call-", the ID of the call and the ending for its format',
		},
		whenMissing,
	]),
];

export const execute: ExecuteOperation = async (call) => {
	const recordings = await recordingsNamed(call);
	if (recordings.length === 0) {
		if (goesOn(call)) return notReady(call);
		throw noRecording(call);
	}
	const results: ItemResult[] = [];
	// One after the other: how many files are on their way at once is a matter of the items.
	for (const recording of recordings) {
		results.push(
			await download(call, recording).catch((error: unknown) =>
				error instanceof BabelforceError && error.kind === 'notReady' && goesOn(call)
					? { ...notReady(call), ...simpleRecording(recording) }
					: Promise.reject(error),
			),
		);
	}
	return results;
};

function notReady({ input }: OperationCall) {
	return { ...input, ready: false };
}

async function download(call: OperationCall, recording: Recording): Promise<ResultWithFiles> {
	const { client, parameters, context } = call;
	const field = textOf(parameters.get('binaryPropertyName'), 'Put Output File in Field') ?? 'data';
	const options = fieldsOf(parameters.get('options'));
	const ownName = cleanFileName(textOf(options.fileName, 'File Name'));
	const isInternalAllowed = flagOf(options.allowInternal, 'Allow Internal Addresses') === true;

	const store = async (arriving: OpenFile) => {
		const { name, mimeType } = arriving;
		return await saveFile(context, arriving, ownName ?? name, mimeType);
	};
	const file = await downloadRecording(client, recording, store, isInternalAllowed);
	return new ResultWithFiles(simpleRecording(recording), { [field]: file });
}
