/** The secrets of links that agents open: the credential type `agentLinkApi`. Pure. */
import { sameSecret } from '../webhooks/same-secret';

/** The fields of the credential, as n8n hands them out. */
export interface AgentLinkCredential {
	/** A word that lookup URLs carry, since a browser that opens one sends no secret header. */
	lookupKey?: string;
	/** Signs call links and tokens. Never part of an address. */
	signingSecret?: string;
}

/** Characters that a secret needs. */
export const SHORTEST_SECRET = 16;

/** The credential's data without what is no text, and without blanks around it. */
export function agentLinkCredential(data: Readonly<Record<string, unknown>>): AgentLinkCredential {
	const text = (name: string) => {
		const value = Object.hasOwn(data, name) ? data[name] : undefined;
		return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
	};
	return { lookupKey: text('lookupKey'), signingSecret: text('signingSecret') };
}

/** What is wrong with a credential, in sentences for the person who fills it in; empty when nothing is. */
export function agentLinkProblems({ lookupKey, signingSecret }: AgentLinkCredential): string[] {
	if (lookupKey === undefined && signingSecret === undefined) return ['Both fields are empty.'];
	const problems = [
		['Lookup Key', lookupKey],
		['Signing Secret', signingSecret],
	].flatMap(([label = '', value]) =>
		value !== undefined && value.length < SHORTEST_SECRET
			? [`'${label}' is too short: use at least ${SHORTEST_SECRET} random characters.`]
			: [],
	);
	if (lookupKey !== undefined && !/^[\w.~-]+$/.test(lookupKey)) {
		problems.push("'Lookup Key' stands in an address: use letters, digits, hyphens and underscores only.");
	}
	if (lookupKey !== undefined && lookupKey === signingSecret) {
		problems.push("'Lookup Key' and 'Signing Secret' must differ: the key can be read in every lookup URL.");
	}
	return problems;
}

/** Whether a lookup URL carries the credential's key. Without a key that is long enough nothing fits. */
export function hasLookupKey(presented: unknown, { lookupKey = '' }: AgentLinkCredential): boolean {
	if (lookupKey.length < SHORTEST_SECRET || typeof presented !== 'string') return false;
	return sameSecret(presented.slice(0, 1000).trim(), lookupKey);
}
