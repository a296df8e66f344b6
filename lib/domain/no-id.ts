/**
 * What stands where an ID should be and names nobody and nothing: what templates, apps and databases write for "there is none".
 * Taken for an ID it would make one call of all calls, or one customer of all who have not signed in.
 */
const NO_ID =
	/^(?:[0\s._–—-]+|[(<[]?(?:null|nil|none|undefined|nan|unknown)[)>\]]?|#?n\/a|false|true|anonymous|anonym|anon|guest|\[object object\])$/i;

/** What is longer is something. */
const LONGEST = 40;

/** Whether a text can be an ID of something: neither empty nor a word for nothing. Throws nothing. */
export function isId(written: string | undefined): written is string {
	if (written === undefined || written.trim() === '') return false;
	return written.length > LONGEST || !NO_ID.test(written.trim());
}
