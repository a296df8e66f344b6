/** How the operation Recording: Get When Ready of every platform's node works on one item. */
import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { sessionExternalId } from '../../domain/external-id';
import type { Session } from '../../domain/session';
import { readSession } from '../../domain/session-shape';
import { isoTime } from '../../domain/time';
import { waitingFrom } from '../../domain/waiting';
import { getWhenReady, whyNothingToGet, type Look } from '../../platforms/get-when-ready';
import { requiredText } from '../panel/fields';
import type { ItemParameters } from '../panel/parameters';
import { objectOf, textOf } from '../panel/values';
import { patienceOf } from '../panel/when-ready.fields';
import { ResultForOutput, ResultWithFiles, type ItemResult } from './items';
import { present } from './present';

/** Labels of the outputs. Their order is public. */
export const WHEN_READY_OUTPUTS = ['Ready', 'Not Yet', 'None'] as const;
const NOT_YET = 1;
const NONE = 2;

/** A file that n8n keeps, and what is told of it. */
export interface GotFile {
	json: IDataObject;
	binary: IBinaryData;
}

/** What one item of the operation is given. */
export interface WhenReadyCall {
	parameters: ItemParameters;
	input: IDataObject;
	context: IExecuteFunctions;
	/** Milliseconds since the epoch. */
	now: number;
}

/** What is to be looked for. */
export interface AskedSession {
	session: Session;
	/** The kind of event that the item is, when it is one. */
	event?: string;
}

/**
 * Looks for the files of the item's session. What waits carries in itself since when, and what was handed on; an item that
 * has its file already, because Kustomer could not take it yet, passes.
 *
 * @param look asks the platform
 * @throws what the platform said, when waiting does not help or the time is over
 */
export async function resultsWhenReady(
	{ parameters, input, context, now }: WhenReadyCall,
	look: (asked: AskedSession) => Promise<Look<GotFile>>,
): Promise<ItemResult[]> {
	const property = requiredText(parameters, 'binaryPropertyName', 'Put Output File in Field');
	const files = context.getInputData()[parameters.itemIndex]?.binary;
	if (input.ready === true && files?.[property] !== undefined) return [new ResultWithFiles(input, files)];

	const event = typeof input.event === 'string' ? input.event : undefined;
	const session = readSession(objectOf(parameters.get('session'), 'Session'));
	if (session === undefined) return [none('This item is about no session.')];
	const facts = {
		externalId: textOf(parameters.get('externalId'), 'External ID') ?? sessionExternalId(session),
		sessionId: session.id,
	};
	const nothing = whyNothingToGet(session, event);
	if (nothing !== undefined) return [none(nothing, facts)];

	const began = session.endedAt ?? isoTime(input.occurredAt) ?? isoTime(input.receivedAt);
	const waiting = waitingFrom(input.waiting, began ?? new Date(now).toISOString(), patienceOf(parameters));
	const { got, again, ...rest } = await getWhenReady(async () => await look({ session, event }), {
		waiting,
		handedOn: Array.isArray(input.handedOn) ? input.handedOn.map(String) : [],
		now,
	});
	return [
		...got.map(
			({ json, binary }) =>
				new ResultWithFiles(present({ ready: true, ...facts, ...json, waiting: { ...waiting } }), {
					[property]: binary,
				}),
		),
		...(again === undefined
			? []
			: [new ResultForOutput({ ...input, ...again, waiting: { ...waiting } }, NOT_YET)]),
		...(rest.none === undefined ? [] : [none(rest.none, facts)]),
	];
}

function none(reason: string, facts: IDataObject = {}): ResultForOutput {
	return new ResultForOutput({ ...facts, reason }, NONE);
}
