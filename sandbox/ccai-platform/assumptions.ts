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
		assumes:
			'One call is at /manager/api/v1/calls/{id}, one chat at /manager/api/v1/chats/{id}, one agent at /manager/api/v1/agents/{id}.',
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
		assumes:
			'Lists can be sorted by updated_at (agents: status_updated_at), created_at and id; by id, ascending, unless told.',
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
	{
		id: 'statuses-as-lists',
		assumes: 'The list of statuses is paged like the other lists.',
		because: 'One page describes paging for the whole API.',
		usedIn: ['api.ts'],
	},
	{
		id: 'strict-bodies',
		assumes:
			'A change of statuses has exactly status, agent_ids and team_ids, of the right types and with at least one agent or team, or gets 400.',
		because: 'All three are documented as required; what happens without them is not.',
		usedIn: ['api.ts'],
	},
	{
		id: 'status-names-are-exact',
		assumes: 'A status is named as the list of statuses has it, capital letters included; others get 400.',
		because:
			'The text of the documentation has small letters, the examples have the capital ones of the list. Exact is what demands most of a client.',
		usedIn: ['agents.ts'],
	},
	{
		id: 'system-statuses-are-400',
		assumes: 'A change to a status that only the platform sets is refused as a whole with 400.',
		because:
			'It is documented to be an error; how it shows is only described for agents who have such a status.',
		usedIn: ['agents.ts'],
	},
	{
		id: 'unknown-agents-left-out',
		assumes: 'Agents who do not exist are missing in the answer; the others are changed.',
		because: 'Nothing is documented. Refusing the whole request is the other possibility; tests inject it.',
		usedIn: ['agents.ts'],
	},
	{
		id: 'offline-agents-are-refused',
		assumes:
			'The status of an agent who is signed out is not changed, and the answer has a message for that agent.',
		because:
			'The integrations of the platform ignore changes for agents who are offline; of the API nothing is said.',
		usedIn: ['agents.ts'],
	},
	{
		id: 'missed-call-is-system',
		assumes: 'An agent who missed a call cannot be given another status through the API.',
		because:
			'Changes from statuses that the system defines are documented to be errors, and this one is listed among them.',
		usedIn: ['agents.ts'],
	},
	{
		id: 'falls-back-after-calls',
		assumes:
			'After a call or chat and its wrap-up, the agent gets the status of before, or the one that the agent chose meanwhile. A change through the API during the call is lost.',
		because:
			'Agents can choose the status for afterwards where that is switched on; the API is documented to refuse, not to remember.',
		usedIn: ['agents.ts'],
	},
	{
		id: 'calls-are-offered-unless-available',
		assumes:
			'A call for an agent who is available is placed (201); for one with another status it is offered in the adapter (202). Both answer the record of the call.',
		because:
			'The documentation has both answers and says that the agent must act in the adapter after 202; when that happens, and what the body is then, it does not say.',
		usedIn: ['api.ts'],
	},
	{
		id: 'placed-call-record',
		assumes:
			'The record of a call that was asked for names the agent with the email address, and the ticket as out_ticket_id; the number that is called stands in none of its fields.',
		because:
			'The documented call object has these fields, and none with the number of the customer. What they hold at the beginning is not documented.',
		usedIn: ['store.ts'],
	},
];
