/** Which web pages may call: origins, as browsers send them. Pure. */

/** Most origins that are looked at. */
const MOST = 50;

/**
 * Whether a page may call.
 *
 * @param written the origins that may, see {@link originsIn}. Empty or `*`: every page; where something is written that is no origin, none
 * beside those that are
 */
export function mayCall(origin: string, written: unknown): boolean {
	const isEveryPage = typeof written !== 'string' || ['', '*'].includes(written.trim());
	return isEveryPage || originsIn(written).includes(origin);
}

/**
 * The origins in a text with commas, blanks or line breaks between them, as browsers write them: `https://desk.example.com`. A path behind
 * the host is dropped; what is no web address is left out.
 */
export function originsIn(written: unknown): string[] {
	if (typeof written !== 'string') return [];
	return written
		.slice(0, 10_000)
		.split(/[\s,;]+/)
		.slice(0, MOST)
		.flatMap((one) => {
			const url = URL.canParse(one) ? new URL(one) : undefined;
			return url === undefined || !/^https?:$/.test(url.protocol) ? [] : [url.origin];
		});
}
