/** How parts of addresses are written. */

/** A path segment or a value of a query, percent-encoded. Half an emoji, as a cut in the middle leaves it, becomes U+FFFD. */
export function encoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** A query as texts, without what is undefined; undefined when nothing is left. */
export function queryOf(
	query: Record<string, string | number | boolean | undefined> | undefined,
): Record<string, string> | undefined {
	const entries = Object.entries(query ?? {}).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)] as const],
	);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
