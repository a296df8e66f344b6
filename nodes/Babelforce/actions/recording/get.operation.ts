import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../../../lib/n8n/panel/output-fields';
import { recordingLocator } from '../descriptions/locators';
import { optionsCollection, whenMissing } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleRecording } from '../output';
import { goesOn, noRecording, recordingsNamed } from '../read';

export const option: OperationOption = {
	name: 'Get',
	action: 'Get recording',
	description: 'Get what babelforce knows of a recording, and whether it can be downloaded',
};

export const notForAgents = 'Recordings hold what customers have said, and agents are not offered them.';

export const description: INodeProperties[] = [
	recordingLocator,
	simplify,
	optionsCollection([{ ...whenMissing, description: 'What to do when the call has no recording' }]),
];

export const execute: ExecuteOperation = async (call) => {
	const recordings = await recordingsNamed(call);
	if (recordings.length > 0) {
		return recordings.map((recording) => result(call.parameters, recording, simpleRecording));
	}
	if (goesOn(call)) return { ...call.input, ready: false };
	throw noRecording(call);
};
