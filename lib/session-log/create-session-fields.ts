/**
 * Creates the session fields in Kustomer (rule C22): custom attributes of messages, conversations and customers.
 *
 * Kustomer's documentation does not say whether an update keeps the attributes that it does not name. So what exists is
 * sent along unchanged, and afterwards it is read whether everything is there:
 * - if an update replaces the whole set, nothing is lost because everything was sent;
 * - if it adds to the set, the definitions that were sent again are the same as before.
 *
 * A definition that has a part which this package does not know cannot be sent unchanged, so it is not sent; should it
 * be lost, it is defined again.
 */
import { SESSION_FIELDS, type SessionField } from './rules/session-fields';
import type { KustomerClient } from '../kustomer/client';
import type { AttributeDefinition } from '../kustomer/documents';
import { type PlannedRequest, dryRun } from '../kustomer/dry-run';
import { KustomerError } from '../kustomer/errors';
import { MAX_DEFINITIONS, putMetadata, readAttributeDefinitions } from '../kustomer/resources/metadata';
import { forgetUnknownAttributes } from '../kustomer/operations/unknown-attributes';

export interface CreateSessionFieldsInput {
	/**
	 * Whether to send the attributes that exist already along with the new ones. Off only if Kustomer refuses one of them.
	 */
	sendExisting: boolean;
	/** Send reads only, and tell what would be written (rule X7). */
	dryRun: boolean;
}

/** A session field. */
export interface SessionFieldName {
	kind: SessionField['kind'];
	/** The attribute's name, for example `queueNameStr`. */
	name: string;
	/** What people see in Kustomer. */
	displayName: string;
}

/** A session field that was there before. It stays as it is. */
export interface ExistingSessionField extends SessionFieldName {
	/** How it differs from what would have been created, in plain words; absent when it does not. */
	difference?: string;
}

export interface CreateSessionFieldsResult {
	/** Empty in a dry run. */
	created: SessionFieldName[];
	existing: ExistingSessionField[];
	/** With dry run: the fields that would be created. */
	missing?: SessionFieldName[];
	/** With dry run: what would have been sent. */
	planned?: PlannedRequest[];
}

type Definitions = Record<string, AttributeDefinition>;

/** How often the attributes are read anew when somebody else changes them at the same moment. */
const MAX_READS = 5;

/** How often it is checked that an update has arrived, and the milliseconds between two checks. */
const MAX_CHECKS = 4;
const BETWEEN_CHECKS = 1000;

/** Parts of a definition that can be sent. `type` follows from the name, and the stamps are Kustomer's own. */
const SENT = ['displayName', 'description', 'enumeration', 'target', 'multi', 'sensitive'];
const KUSTOMERS_OWN = [
	'type',
	'createdAt',
	'createdBy',
	'modifiedAt',
	'modifiedBy',
	'updatedAt',
	'updatedBy',
];

/**
 * Creates the session fields that are missing; those that exist stay as they are. Running it again changes nothing.
 *
 * Requests: one read for messages, one for conversations and one for customers; where a field is missing, one write and one read more.
 *
 * @throws {KustomerError} also when, after writing, something is missing that should be there
 */
export async function createSessionFields(
	client: KustomerClient,
	input: CreateSessionFieldsInput,
): Promise<CreateSessionFieldsResult> {
	const dry = input.dryRun ? dryRun(client) : undefined;
	const outcomes: KindOutcome[] = [];
	for (const kind of ['message', 'conversation', 'customer'] as const) {
		const fields = SESSION_FIELDS.filter((field) => field.kind === kind);
		if (fields.length > 0) outcomes.push(await createFor(dry?.client ?? client, kind, fields, input));
	}
	const missing = outcomes.flatMap((outcome) => outcome.missing);
	const existing = outcomes.flatMap((outcome) => outcome.existing);
	if (dry !== undefined) return { created: [], existing, missing, planned: dry.planned };
	// What was left out a minute ago can be written now.
	if (missing.length > 0) forgetUnknownAttributes();
	return { created: missing, existing };
}

interface KindOutcome {
	/** Those that were missing. Without a dry run they are there now. */
	missing: SessionFieldName[];
	existing: ExistingSessionField[];
}

async function createFor(
	client: KustomerClient,
	kind: SessionFieldName['kind'],
	fields: readonly SessionFieldName[],
	input: CreateSessionFieldsInput,
): Promise<KindOutcome> {
	for (let reads = 1; ; reads += 1) {
		const before = await readAttributeDefinitions(client, kind);
		const isMissing = ({ name }: SessionFieldName) => !Object.hasOwn(before, name);
		const outcome = {
			missing: fields.filter(isMissing).map((field) => plain(field)),
			existing: fields
				.filter((field) => !isMissing(field))
				.map((field) => existingField(field, before[field.name] ?? {})),
		};
		if (outcome.missing.length === 0) return outcome;

		const wanted: Definitions = Object.fromEntries(
			outcome.missing.map(({ name, displayName }) => [name, { displayName }]),
		);
		const answer = await putMetadata(client, kind, withExisting(wanted, before, input.sendExisting));
		if (answer.status === 409) {
			if (reads >= MAX_READS) throw client.errorFor('metadata.update', answer);
			continue;
		}
		if (!input.dryRun) await makeSure(client, kind, wanted, before);
		return outcome;
	}
}

/** The body of an update: the new definitions and, as far as they can be sent unchanged, those that exist. */
function withExisting(wanted: Definitions, existing: Definitions, sendExisting: boolean): Definitions {
	if (!sendExisting) return wanted;
	const known = Object.entries(existing).filter(([, definition]) => canBeSent(definition));
	const all = {
		...Object.fromEntries(known.map(([name, definition]) => [name, sendable(definition)])),
		...wanted,
	};
	// More is refused, and an organization that has more cannot have got them by updates that replace everything.
	return Object.keys(all).length > MAX_DEFINITIONS ? wanted : all;
}

function canBeSent(definition: unknown): definition is AttributeDefinition {
	if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) return false;
	return Object.keys(definition).every((part) => SENT.includes(part) || KUSTOMERS_OWN.includes(part));
}

/** The parts of a definition that can be sent. */
function sendable(definition: AttributeDefinition): AttributeDefinition {
	const parts = Object.entries(definition ?? {}).filter(
		([part, value]) => SENT.includes(part) && value !== undefined && value !== null,
	);
	return Object.fromEntries(parts);
}

/**
 * Reads whether the new attributes are there and the old ones still are. Old ones that are gone are defined again.
 *
 * @throws {KustomerError} when something stays missing
 */
async function makeSure(
	client: KustomerClient,
	kind: SessionFieldName['kind'],
	wanted: Definitions,
	before: Definitions,
): Promise<void> {
	const all = { ...before, ...wanted };
	let absent = await absentAfterUpdate(client, kind, all);
	const lost = absent.filter((name) => Object.hasOwn(before, name));
	if (lost.length > 0) {
		const names = [...lost, ...Object.keys(all).filter((name) => !lost.includes(name))].slice(
			0,
			MAX_DEFINITIONS,
		);
		const restored = names.map((name) => [name, sendable(all[name] ?? {})] as const);
		await putMetadata(client, kind, Object.fromEntries(restored));
		absent = await absentAfterUpdate(client, kind, all);
	}
	if (absent.length === 0) return;
	throw new KustomerError({
		kind: 'unexpectedAnswer',
		operation: 'metadata.update',
		message: `Kustomer accepted the custom attributes of the ${kind}, but these are not there: ${absent.join(', ')}.`,
		advice:
			'Look under Settings > Platform > Klasses which attributes exist, create those that are missing there, and run the step again.',
	});
}

/** Names that are still not there once Kustomer has had some time: a read may be answered from a cache. */
async function absentAfterUpdate(
	client: KustomerClient,
	kind: SessionFieldName['kind'],
	all: Definitions,
): Promise<string[]> {
	for (let checks = 1; ; checks += 1) {
		const after = await readAttributeDefinitions(client, kind);
		const absent = Object.keys(all).filter((name) => !Object.hasOwn(after, name));
		if (absent.length === 0 || checks >= MAX_CHECKS) return absent;
		await client.clock.sleep(BETWEEN_CHECKS);
	}
}

function plain({ kind, name, displayName }: SessionFieldName): SessionFieldName {
	return { kind, name, displayName };
}

function existingField(field: SessionFieldName, definition: AttributeDefinition): ExistingSessionField {
	const displayName = definition.displayName ?? field.displayName;
	const differences = [
		...(displayName === field.displayName ? [] : [`its label is not "${field.displayName}"`]),
		...(Array.isArray(definition.enumeration) && definition.enumeration.length > 0
			? ['it takes only the choices that are set in Kustomer']
			: []),
		...(definition.multi === true ? ['it holds several values'] : []),
	];
	return {
		...plain({ ...field, displayName }),
		...(differences.length === 0 ? {} : { difference: differences.join('; ') }),
	};
}
