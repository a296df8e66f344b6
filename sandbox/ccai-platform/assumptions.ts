/**
 * Everything that the stand-in does although the documentation of CCAI Platform does not say so, in one place.
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
		id: 'one-record-by-id',
		assumes: 'One call is at /manager/api/v1/calls/{id}, one chat at /manager/api/v1/chats/{id}.',
		because:
			'The pages that could be read describe the lists; the resource is called a single call, a single chat.',
		usedIn: ['api.ts'],
	},
	{
		id: 'records-as-metadata',
		assumes: 'A record has the fields of the session metadata, the number of the customer among them.',
		because: 'Both are described as the record of the session, with the same names where both are printed.',
		usedIn: ['records.ts'],
	},
	{
		id: 'unknown-parameters-are-400',
		assumes:
			'A query parameter that is not documented, a page that is no number from 1 on, and a time that is none get 400.',
		because: 'The real API may ignore them. Refusing finds typing errors.',
		usedIn: ['list-query.ts'],
	},
	{
		id: 'sort-columns',
		assumes: 'Lists can be sorted by updated_at, created_at and id; by id, ascending, unless told.',
		because: 'Examples use updated_at; a default is not described.',
		usedIn: ['list-query.ts'],
	},
	{
		id: 'link-only-with-more',
		assumes:
			'The header Link names the first, the previous, the next and the last page, as far as there are any.',
		because: 'Next and last are documented, with the form of RFC 5988.',
		usedIn: ['api.ts'],
	},
	{
		id: 'error-bodies',
		assumes: 'Errors have a JSON body with message.',
		because: 'The API for apps is documented to answer 400 so.',
		usedIn: ['api.ts'],
	},
	{
		id: 'rate-limit-answer',
		assumes:
			'More than ten requests within any second get 429, without a header that says how long to wait. Requests that are not signed in count as well.',
		because: 'The limit is documented, what happens beyond it is not.',
		usedIn: ['rate-limit.ts'],
	},
	{
		id: 'recordings-redirect',
		assumes:
			'recording_url is on the own host, needs the credential, and redirects to the storage; photos and videos name the storage at once.',
		because: 'Whether the address needs a credential is not documented. This form demands most of a client.',
		usedIn: ['api.ts', 'server.ts'],
	},
	{
		id: 'storage-takes-one-credential',
		assumes: 'The storage wants a signed address, and refuses a signed one that comes with a credential.',
		because: 'Object storages do.',
		usedIn: ['storage.ts'],
	},
];
