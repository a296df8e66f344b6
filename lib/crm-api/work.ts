/** One request on its way to an answer, and what the endpoints give back. */
import type { KustomerClient } from '../kustomer/client';
import type { LogSessionResult } from '../session-log/inputs';
import { PARAMETERS, type ParameterName, type Told, type Unread } from './parameters';
import type { AnswerBody, CrmApiAnswer, CrmApiItem, CrmApiRequest, CrmApiSettings } from './request';
import type { NamedSession } from './variables';

/** A request that was read. */
export interface Work {
	client: KustomerClient;
	settings: CrmApiSettings;
	request: CrmApiRequest;
	told: Told;
	/** What was sent and cannot be read. */
	unread: readonly Unread[];
	/** The session that it names. */
	named: NamedSession | undefined;
}

/** What an endpoint gives back. */
export interface Answered {
	status: CrmApiAnswer['status'];
	body: AnswerBody;
	item: Omit<CrmApiItem, 'endpoint' | 'requests'>;
}

/** Carries out one request. */
export type Handler = (work: Work) => Promise<Answered>;

/** A request that is refused, in words for the administrator. Holds no value that was sent. */
export class Refusal extends Error {
	constructor(
		readonly status: Extract<CrmApiAnswer['status'], 404 | 409 | 413 | 422>,
		/** One or two sentences: what is wrong, which parameter, what to do. */
		message: string,
	) {
		super(message);
		this.name = 'Refusal';
	}
}

/**
 * The value of a parameter that the endpoint cannot do without.
 *
 * @throws {Refusal} that says why there is none
 */
export function needed<Name extends ParameterName>(
	{ told, unread }: Pick<Work, 'told' | 'unread'>,
	...names: readonly [Name, ...Name[]]
): NonNullable<Told[Name]> {
	for (const name of names) {
		const value = told[name];
		if (value !== undefined) return value as NonNullable<Told[Name]>;
	}
	throw new Refusal(422, missing(unread, names));
}

/** The sentence about parameters of which one is needed and none was understood. */
export function missing(unread: readonly Unread[], names: readonly ParameterName[]): string {
	const wrong = unread.find(({ parameter }) => names.includes(parameter));
	if (wrong !== undefined) return `The parameter '${wrong.parameter}' ${wrong.why}.`;
	const [first, ...others] = names.map((name) => `'${name}'`);
	const all =
		others.length === 0 ? first : `${[first, ...others.slice(0, -1)].join(', ')} or ${others.at(-1)}`;
	const [name] = names;
	const variable = name === undefined ? undefined : variableOf(name);
	const advice = variable === undefined ? '' : `, for example with the value {${variable}}`;
	return `The parameter ${all} has no value. Add it to the endpoint's parameters in CCAI Platform${advice}.`;
}

function variableOf(name: ParameterName): string | undefined {
	const { variables }: { variables?: readonly string[] } = PARAMETERS[name];
	return variables?.[0];
}

/** Names of what was sent and not understood; undefined when all was. */
export function leftOutOf(
	{ unread }: Pick<Work, 'unread'>,
	others: readonly string[] = [],
): Pick<CrmApiItem, 'leftOut'> {
	const names = [...new Set([...unread.map(({ parameter }) => parameter), ...others])];
	return names.length === 0 ? {} : { leftOut: names };
}

/** What Session: Log tells, for the item. */
export function itemOfLog(
	work: Work,
	{ outcome, rule, reason, externalId, conversationId, customerId, leftOut }: LogSessionResult,
): Answered['item'] {
	return {
		outcome,
		rule,
		reason,
		externalId,
		...(conversationId === undefined ? {} : { conversationId }),
		...(customerId === undefined ? {} : { customerId }),
		...leftOutOf(work, leftOut),
	};
}
