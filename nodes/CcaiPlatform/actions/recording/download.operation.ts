import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../../lib/platforms/ccaip/api/client';
import { CcaiPlatformError } from '../../../../lib/platforms/ccaip/api/errors';
import { downloadFile, type ArrivingFile } from '../../../../lib/platforms/ccaip/api/files/download';
import { contentTypeFor, extensionOf, nameFor } from '../../../../lib/platforms/ccaip/api/files/file-names';
import { recordingOf } from '../../../../lib/platforms/ccaip/api/files/session-files';
import { noRecordingYet } from '../../../../lib/platforms/ccaip/ready-files';
import { normalFormOf, SOURCE } from '../../../../lib/platforms/ccaip/normal-form';
import { getSession } from '../../../../lib/platforms/ccaip/api/resources/sessions';
import {
	sessionNameOf,
	sessionNumberOf,
	type SessionNumber,
} from '../../../../lib/platforms/ccaip/api/session-id';
import { cleanFileName } from '../../../../lib/files/file-name';
import { ResultWithFiles } from '../../../../lib/n8n/run/items';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { optionOf, requiredText } from '../../../../lib/n8n/panel/fields';
import { choiceOf, textOf } from '../../../../lib/n8n/panel/values';
import { sessionExternalId } from '../../../../lib/domain/external-id';
import { outputField } from '../descriptions/fields';
import { allowInternal, externalIdPrefix, optionsCollection } from '../descriptions/options';
import { saveFile } from '../../../../lib/n8n/http/save-file';
import type { ExecuteOperation, OperationOption } from '../operation';
import { prefixOf, sessionOf } from '../read';

export const option: OperationOption = {
	name: 'Download',
	action: 'Download recording',
	description: 'Download the recording or the voicemail of a call as a file',
};

export const notForAgents = 'It works with files, which an agent cannot handle.';

export const description: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'source',
		type: 'options',
		options: [
			{
				name: 'Address',
				value: 'url',
				description: 'An address that an event or a record has told',
			},
			{
				name: 'Call',
				value: 'call',
				description: 'Asks the platform for the call, and takes the address that it names',
			},
		],
		default: 'call',
		description: 'Where the recording is found',
	},
	{
		displayName: 'Recording URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://acme.uc1.ccaiplatform.com/...',
		displayOptions: { show: { source: ['url'] } },
		description:
			'The address of the recording. The credential goes along only when it is on the own host of CCAI Platform.',
	},
	{
		displayName: 'Call ID',
		name: 'callId',
		type: 'string',
		default: '={{ $json.session?.id }}',
		placeholder: 'e.g. 123 or call-123',
		description:
			'The number that CCAI Platform gave the call, with or without "call-" in front. For an address, it gives the file its name and may be empty.',
	},
	outputField,
	optionsCollection([
		allowInternal,
		externalIdPrefix,
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. call-123.mp3',
			description: 'Name of the file. When empty, as in external storage: call-123.mp3.',
		},
		{
			displayName: 'If There Is No Recording',
			name: 'whenMissing',
			type: 'options',
			options: [
				{
					name: 'Go On',
					value: 'goOn',
					description:
						'Return an item with "found: false" and no file, so that a later step can wait and look again',
				},
				{ name: 'Stop', value: 'stop', description: 'Report it' },
			],
			default: 'stop',
			description: 'What to do when the call has no recording, or not yet',
		},
	]),
];

/** Where the recording is, and what is known of its call. */
interface Found {
	url: string;
	kind: 'recording' | 'voicemail';
}

export const execute: ExecuteOperation = async ({ client, parameters, context }) => {
	const isFromUrl = choiceOf(parameters.get('source'), 'From', ['call', 'url']) === 'url';
	const call = isFromUrl ? optionalCall(parameters) : sessionOf(parameters, 'callId', 'call', 'Call ID');
	const name = call === undefined ? undefined : sessionNameOf(call);
	const facts: IDataObject =
		name === undefined
			? {}
			: {
					sessionId: name,
					externalId: sessionExternalId({ source: SOURCE, id: name }, prefixOf(parameters)),
				};
	const goesOn =
		choiceOf(optionOf(parameters, 'whenMissing'), 'If There Is No Recording', ['stop', 'goOn']) === 'goOn';
	const property = requiredText(parameters, 'binaryPropertyName', 'Put Output File in Field');
	const wantedName = cleanFileName(textOf(optionOf(parameters, 'fileName'), 'File Name'));

	const attempt = async () => {
		const found: Found =
			call === undefined || isFromUrl
				? { url: requiredText(parameters, 'url', 'Recording URL'), kind: 'recording' }
				: await findRecording(client, call);
		const describe = ({ contentType: told, path }: ArrivingFile) => {
			const contentType = contentTypeFor('recording', told, path);
			const usual =
				call === undefined
					? `recording.${extensionOf('recording', contentType)}`
					: nameFor(call, 'recording', contentType);
			return { fileName: wantedName ?? usual, contentType };
		};
		const { saved, size } = await downloadFile(
			client,
			{
				operation: `download the recording${name === undefined ? '' : ` of ${name}`}`,
				url: found.url,
				field: 'Recording URL',
				allowInternal: optionOf(parameters, 'allowInternal') === true,
			},
			async (file) => {
				const { fileName, contentType } = describe(file);
				return { fileName, contentType, binary: await saveFile(context, file, fileName, contentType) };
			},
		);
		const { fileName, contentType, binary } = saved;
		const json = { found: true, kind: found.kind, ...facts, fileName, contentType, size };
		return new ResultWithFiles(json, { [property]: binary });
	};
	return await attempt().catch((error: unknown) =>
		goesOn && error instanceof CcaiPlatformError && error.kind === 'notReady'
			? { found: false, ...facts, reason: error.message }
			: Promise.reject(error),
	);
};

function optionalCall(parameters: ItemParameters): SessionNumber | undefined {
	const written = textOf(parameters.get('callId'), 'Call ID');
	return written === undefined ? undefined : sessionNumberOf(written, 'call', 'Call ID');
}

/**
 * The address that the platform names for the call's recording.
 *
 * @throws {CcaiPlatformError} of the kind `notReady` when it names none
 */
async function findRecording(client: CcaiPlatformClient, call: SessionNumber): Promise<Found> {
	const read = normalFormOf(await getSession(client, call), 'call');
	const recording = 'reason' in read ? undefined : recordingOf(read.session);
	if (recording?.url !== undefined) {
		return { url: recording.url, kind: recording.kind === 'voicemail' ? 'voicemail' : 'recording' };
	}
	throw noRecordingYet(call);
}
