/** Reads the parameters that several operations share. Field names are those that the panel shows. */
import type { Agent, Recording } from '../../../lib/platforms/babelforce/api/documents';
import {
	getAgent,
	getAgentByEmail,
	getAgentBySource,
} from '../../../lib/platforms/babelforce/api/resources/agents';
import { getRecording, recordingsOfCall } from '../../../lib/platforms/babelforce/api/resources/recordings';
import type { BabelforceError } from '../../../lib/platforms/babelforce/api/errors';
import { plainId } from '../../../lib/platforms/babelforce/api/ids';
import { noRecordingYet } from '../../../lib/platforms/babelforce/ready-recordings';
import { choiceOf } from '../../../lib/n8n/panel/values';
import { flagOf, optionOf, requiredLocator } from '../../../lib/n8n/panel/fields';
import type { OperationCall } from './operation';

/** A time as seconds since the epoch. */
export function secondsOf(time: string | undefined): number | undefined {
	return time === undefined ? undefined : Math.floor(Date.parse(time) / 1000);
}

/** Whether the option says to go on when there is no recording yet. */
export function goesOn({ parameters }: OperationCall): boolean {
	return choiceOf(optionOf(parameters, 'whenMissing'), 'If There Is None Yet', ['stop', 'goOn']) === 'goOn';
}

/** The agent that the parameter `agent` names. */
export async function agentNamed({ client, parameters }: OperationCall): Promise<Agent> {
	const { mode, value } = requiredLocator(parameters, 'agent', 'Agent');
	if (mode === 'email') return await getAgentByEmail(client, value);
	return mode === 'sourceId' ? await getAgentBySource(client, value) : await getAgent(client, value);
}

/** Whether the option says to set something also during calls. */
export function setsDuringCalls({ parameters }: OperationCall): boolean {
	return flagOf(optionOf(parameters, 'duringCalls'), 'Set During Calls') === true;
}

/** The recordings that the parameter `recording` names. */
export async function recordingsNamed({ client, parameters }: OperationCall): Promise<Recording[]> {
	const { mode, value } = requiredLocator(parameters, 'recording', 'Recording');
	if (mode === 'call') return await recordingsOfCall(client, value);
	return [await getRecording(client, value)];
}

/** The error for a call without a recording. */
export function noRecording({ parameters }: OperationCall): BabelforceError {
	return noRecordingYet(plainId(requiredLocator(parameters, 'recording', 'Recording').value));
}
