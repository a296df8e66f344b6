/** What the user has set in the panel, read with care: values may come from imported workflows. */
import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { TeamChoice } from '../../lib/agent-status/rules/team-choice';
import { tickedEvents } from '../../lib/kustomer/events/names';
import type { EventFilter } from '../../lib/kustomer/events/filter';
import { InputError } from '../../lib/http/errors';
import type { KustomerAuthentication } from '../../lib/n8n/kustomer/client';
import { teamByOf } from '../../lib/n8n/kustomer/team-choice.field';
import type { TriggerOn } from './outputs';

type Context = IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** Seconds between two looks at the agents' statuses. */
export const SHORTEST_INTERVAL = 5;
export const USUAL_INTERVAL = 15;
const LONGEST_INTERVAL = 24 * 60 * 60;

export function triggerOn(context: Context): TriggerOn {
	return read(context, 'triggerOn', 'events') === 'agentStatus' ? 'agentStatus' : 'events';
}

export function authenticationOf(context: Context): KustomerAuthentication {
	return read(context, 'authentication', 'apiKey') === 'oAuth2' ? 'oAuth2' : 'apiKey';
}

/** Settings for Kustomer's events. `ignoreOwn` becomes the filter's `ignoreBy` once the user is known. */
export interface EventSettings {
	filter: EventFilter;
	ignoreOwn: boolean;
	simplify: boolean;
	raw: boolean;
}

export function eventSettings(context: Context): EventSettings {
	const options = optionsOf(context);
	return {
		filter: {
			events: tickedEvents(read(context, 'events', [])),
			changedFields: fieldList(options.changedFields),
			changedTo: changedTo(options.changedTo),
		},
		ignoreOwn: options.ignoreOwnChanges === true,
		simplify: read(context, 'simplify', true) !== false,
		raw: options.includeRaw === true,
	};
}

/** Settings for status changes. */
export interface StatusSettings extends TeamChoice {
	intervalMs: number;
	emitAtStart: boolean;
	acceptPushes: boolean;
	/** Whether the last look is kept by n8n, so that a restart finds out what has changed meanwhile. */
	keepMemory: boolean;
}

/** @throws {InputError} when the interval is no number or too short, or an option is none of its values */
export function statusSettings(context: Context): StatusSettings {
	const seconds = Number(read(context, 'interval', USUAL_INTERVAL));
	if (!(seconds >= SHORTEST_INTERVAL && seconds <= LONGEST_INTERVAL)) {
		throw new InputError(
			'interval',
			`The parameter 'Interval' must be a number of seconds from ${SHORTEST_INTERVAL} to ${LONGEST_INTERVAL}.`,
			'Shorter intervals would use up the request limit of the organization.',
		);
	}
	const options = optionsOf(context);
	const teams = read(context, 'teams', []);
	return {
		intervalMs: Math.round(seconds * 1000),
		teams: Array.isArray(teams)
			? teams.filter((team): team is string => typeof team === 'string' && team !== '')
			: [],
		teamBy: teamByOf(options.teamBy),
		emitAtStart: options.emitAtStart === true,
		acceptPushes: read(context, 'acceptPushes', false) === true,
		keepMemory: options.keepMemory !== false,
	};
}

function read(context: Context, name: string, fallback: unknown): unknown {
	// The signatures differ in what comes between name and fallback; for items it is their index.
	return 'getInputData' in context
		? (context as IExecuteFunctions).getNodeParameter(name, 0, fallback)
		: (context as ITriggerFunctions).getNodeParameter(name, fallback);
}

function optionsOf(context: Context): IDataObject {
	const options = read(context, 'options', {});
	return typeof options === 'object' && options !== null ? (options as IDataObject) : {};
}

function fieldList(value: unknown): string[] {
	const text = Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : '';
	return [...new Set(text.split(/[,;\n]/).map((field) => field.trim()))].filter((field) => field !== '');
}

function changedTo(value: unknown): EventFilter['changedTo'] {
	const rows = typeof value === 'object' && value !== null ? (value as IDataObject).rows : undefined;
	if (!Array.isArray(rows)) return [];
	return rows.flatMap((row) => {
		const { field, value: wanted } = (row ?? {}) as IDataObject;
		if (typeof field !== 'string' || field.trim() === '') return [];
		return [{ field: field.trim(), value: wanted === null || wanted === undefined ? '' : String(wanted) }];
	});
}
