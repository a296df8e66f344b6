/**
 * Everything that the stand-in does although babelforce's published contract does not say so, in one place.
 * Code that relies on an entry names it in a comment: the word `assumes`, a colon and the id.
 */
import type { Assumption } from '../kustomer/assumptions';

export type { Assumption };

export const ASSUMPTIONS: readonly Assumption[] = [
	{
		id: 'error-body',
		assumes: 'Errors are JSON with success false and a message.',
		because:
			'Clients of the vendor read message, error or detail; which of them a status carries is not documented.',
		usedIn: ['errors.ts'],
	},
	{
		id: 'wrong-credential-is-401',
		assumes: 'No credential, a wrong pair, and a token that is wrong or has ended are answered with 401.',
		because: 'The contract lists no statuses for them; it is what HTTP says.',
		usedIn: ['access.ts'],
	},
	{
		id: 'no-rights-is-403',
		assumes: 'A user without manager rights gets a token, and 403 from the manager API.',
		because: 'The help center demands manager rights and does not say what happens without.',
		usedIn: ['access.ts'],
	},
	{
		id: 'token-answer',
		assumes:
			'The sign-in answers access_token, token_type, expires_in and refresh_token, and refusals with 400 and invalid_grant.',
		because: 'It is the form of OAuth 2.0, which the vendor says it speaks.',
		usedIn: ['access.ts'],
	},
	{
		id: 'unknown-parameter-is-400',
		assumes:
			'A query parameter that the contract does not have, an unknown value of an enumeration, and a value of the wrong type get 400.',
		because: 'The live service may ignore them. Here a mistake of the client has to show.',
		usedIn: ['query.ts'],
	},
	{
		id: 'hyphens-are-not-found',
		assumes: 'An ID with hyphens in a path gets 404.',
		because: "The vendor's change log says that it usually does.",
		usedIn: ['routes.ts'],
	},
	{
		id: 'largest-page',
		assumes:
			'A page has at most 100 entries, 20 unless asked; larger wishes are cut, and the answer says to what.',
		because: 'The contract names no limit; the answer carries what was granted.',
		usedIn: ['query.ts'],
	},
	{
		id: 'list-order',
		assumes: 'Calls come newest first, agents by name.',
		because: 'Nothing is documented; it is what their own pages show.',
		usedIn: ['routes.ts'],
	},
	{
		id: 'call-time-filter',
		assumes: 'time.start and time.end compare with dateCreated, both inclusive.',
		because: 'The contract says "at or after" and "at or before", not of which date.',
		usedIn: ['routes.ts'],
	},
	{
		id: 'agent-text-filters',
		assumes:
			'Agent filters name, number and sourceId compare whole values, q looks for a part, groups and tags for one of several.',
		because: 'The contract names the fields, not the comparison.',
		usedIn: ['routes.ts'],
	},
	{
		id: 'storage-links-end',
		assumes:
			'A link to the storage is signed, works until its end, and is refused with 403 and an XML body afterwards, and when an unexpected Authorization header comes along with 400.',
		because: 'Object storage does so; which one the vendor uses is not documented.',
		usedIn: ['storage.ts'],
	},
	{
		id: 'rate-limit-retry-after',
		assumes: 'A 429 carries Retry-After in seconds.',
		because: "The vendor's own client honors the header, so the server can send it.",
		usedIn: ['server.ts'],
	},
	{
		id: 'presence-during-calls',
		assumes:
			'A presence can be set at any time, also during a call. It shows at once, and the call and the line status stay as they are.',
		because:
			'The contract names no refusal, and the help center describes presence and line as two things apart. What the live service does during a call is not documented.',
		usedIn: ['agent-states.ts'],
	},
	{
		id: 'unknown-presence-is-400',
		assumes: 'Setting a presence that does not exist gets 400.',
		because: 'The contract lists no refusals.',
		usedIn: ['agent-states.ts'],
	},
	{
		id: 'unknown-property-is-400',
		assumes:
			'A body with a property that the contract does not have gets 400, and so does one of the wrong type.',
		because: 'The live service may ignore them. Here a mistake of the client has to show.',
		usedIn: ['agent-states.ts'],
	},
	{
		id: 'agent-call-is-the-parent',
		assumes:
			'A call that is placed for an agent is answered as the call with the customer: outbound, external, scheduled, of the source api. The leg to the agent names it as its parent.',
		because:
			'The contract says that the scheduled call is answered, and not which of the two legs that is. Events that name the other leg are put on the conversation by the variable of the call, or by agent and number.',
		usedIn: ['routes.ts'],
	},
	{
		id: 'agent-call-is-strict',
		assumes:
			'A call for an agent takes the properties of the contract and no others, and a destination of digits with a plus in front; else it gets 400.',
		because: 'The contract lists no refusals. Here a mistake of the client has to show.',
		usedIn: ['routes.ts'],
	},
];
