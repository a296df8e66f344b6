/**
 * Custom attributes that the organization has not defined: Kustomer refuses the whole request for one of them. The user
 * chooses whether that stops the operation, or whether it goes on without them.
 */
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
	/** Sends the request with these attributes; undefined when none are left. 400 has to be returned, not thrown. */
	send: (custom: CustomAttributes | undefined) => Promise<KustomerAnswer>;
}

/** What came of it. */
export interface WriteOutcome {
	answer: KustomerAnswer;
	/** The error that the answer stands for, when it is not a success. */
	refusal?: KustomerError;
	/** Attributes that were not written because the organization does not have them. */
	leftOut: string[];
}

/** From so many attributes on it is worth asking which ones are defined: Kustomer names unknown ones one at a time. */
const WORTH_ASKING = 3;

/**
 * Writes, and with the policy `leaveOut` repeats without the attributes that Kustomer does not know. Their names are
 * remembered for ten minutes per credential and kind of object, so that the next call costs no second request.
 */
export async function writeWithAttributes(
	client: KustomerClient,
	write: AttributeWrite,
): Promise<WriteOutcome> {
	const { operation, kind, policy, send } = write;
	const memoryKey = `${client.credentialKey}\n${kind}`;
	const known = policy === 'leaveOut' ? unknownNames.get(memoryKey, client.clock.now()) : undefined;
	const all = Object.keys(write.custom ?? {});
	let names = all.filter((name) => known?.has(name) !== true);

	for (;;) {
		const leftOut = all.filter((name) => !names.includes(name));
		const answer = await send(pick(write.custom, names));
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
