/**
 * Everything that the stand-in does although Kustomer's documentation does not say so, in one place.
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
		id: 'missing-role-is-403',
		assumes: 'A key without any of the accepted roles gets 403.',
		because: 'The current documentation says 403, the older one 401. Clients should understand both.',
		usedIn: ['roles.ts'],
	},
	{
		id: 'shorter-role-covers-longer',
		assumes:
			'A role covers every longer role that begins with it: org.permission covers all of org.permission.*.',
		because: 'Vendors hand out the short ones as full access; no page says it in words.',
		usedIn: ['roles.ts'],
	},
	{
		id: 'auth-error-bodies',
		assumes:
			'401 and 403 answers have the same shape as the recorded 400 and 404 ones, with the codes unauthorized and forbidden.',
		because: 'No recorded body exists.',
		usedIn: ['roles.ts'],
	},
	{
		id: 'wrong-region-is-401',
		assumes:
			'A key of another region gets 401; the detail names the pod of the key and the pod that handled the request.',
		because: 'The documentation describes the text but not the status.',
		usedIn: ['roles.ts'],
	},
	{
		id: 'rate-limit-window',
		assumes:
			'The budget is a fixed window of 60 seconds that begins with its first request and counts all keys together.',
		because: 'Documented: per minute and for the whole organization. Not documented: fixed or sliding.',
		usedIn: ['rate-limit.ts'],
	},
	{
		id: 'rate-limit-reset-header',
		assumes:
			'A 429 carries x-ratelimit-reset in seconds since the epoch and no Retry-After; other answers carry only limit and remaining.',
		because:
			'Recorded traffic has no reset header on successful answers, and clients that read it treat it as epoch seconds.',
		usedIn: ['rate-limit.ts'],
	},
	{
		id: 'rate-limit-body',
		assumes: 'The body of a 429 has the usual shape with the code ratelimited.',
		because: 'Not documented and never recorded.',
		usedIn: ['rate-limit.ts'],
	},
	{
		id: 'create-limit-per-kind',
		assumes:
			'The 120 creations a minute and customer are counted for conversations, messages and notes separately.',
		because: 'The limit is repeated on each of the three create pages.',
		usedIn: ['rate-limit.ts'],
	},
	{
		id: 'no-update-limit',
		assumes: 'There is no limit of updates per object.',
		because: 'The documentation mentions one without a number.',
		usedIn: ['rate-limit.ts'],
	},
	{
		id: 'conflict-is-409',
		assumes: 'A duplicate email, phone, external id or id, and a stale rev, get 409 with the code conflict.',
		because: 'The older documentation names 409 for conflicts; no body was recorded.',
		usedIn: ['errors.ts', 'fields.ts', 'store/customers.ts'],
	},
	{
		id: 'validation-texts',
		assumes:
			'Every refused body looks like the recorded one: badparam, the property as source.parameter, the broken rule as detail.',
		because: 'Only the unknown custom attribute was recorded; the other titles are our own words.',
		usedIn: ['schemas/validate.ts'],
	},
	{
		id: 'length-in-utf16',
		assumes: 'Lengths count UTF-16 units, so most emoji count as two characters.',
		because: 'It is the stricter of the two ways that validators count.',
		usedIn: ['schemas/validate.ts'],
	},
	{
		id: 'body-limit',
		assumes: 'The documented limit of 100 kB is 102,400 bytes.',
		because: 'The documentation does not say which kilobyte it means.',
		usedIn: ['api.ts'],
	},
	{
		id: 'body-media-types',
		assumes: 'Bodies may come as application/json or any application/*+json; other types count as no body.',
		because:
			'The published schema labels PATCH as JSON Patch although it takes a plain object, which clients send as application/json.',
		usedIn: ['api.ts'],
	},
	{
		id: 'malformed-id-is-400',
		assumes: 'An id in the path that is not 24 hexadecimal characters gets 400.',
		because: 'The published schema lists 400 besides 404 for reading one object.',
		usedIn: ['routes/endpoint.ts'],
	},
	{
		id: 'unknown-reference-is-400',
		assumes: 'An unknown customer, user, team, queue, conversation or attachment in a body gets 400.',
		because: 'The request is at fault, not its path. Not documented.',
		usedIn: ['work-sessions.ts', 'store/conversations.ts'],
	},
	{
		id: 'empty-update-is-400',
		assumes: 'Updating a conversation with an empty object is refused.',
		because: 'The published schema has two exclusive shapes and the empty object fits both.',
		usedIn: ['routes/conversations.ts'],
	},
	{
		id: 'phone-format',
		assumes:
			'A phone number is digits with an optional plus in front, at most 15, not beginning with 0. It comes back as it was sent.',
		because:
			'It is the pattern that the documentation gives for searching; the format of the body is named but not described.',
		usedIn: ['schemas/formats.ts'],
	},
	{
		id: 'phone-lookup',
		assumes:
			'phone= ignores a leading plus (switchable) and finds only phones, neither shared phones nor WhatsApp numbers.',
		because: 'The examples look up without the plus what is stored with it; the rest is not documented.',
		usedIn: ['store/collections.ts'],
	},
	{
		id: 'phone-uniqueness',
		assumes: 'Two customers cannot hold the same number even if one writes the plus and the other does not.',
		because: 'Both are the same number, and look-ups find both.',
		usedIn: ['fields.ts'],
	},
	{
		id: 'email-format',
		assumes: 'An email needs one @, no spaces and a dot in its domain; case does not count when comparing.',
		because: 'The format is called relaxed and not described.',
		usedIn: ['fields.ts', 'schemas/formats.ts'],
	},
	{
		id: 'external-ids-mirror',
		assumes: 'A customer’s externalId is also the first entry of externalIds, and the other way round.',
		because: 'Answers show both.',
		usedIn: ['store/customers.ts'],
	},
	{
		id: 'external-id-unique',
		assumes: 'The external ids of conversations, of messages and of notes are unique each (switchable).',
		because:
			'Kustomer’s guides use them to find duplicates; whether the service enforces it is not documented.',
		usedIn: ['store/collections.ts'],
	},
	{
		id: 'chosen-id-accepted',
		assumes:
			'An id that the client chose is used as it is (switchable: refused like an unknown property); one that is taken gets 409.',
		because: 'The create schemas have the property; no page describes it.',
		usedIn: ['routes/endpoint.ts', 'store/collections.ts'],
	},
	{
		id: 'tags-on-create-stay',
		assumes: 'Tags given when creating a conversation are on the conversation.',
		because: 'The schema says so; one vendor’s help page says that its integration does not manage it.',
		usedIn: ['store/conversations.ts'],
	},
	{
		id: 'tags-by-name-or-id',
		assumes:
			'Where tags are accepted, the id of an existing tag means that tag; everything else is a name, compared letter by letter.',
		because: 'Documented for the two tag endpoints only; answers give ids, which clients then send back.',
		usedIn: ['store/organization.ts'],
	},
	{
		id: 'tag-limit-after-append',
		assumes:
			'Appending tags to more than 20 altogether gets 400; removing a tag that is not there changes nothing.',
		because: 'The limit is documented for the body; the sum is not mentioned.',
		usedIn: ['store/conversations.ts'],
	},
	{
		id: 'custom-merged-by-key',
		assumes: 'Updating custom attributes leaves those that are not named as they are; null removes one.',
		because: 'Every known client relies on it; only the null is documented.',
		usedIn: ['fields.ts'],
	},
	{
		id: 'enumeration-enforced',
		assumes: 'A custom attribute with a list of choices refuses other values.',
		because: 'Not documented; the stricter way.',
		usedIn: ['schemas/custom.ts'],
	},
	{
		id: 'metadata-put-merges',
		assumes:
			'Defining custom attributes adds to those that are there and changes the named ones (switchable: what is not named is removed).',
		because: 'No page says whether PUT replaces. Clients should send everything that they have read.',
		usedIn: ['store/organization.ts'],
	},
	{
		id: 'last-done-stays',
		assumes:
			'lastDone says when the conversation was set to done last, also after it was opened again; setting done to done changes nothing.',
		because: 'Recorded answers have lastDone with createdAt; what becomes of it later is not documented.',
		usedIn: ['documents.ts', 'store/conversations.ts'],
	},
	{
		id: 'modification-history',
		assumes:
			'modificationHistory has statusAt: when the status changed last, at first when it was created; and assignedUsersAt: when the assigned users changed last, missing before.',
		because:
			'Recorded answers have both with more times; only these are of use here, and no page explains them.',
		usedIn: ['documents.ts', 'store/conversations.ts'],
	},
	{
		id: 'meta-replaced',
		assumes: 'Updating meta of a message replaces all of it; it may hold what fits into the body limit.',
		because: 'Unlike custom, meta is one free object; no page speaks of merging.',
		usedIn: ['store/messages.ts'],
	},
	{
		id: 'attribute-types',
		assumes: 'Metadata names the types number, date, string, text, boolean, url, id and tree.',
		because: 'The suffixes are documented, the values of type are not.',
		usedIn: ['schemas/custom.ts'],
	},
	{
		id: 'rev-counts-writes',
		assumes:
			'rev begins at 1 and grows with every write to the object, also with a message or note added to a conversation.',
		because: 'Documented: a number, and that a stale one is refused.',
		usedIn: ['store/collections.ts'],
	},
	{
		id: 'modified-means-edited',
		assumes: 'updatedAt changes with everything, modifiedAt only with an edit of the object itself.',
		because: 'Both are always answered; the difference is not documented.',
		usedIn: ['store/collections.ts'],
	},
	{
		id: 'direction-default',
		assumes:
			'A conversation without a direction takes that of its first message and shows in before; a message without one is in.',
		because: 'Answers always carry a direction.',
		usedIn: ['documents.ts', 'store/messages.ts'],
	},
	{
		id: 'message-defaults',
		assumes:
			'A message without status is received when in and sent when out; without sentAt it was sent now; its size defaults to the length of the preview.',
		because: 'Answers always carry these.',
		usedIn: ['store/messages.ts'],
	},
	{
		id: 'inbound-reopens',
		assumes:
			'An inbound message sets a done or snoozed conversation to open, unless it is imported (importedAt).',
		because: 'Documented for messages of customers; not for messages that an API client records or imports.',
		usedIn: ['store/messages.ts'],
	},
	{
		id: 'snooze-rules',
		assumes:
			'Status snoozed needs snooze with status scheduled and a time in the future; another status cancels it; when the time has come the conversation is open again.',
		because: 'The form is documented, the checks are not.',
		usedIn: ['store/conversations.ts'],
	},
	{
		id: 'message-needs-a-home',
		assumes:
			'A message or note without customer and conversation is refused, and so is one whose customer and conversation do not belong together.',
		because: 'Answers always carry both relationships.',
		usedIn: ['store/messages.ts'],
	},
	{
		id: 'note-create-takes-conversation',
		assumes: 'POST /v1/notes needs conversation in its body.',
		because: 'The published schema forgets the property, yet every note belongs to a conversation.',
		usedIn: ['routes/notes.ts', 'schemas/note.ts'],
	},
	{
		id: 'backdating-is-403',
		assumes:
			'createdAt, modifiedAt, createdBy and modifiedBy of a note or message need the role org.admin; without it the answer is 403.',
		because: 'The role is documented, the answer is not.',
		usedIn: ['routes/endpoint.ts'],
	},
	{
		id: 'page-size-over-limit-is-400',
		assumes: 'A page below 1, a page size above the limit, or either not a whole number gets 400.',
		because: 'The limits are documented, what happens beyond is not.',
		usedIn: ['routes/paging.ts'],
	},
	{
		id: 'list-order',
		assumes: 'Lists come in order of creation, the oldest first, unless sort asks otherwise.',
		because:
			'Only the parameter sort=desc is documented for conversations, so the default must be the other way.',
		usedIn: ['routes/paging.ts'],
	},
	{
		id: 'search-operators',
		assumes:
			'Searching knows equals, contains, in, not_set, gte and lte; other operators and unknown attributes get 400; results are current at once.',
		because: 'These operators appear in official texts; the full table was not available.',
		usedIn: ['routes/search.ts'],
	},
	{
		id: 'search-finds-deleted',
		assumes:
			'A search for messages gives them whole, with meta; with includeDeleted also those that were deleted, marked as deleted.',
		because: 'The switch is documented, what it finds and for how long is not.',
		usedIn: ['routes/search.ts'],
	},
	{
		id: 'user-filters',
		assumes: 'users?email= compares without regard to case and leaves out deleted users.',
		because: 'The filter is documented, its comparison is not.',
		usedIn: ['routes/people.ts'],
	},
	{
		id: 'delete-cascades',
		assumes:
			'Deleting a customer deletes the conversations; deleting a conversation deletes its messages and notes.',
		because: 'Otherwise answers would point at objects that are gone.',
		usedIn: ['store/customers.ts'],
	},
	{
		id: 'upload-policy',
		assumes:
			'An upload must have every field as given, the file last, no Authorization header and exactly the announced length; errors are XML.',
		because: 'Form uploads to object storage work like that; the policy itself is not documented.',
		usedIn: ['routes/attachments.ts'],
	},
	{
		id: 'attachment-before-upload',
		assumes: 'A note or message may name an attachment before its upload is finished, but it must exist.',
		because: 'The order is a recommendation of the guide.',
		usedIn: ['store/attachments.ts'],
	},
	{
		id: 'quiet-defaults',
		assumes:
			'What was never given shows an empty list, null, the language en_us, a satisfaction of 0 and a sentiment of 0; a customer without name is called by email or phone.',
		because: 'Answers always carry these attributes; their values without input are not documented.',
		usedIn: ['documents.ts'],
	},
	{
		id: 'customer-filters',
		assumes:
			'Customers can be filtered and sorted by createdAt, updatedAt and modifiedAt; other names get 400.',
		because: 'One example of each is documented.',
		usedIn: ['routes/customers.ts'],
	},
	{
		id: 'work-session-attributes',
		assumes:
			'A work session carries the attributes of recorded events: totalTimeByStatus has, for each status that it had, the time at which that status last began.',
		because:
			'The reference lists the attributes; what they hold is known from recorded work session events only. Capacity and work items are always those of an idle agent here.',
		usedIn: ['documents.ts'],
	},
	{
		id: 'same-status-keeps-its-time',
		assumes: 'Setting the status that a session has already grows its rev and leaves statusAt as it is.',
		because: 'Not documented; clients should not write what is there already.',
		usedIn: ['work-sessions.ts'],
	},
	{
		id: 'ended-session-is-400',
		assumes: 'Changing a work session that has ended gets 400, or 409 when the rev sent is older.',
		because: 'Documented: it is read-only from then on. The answer is not.',
		usedIn: ['work-sessions.ts'],
	},
	{
		id: 'unusable-status-is-400',
		assumes:
			'A disabled status and a busy one get 400; an offline one ends the session, as it does when an agent chooses it.',
		because: 'Busy is documented as set by Kustomer itself; what the API does with either is not documented.',
		usedIn: ['work-sessions.ts'],
	},
	{
		id: 'no-current-session-is-404',
		assumes: 'Asking for the current work session of a user who has none gets 404.',
		because: 'Not documented; an answer without data would be the other way.',
		usedIn: ['routes/routing.ts'],
	},
	{
		id: 'webhook-limit-is-400',
		assumes: 'Creating a sixth outbound webhook gets 400.',
		because: 'The limit of five is documented, the answer is not. Clients should look at how many there are.',
		usedIn: ['webhooks/registry.ts'],
	},
	{
		id: 'webhook-token',
		assumes:
			'The token of an outbound webhook is made by Kustomer, cannot be chosen, and is in every answer, lists included.',
		because:
			'The documentation has it in the answer to the creation and when one is read; no body has a property for it.',
		usedIn: ['webhooks/registry.ts'],
	},
	{
		id: 'webhook-enabled-again',
		assumes: 'Enabling an outbound webhook that has failed takes its error away.',
		because: 'Documented: it must be enabled again by hand. What becomes of isError is not.',
		usedIn: ['webhooks/registry.ts'],
	},
	{
		id: 'webhook-event-list',
		assumes: 'The list of events is a list of their names.',
		because: 'The path is documented, its answer is not.',
		usedIn: ['routes/outbound-webhooks.ts'],
	},
	{
		id: 'webhook-answer-timeout',
		assumes: 'An event that is not answered within five seconds has failed.',
		because: 'The documentation says a few seconds.',
		usedIn: ['webhooks/deliveries.ts'],
	},
	{
		id: 'webhook-client',
		assumes: 'Every event names api-gw as its client.',
		because: 'Recorded events of changes through the API have it; other values were not seen.',
		usedIn: ['webhooks/deliveries.ts'],
	},
	{
		id: 'webhook-events-of-parents',
		assumes: 'A message or note also sends an update of its conversation, and none of its customer.',
		because: 'Both change with it; fewer events are easier to follow. Clients must not rely on either.',
		usedIn: ['webhooks/deliveries.ts'],
	},
	{
		id: 'web-app-addresses',
		assumes:
			'Agents open a customer at /app/customers/<id>, a conversation at /app/customers/<id>/event/<conversation id>, and a search at /app/search?q=<text>.',
		because:
			'Links in public code and data have the first two; no page describes any of them, and the search was not seen anywhere. Its path can be set in the node.',
		usedIn: ['page/web-app.ts'],
	},
	{
		id: 'web-app-can-be-framed',
		assumes: 'Pages of the web app can be shown in a frame of another page.',
		because:
			'No page says so or the contrary. The agent desktop can open records in a window of their own instead.',
		usedIn: ['page/web-app.ts'],
	},
	{
		id: 'one-machine-user',
		assumes: 'All keys act as the same machine user.',
		because: 'In Kustomer each key is a user of its own; one is enough to see what the automation wrote.',
		usedIn: ['server.ts'],
	},
];
