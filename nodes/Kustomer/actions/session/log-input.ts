import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../../../lib/domain/record';
import { cutText } from '../../../../lib/domain/session-shape';
import { toDateTime } from '../../../../lib/domain/time';
import { fieldsOf, flagOf, type Fields } from '../../../../lib/n8n/panel/fields';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { inZone, textOf, timeOf } from '../../../../lib/n8n/panel/values';
import { logSettingsOf } from '../../../../lib/n8n/session-log/log-settings';
import type { LogSessionInput } from '../../../../lib/session-log/inputs';
import { sessionOf } from './read-session';

/**
 * What the panel says about one item.
 *
 * @param input the item, for the time at which its event happened
 * @throws {InputError} for the first field with a value that cannot be meant
 */
export function logInputOf(parameters: ItemParameters, input: IDataObject): LogSessionInput {
	const options = fieldsOf(parameters.get('options'));
	const { session, observedAt } = sessionOf(parameters.get('session'));
	return {
		...logSettingsOf(parameters, options),
		session,
		externalId: textOf(parameters.get('externalId'), 'External ID'),
		event: typeof input.event === 'string' ? input.event : undefined,
		// Session: Read Mail names the mail.
		byMail: typeof input.mail === 'string',
		notUnderstood: notUnderstoodIn(input),
		observedAt: observedAtOf(options, input, parameters.timezone) ?? observedAt,
		dryRun: flagOf(parameters.get('dryRun'), 'Dry Run') ?? false,
	};
}

/** The fields that the trigger did not understand. */
function notUnderstoodIn({ notUnderstood }: IDataObject): string[] | undefined {
	if (!Array.isArray(notUnderstood)) return undefined;
	return (notUnderstood as unknown[])
		.slice(0, MOST_FIELDS)
		.flatMap((one) =>
			isRecord(one) && typeof one.field === 'string' ? [cutText(one.field, LONGEST_NAME)] : [],
		);
}

const MOST_FIELDS = 50;
const LONGEST_NAME = 100;

/** The time that is given; else when the trigger says that it happened, or that it arrived. */
function observedAtOf(options: Fields, input: IDataObject, timezone: string): string | undefined {
	return (
		timeOf(options.observedAt, 'Time of the Event', timezone) ??
		toDateTime(inZone(input.occurredAt, timezone)) ??
		toDateTime(inZone(input.receivedAt, timezone))
	);
}
