/**
 * A session that was logged before anybody knew whose it was: its customer was created with nothing to recognize them by.
 * When a later event names the end user, that customer gets the name, number and identifier; and when Kustomer knows
 * somebody with them already, the conversation moves there (rules C17, C18).
 */
import { KustomerError, isConflict } from '../kustomer/errors';
import { findOrCreateCustomer } from '../kustomer/operations/find-or-create-customer';
import { updateCustomer } from '../kustomer/operations/update-customer';
import { getConversation, patchConversation } from '../kustomer/resources/conversations';
import { isKustomerId } from '../domain/kustomer-id';
import type { Session } from '../domain/session';
import type { SessionRecord } from '../domain/session-record';
import { namedCustomer } from './named-customer';
import { countryFor, phoneOf, type Run } from './run';
import { hashOf, NAME_KINDS, type LoggedSession, type Names } from './stored-session';

/** How often a customer is looked for whom others give up and take at the same time. */
const MOST_LOOKS = 3;

/** What the session tells of its customer, as it is remembered. */
export function namesOf(run: Run, session: Session): Names {
	const { customerId, identifier, email } = session.endUser;
	const told = {
		customerId: customerId !== undefined && isKustomerId(customerId) ? customerId : undefined,
		identifier,
		phone: phoneOf(run, session),
		email: email?.toLowerCase(),
	};
	return Object.fromEntries(
		Object.entries(told).flatMap(([kind, value]) => (value === undefined ? [] : [[kind, hashOf(value)]])),
	);
}

/**
 * Whether the session names its customer by something by which nobody has looked yet, and by which it matters to look: for
 * a customer who was created for the session everything, for one who was found only what is stronger than that by which they
 * were found.
 */
export function isNewlyNamed(
	run: Run,
	before: Pick<LoggedSession, 'record' | 'newCustomer' | 'anonymous' | 'names'>,
	{ session }: SessionRecord,
): boolean {
	const now = namesOf(run, session);
	const { names } = before;
	if (names === undefined) {
		// Written by an earlier version. A Kustomer id that was told before has led nowhere.
		const isKnown = session.endUser.customerId === before.record?.session.endUser.customerId;
		const news = Object.keys(now).filter((kind) => !(isKnown && kind === 'customerId'));
		return before.anonymous && news.length > 0;
	}
	const weakest = before.newCustomer || names.by === undefined ? undefined : names.by;
	const kinds = weakest === undefined ? NAME_KINDS : NAME_KINDS.slice(0, NAME_KINDS.indexOf(weakest) + 1);
	return kinds.some((kind) => now[kind] !== undefined && now[kind] !== names[kind]);
}

/**
 * Gives the session to the customer whom it turned out to belong to.
 * Requests: one or two for a customer who was created for it, about four for one whom Kustomer knows.
 *
 * @param at the session's customer as far as was known, and the session's conversation
 * @returns id of the customer to whom the conversation belongs now, and of one who was given up for them
 * @throws {KustomerError}
 */
export async function identifyCustomer(
	run: Run,
	session: Session,
	at: Identification,
): Promise<{ customerId: string; gaveUp?: string }> {
	const named = await namedCustomer(run, session.endUser.customerId);
	if (named !== undefined) return { customerId: await moveTo(run, named.id, at) };
	if (at.newCustomer && (await giveNames(run, session, at))) return { customerId: at.customerId };

	const { identifier, email } = session.endUser;
	const { create, phoneRules, severalMatches } = run.input.customer;
	let owner = at.customerId;
	for (let looks = 1; looks <= MOST_LOOKS; looks += 1) {
		const { customer } = await findOrCreateCustomer(run.client, {
			phone: session.endUser.phone,
			calledNumber: session.line,
			email,
			externalId: identifier,
			phoneRules,
			severalMatches,
			create,
			unknownAttributes: run.input.unknownAttributes,
		});
		if (customer === undefined || customer.id === owner) break;
		if (at.newCustomer && customer.id === at.createdInVain && owner === at.customerId) {
			return await takeBack(run, session, at);
		}
		// Looked up once more then: another worker may have given up this customer meanwhile.
		owner = await moveTo(run, customer.id, { ...at, customerId: owner });
	}
	// Found by what they have already; the rest is with another customer, whom this run has created, or another worker.
	return owner === at.customerId ? await takeBack(run, session, at) : { customerId: owner };
}

/**
 * Gives the session's customer what they are recognized by and this run had given to another one, created in vain. Another
 * worker, who knew less of the customer, may have moved the conversation to somebody else: then it comes back.
 */
async function takeBack(
	run: Run,
	session: Session,
	at: Identification,
): Promise<{ customerId: string; gaveUp?: string }> {
	const { customerId, createdInVain, conversationId } = at;
	if (!at.newCustomer || createdInVain === customerId) return { customerId };
	const ownerNow = async () => {
		const conversation = await getConversation(run.client, conversationId);
		return conversation.relationships?.customer?.data?.id ?? customerId;
	};
	const owner = await ownerNow();
	if (createdInVain === undefined) {
		return { customerId: await moveTo(run, customerId, { customerId: owner, conversationId }) };
	}
	// Another worker has found them already.
	if (owner === createdInVain) return { customerId: createdInVain };
	await giveUpCustomer(run, createdInVain);
	await giveNames(run, session, at);
	// Or it has found them right before they were given up.
	await moveTo(run, customerId, { customerId: await ownerNow(), conversationId });
	return { customerId, gaveUp: createdInVain };
}

/** A session, and the customer who may not be the right one. */
export interface Identification {
	customerId: string;
	conversationId: string;
	/** They were created for the session. */
	newCustomer: boolean;
	/** They have nothing to be recognized by. */
	anonymous: boolean;
	/** A customer whom this run had created before it met the session's own. */
	createdInVain?: string;
}

/** Gives a customer who was created for the session what they are recognized by. @returns false when somebody else has it */
async function giveNames(run: Run, session: Session, at: Identification): Promise<boolean> {
	const { identifier, email, name } = session.endUser;
	const { create, phoneRules } = run.input.customer;
	const phone = phoneOf(run, session);
	const phones = phone === undefined ? undefined : [{ phone }];
	const emails = email === undefined ? undefined : [{ email }];
	const isTheirs = await updateCustomer(run.client, {
		target: { id: at.customerId },
		fields: {
			name: create.name ?? name,
			externalId: identifier,
			...(at.anonymous ? { phones, emails } : {}),
		},
		// Somebody who is known by something may have got more of it since.
		...(at.anonymous ? {} : { addPhones: phones, addEmails: emails }),
		defaultCountry: countryFor(phoneRules, session),
		unknownAttributes: run.input.unknownAttributes,
		refusedValues: 'leaveOut',
	}).then(({ leftOut }) => {
		for (const name of leftOut) run.report.leftOut.add(name);
		return true;
	}, falseWhenTaken);
	if (isTheirs) run.report.done.push('customer recognized');
	return isTheirs;
}

/**
 * A customer whom this run has created while another one logged the session for somebody else: what they are recognized by is
 * free for the session's customer. They stay behind without it, since Kustomer keys need not be allowed to delete.
 */
async function giveUpCustomer(run: Run, customerId: string): Promise<void> {
	await updateCustomer(run.client, {
		target: { id: customerId },
		fields: { externalId: null, phones: [], emails: [] },
		unknownAttributes: run.input.unknownAttributes,
	});
}

/** That somebody else has the number or identifier is an answer; any other failure stays one. */
function falseWhenTaken(error: unknown): false | Promise<never> {
	return error instanceof KustomerError && isConflict(error) ? false : Promise.reject(error);
}

export async function moveTo(
	{ client, report }: Run,
	customerId: string,
	at: { customerId: string; conversationId: string },
): Promise<string> {
	if (customerId === at.customerId) return customerId;
	// Kustomer wants the customer alone, without other fields.
	const answer = await patchConversation(client, at.conversationId, { customer: customerId });
	if (answer.status >= 300) throw client.errorFor('conversation.update', answer);
	report.done.push('conversation moved to the customer');
	return customerId;
}
