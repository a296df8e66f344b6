import type { INodeProperties } from 'n8n-workflow';

import { sessionFileName } from '../../../../lib/files/file-name';
import { extensionFor } from '../../../../lib/files/content-type';
import { saveFile } from '../../../../lib/n8n/http/save-file';
import { flagOf, optionOf } from '../../../../lib/n8n/panel/fields';
import { patienceFields, sessionFields } from '../../../../lib/n8n/panel/when-ready.fields';
import { WHEN_READY_OUTPUTS, resultsWhenReady } from '../../../../lib/n8n/run/when-ready';
import { lookForRecordings } from '../../../../lib/platforms/babelforce/ready-recordings';
import { outputField } from '../descriptions/output-field';
import { allowInternal, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { simpleRecording } from '../output';

export const option: OperationOption = {
	name: 'Get When Ready',
	action: 'Get recording when ready',
	description:
		'Get the recordings of a call that has ended, as files; those that are not stored yet leave by an output of their own, with the time of the next look',
};

export const notForAgents = 'It works with files, which an agent cannot handle.';

export const description: INodeProperties[] = [
	...sessionFields,
	...patienceFields,
	outputField,
	optionsCollection([
		allowInternal,
		{
			displayName: 'Wait if None Is Listed',
			name: 'waitIfNoneListed',
			type: 'boolean',
			default: false,
			description:
				'Whether to wait also when babelforce lists no recording for the call. Turn it on if your babelforce lists recordings late, and if every call is recorded: a call without one is an error then.',
		},
	]),
];

export const outputs = WHEN_READY_OUTPUTS;

export const repeatable = true;

export const execute: ExecuteOperation = async ({ client, parameters, input, context }) => {
	const isOn = (name: string, field: string) => flagOf(optionOf(parameters, name), field) === true;
	return await resultsWhenReady(
		{ parameters, input, context, now: client.clock.now() },
		async ({ session, event }) => {
			const look = await lookForRecordings(
				client,
				{
					session,
					event,
					waitIfNoneListed: isOn('waitIfNoneListed', 'Wait if None Is Listed'),
					allowInternal: isOn('allowInternal', 'Allow Internal Addresses'),
				},
				async (arriving) => {
					const { mimeType } = arriving;
					// Like the session, whichever of its legs was recorded (rule U5).
					const name = sessionFileName({
						channel: 'call',
						sessionId: session.id,
						extension: extensionFor(mimeType) ?? 'bin',
					});
					return await saveFile(context, arriving, name, mimeType);
				},
			);
			return {
				...look,
				files: look.files.map(({ key, get }) => ({
					key,
					get: async () => {
						const { recording, kept } = await get();
						return { json: { kind: 'recording', ...simpleRecording(recording) }, binary: kept };
					},
				})),
			};
		},
	);
};
