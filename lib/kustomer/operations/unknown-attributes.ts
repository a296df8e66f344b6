/**
 * Custom attributes that the organization has not defined: Kustomer refuses the whole request for one of them. The user
 * chooses whether that stops the operation, or whether it goes on without them.
 */
import { ownValue } from '../../domain/record';
import type { KustomerAnswer, KustomerClient } from '../client';
import type { CustomizableKind } from '../documents';
import { KustomerError } from '../errors';
import type { CustomAttributes, UnknownAttributePolicy } from '../inputs';
import { Memory } from '../../process/memory';
import { redact } from '../../http/redact';
import { readAttributeDefinitions } from '../resources/metadata';
import type { RequestName } from '../roles';

/** Long enough to spare a busy hour its refusals, short enough that a new attribute is soon used. */
const TEN_MINUTES = 10 * 60_000;
const unknownNames = new Memory<ReadonlySet<string>>(TEN_MINUTES);

/** A write with custom attributes. */
export interface AttributeWrite {
	operation: RequestName;
	kind: CustomizableKind;
	custom: CustomAttributes | undefined;
	policy: UnknownAttributePolicy;
	/**
	 * Names of other fields that the write can do without: where Kustomer refuses the value of one, or that of an attribute, it
	 * is repeated without it. Absent where a refusal is the answer that is wanted.
	 */
	optional?: readonly string[];
	/**
	 * Sends the request with these attributes, undefined when none are left, and without the fields that were refused. 400 has
	 * to be returned, not thrown.
	 */
	send: (custom: CustomAttributes | undefined, refused: ReadonlySet<string>) => Promise<KustomerAnswer>;
}

/** What came of it. */
export interface WriteOutcome {
	answer: KustomerAnswer;
	/** The error that the answer stands for, when it is not a success. */
	refusal?: KustomerError;
	/** Attributes that were not written because the organization does not have them, and fields that it refused. */
	leftOut: string[];
}

/** From so many attributes on it is worth asking which ones are defined: Kustomer names unknown ones one at a time. */
const WORTH_ASKING = 3;

/**
 * Writes, and with the policy `leaveOut` repeats without the attributes that Kustomer does not know. Their names are
 * remembered for ten minutes per credential and kind of object, so that the next call costs no second request.
 *
 * Where fields are optional, a refusal of one value does not lose the others: the write is repeated without the field that
 * Kustomer names; when it names none, without the attributes, without the optional fields, and without both.
 */
export async function writeWithAttributes(
	client: KustomerClient,
	write: AttributeWrite,
): Promise<WriteOutcome> {
	const first = await writeWithout(client, write, new Set());
	const { optional } = write;
	if (optional === undefined || !isAboutValue(first)) return first;

	const attributes = Object.keys(write.custom ?? {});
	const refused = new Set<string>();
	let last = first;
	for (;;) {
		const name = refusedIn(
			last,
			[...attributes, ...optional].filter((one) => !refused.has(one)),
		);
		if (name === undefined) break;
		refused.add(name);
		last = await writeWithout(client, write, refused);
		if (!isAboutValue(last)) return last;
	}
	for (const more of [attributes, optional, [...attributes, ...optional]]) {
		if (more.length === 0) continue;
		const outcome = await writeWithout(client, write, new Set([...refused, ...more]));
		if (!isAboutValue(outcome)) return outcome;
	}
	return first;
}

/** Whether Kustomer has refused a value, and said nothing of what is there already. */
function isAboutValue({ refusal }: WriteOutcome): boolean {
	return refusal?.kind === 'badRequest' || refusal?.kind === 'unknownField';
}

/** Kustomer names the innermost field: of a list of addresses that is `email`. */
const INNER_NAMES: Readonly<Record<string, string>> = {
	email: 'emails',
	phone: 'phones',
	externalIds: 'externalId',
};

/** The name of the field or attribute whose value was refused; undefined when Kustomer does not say. */
function refusedIn({ refusal }: WriteOutcome, names: readonly string[]): string | undefined {
	const parts = (refusal?.parameter ?? '').split(/[./[\]]+/).filter((part) => !/^\d*$/.test(part));
	const said = parts.flatMap((part) => [part, ownValue(INNER_NAMES, part) ?? part]);
	return names.find((name) => said.includes(name) || said.includes(redact(name)));
}

async function writeWithout(
	client: KustomerClient,
	write: AttributeWrite,
	refused: ReadonlySet<string>,
): Promise<WriteOutcome> {
	const { custom, ...rest } = write;
	const names = Object.keys(custom ?? {}).filter((name) => !refused.has(name));
	const outcome = await writeKnown(client, {
		...rest,
		custom: pick(custom, names),
		send: (known) => write.send(known, refused),
	});
	const gone = [...refused].filter((name) => !outcome.leftOut.includes(name)).map(nameOf);
	return { ...outcome, leftOut: [...new Set([...outcome.leftOut, ...gone])] };
}

/** What people call the fields that are lists of one in Kustomer. */
function nameOf(field: string): string {
	return field === 'emails' ? 'email' : field === 'phones' ? 'phone' : field;
}

async function writeKnown(
	client: KustomerClient,
	write: Omit<AttributeWrite, 'optional'>,
): Promise<WriteOutcome> {
	const { operation, kind, policy, send } = write;
	const memoryKey = `${client.credentialKey}\n${kind}`;
	const known = policy === 'leaveOut' ? unknownNames.get(memoryKey, client.clock.now()) : undefined;
	const all = Object.keys(write.custom ?? {});
	let names = all.filter((name) => known?.has(name) !== true);

	for (;;) {
		const leftOut = all.filter((name) => !names.includes(name));
		const answer = await send(pick(write.custom, names), new Set());
		if (answer.status < 300) return { answer, leftOut };

		const refusal = client.errorFor(operation, answer);
		const unknown = names.filter(
			(name) => refusal.unknownAttributes.includes(name) || refusal.unknownAttributes.includes(redact(name)),
		);
		if (policy === 'stop' || refusal.kind !== 'unknownAttribute' || unknown.length === 0) {
			return { answer, refusal, leftOut };
		}
		names = names.filter((name) => !unknown.includes(name));
		if (names.length >= WORTH_ASKING) {
			const defined = await definedNames(client, kind);
			unknown.push(...names.filter((name) => defined?.has(name) === false));
			names = names.filter((name) => !unknown.includes(name));
		}
		const now = client.clock.now();
		unknownNames.set(memoryKey, new Set([...(unknownNames.get(memoryKey, now) ?? []), ...unknown]), now);
	}
}

/** Names of the attributes that are defined; undefined when the key may not read them. */
async function definedNames(
	client: KustomerClient,
	kind: CustomizableKind,
): Promise<ReadonlySet<string> | undefined> {
	const definitions = await readAttributeDefinitions(client, kind).catch((error: unknown) =>
		error instanceof KustomerError ? undefined : Promise.reject(error),
	);
	return definitions === undefined ? undefined : new Set(Object.keys(definitions));
}

/** Forgets which attributes were unknown: after new ones were defined. */
export function forgetUnknownAttributes(): void {
	unknownNames.clear();
}

function pick(custom: CustomAttributes | undefined, names: readonly string[]): CustomAttributes | undefined {
	if (custom === undefined || names.length === 0) return undefined;
	return Object.fromEntries(Object.entries(custom).filter(([name]) => names.includes(name)));
}

/** The fields of a body that were not refused. */
export function accepted(
	fields: Readonly<Record<string, unknown>>,
	refused: ReadonlySet<string>,
): Record<string, unknown> {
	return refused.size === 0
		? { ...fields }
		: Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.has(name)));
}
