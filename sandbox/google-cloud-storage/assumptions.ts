/**
 * Everything that the stand-in does although the documentation of Google Cloud Storage does not say so, in one place.
 * Code that relies on an entry names it in a comment: the word `assumes`, a colon and the id.
 */

export interface Assumption {
	/** Stands in the code that relies on it. */
	readonly id: string;
	/** What the stand-in does. */
	readonly assumes: string;
	/** Why this and not something else. */
	readonly because: string;
	/** Where in this folder it matters. */
	readonly usedIn: readonly string[];
}

export const ASSUMPTIONS: readonly Assumption[] = [
	{
		id: 'unknown-parameters-are-400',
		assumes: 'A query parameter that the stand-in does not know gets 400.',
		because: 'The real API ignores some and refuses others. Refusing finds typing errors.',
		usedIn: ['api.ts'],
	},
	{
		id: 'page-token-is-a-name',
		assumes: 'A page token holds the name of the last object of the page before, in base64.',
		because: 'It is described as an encoded name. Clients must hand it back as it is.',
		usedIn: ['listing.ts'],
	},
	{
		id: 'slash-must-be-encoded',
		assumes: 'The name of an object in a path is one part: a slash in it has to be written as %2F.',
		because: 'Google asks for it in general and tolerates the slash in some requests.',
		usedIn: ['api.ts'],
	},
	{
		id: 'media-errors-are-text',
		assumes: 'A download that fails has a plain sentence as its body, a list that fails a JSON error.',
		because: 'The form of JSON errors is documented; that of downloads is what the service shows.',
		usedIn: ['api.ts'],
	},
	{
		id: 'one-refresh-token',
		assumes: 'One refresh token gives new access tokens for ever, and each stays valid until it is revoked.',
		because: 'Tests say when a token ends instead of waiting for an hour.',
		usedIn: ['tokens.ts'],
	},
];
