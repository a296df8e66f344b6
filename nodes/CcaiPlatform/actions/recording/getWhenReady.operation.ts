import type { INodeProperties } from 'n8n-workflow';

import { saveFile } from '../../../../lib/n8n/http/save-file';
import { flagOf, optionOf } from '../../../../lib/n8n/panel/fields';
import { patienceFields, sessionFields } from '../../../../lib/n8n/panel/when-ready.fields';
import { present } from '../../../../lib/n8n/run/present';
import { WHEN_READY_OUTPUTS, resultsWhenReady } from '../../../../lib/n8n/run/when-ready';
import { sessionNumberOf } from '../../../../lib/platforms/ccaip/api/session-id';
import { lookForFiles } from '../../../../lib/platforms/ccaip/ready-files';
import { outputField } from '../descriptions/fields';
import { allowInternal, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Get When Ready',
	action: 'Get recording when ready',
	description:
		'Get the recording, photos and videos of a session that has ended, as files; what is not ready yet leaves by an output of its own, with the time of the next look',
};

export const notForAgents = 'It works with files, which an agent cannot handle.';

export const description: INodeProperties[] = [
	...sessionFields,
	...patienceFields,
	outputField,
	optionsCollection([
		allowInternal,
		{
			displayName: 'Every Call Is Recorded',
			name: 'isExpected',
			type: 'boolean',
			default: true,
			description:
				'Whether it is an error when an answered call has no recording after all. Off, such calls leave by None.',
		},
	]),
];

export const outputs = WHEN_READY_OUTPUTS;

export const repeatable = true;

export const execute: ExecuteOperation = async ({ client, parameters, input, context }) =>
	await resultsWhenReady({ parameters, input, context, now: client.clock.now() }, async ({ session }) => {
		const look = await lookForFiles(
			client,
			{
				session: sessionNumberOf(session.id, undefined, 'Session'),
				isExpected: flagOf(optionOf(parameters, 'isExpected'), 'Every Call Is Recorded') ?? true,
				allowInternal: flagOf(optionOf(parameters, 'allowInternal'), 'Allow Internal Addresses') === true,
			},
			async (file, fileName, contentType) => await saveFile(context, file, fileName, contentType),
		);
		return {
			...look,
			files: look.files.map(({ key, get }) => ({
				key,
				get: async () => {
					const { kept, ...facts } = await get();
					return { json: present({ ...facts }), binary: kept };
				},
			})),
		};
	});
