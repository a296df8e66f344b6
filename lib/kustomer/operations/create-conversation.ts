import type { KustomerClient } from '../client';
import type { Conversation } from '../documents';
import { InputError } from '../../http/errors';
import type { CreateConversationInput, CreateConversationResult } from '../inputs';
import { objectIn, objectsIn } from '../resources/answers';
import {
	addConversationTags,
	findConversation,
	findConversationByExternalId,
	postConversation,
} from '../resources/conversations';
import { checkCustomAttributes } from '../validate/custom-attributes';
import { given } from '../validate/customer-fields';
import { checkTags } from '../validate/tags';
import {
	checkAssignees,
	checkChoice,
	checkExternalId,
	checkId,
	checkName,
	checkOptionalId,
	checkPriority,
	checkText,
} from '../validate/text';
import { createOnce } from './create-once';
import { checkNote, writeNote } from './notes';
import { accepted, writeWithAttributes } from './unknown-attributes';

/** Fields without which a conversation is still that of its customer. */
const OPTIONAL = [
	'name',
	'tags',
	'assignedUsers',
	'assignedTeams',
	'queue',
	'priority',
	'defaultLang',
	'direction',
];

/**
 * Creates a conversation; with an external id only once (rules B1, X1).
 * Requests: one, and one for the note.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function createConversation(
	client: KustomerClient,
	input: CreateConversationInput,
): Promise<CreateConversationResult> {
	const { fields, custom, tags, externalId } = check(input);
	const note = input.note === undefined ? undefined : checkNote(input.note);

	const { object, created, leftOut } = await createOnce<Conversation>(client, {
		kind: 'conversation',
		externalId,
		chooseId: input.chooseId,
		idFrom: input.idFrom,
		send: (identity, repeatable) =>
			writeWithAttributes(client, {
				operation: 'conversation.create',
				kind: 'conversation',
				custom,
				policy: input.unknownAttributes,
				optional: input.refusedValues === 'leaveOut' ? OPTIONAL : undefined,
				send: (known, refused) =>
					postConversation(
						client,
						given({ ...identity, ...accepted(fields, refused), custom: known }),
						repeatable,
					),
			}),
		find: async (name, id) =>
			(id === undefined ? undefined : await findConversation(client, id)) ??
			(await findConversationByExternalId(client, name)),
		read: ({ answer }) => objectIn<Conversation>('conversation.create', answer),
	});

	const conversation = created ? await withTags(client, object, tags) : object;
	if (note === undefined) return { conversation, created, note: 'none', leftOut };
	const written = await writeNote(client, { id: conversation.id }, note, input.chooseId);
	return { conversation, created, note: written.created ? 'added' : 'alreadyThere', leftOut };
}

function check(input: CreateConversationInput) {
	const status = checkChoice(input.status, ['open', 'done', 'snoozed'], 'status', 'The status');
	if (status === 'snoozed') {
		throw new InputError(
			'status',
			'A conversation cannot be created as snoozed.',
			'Create it as open, and snooze it with Update Conversation.',
		);
	}
	const tags = checkTags(input.tags) ?? [];
	const users = checkAssignees(input.assignedUsers, 'assignedUsers', 'user') ?? [];
	const teams = checkAssignees(input.assignedTeams, 'assignedTeams', 'team') ?? [];
	const queueId = checkOptionalId(input.queueId, 'queueId', 'The queue ID');
	const fields = given({
		customer: checkId(input.customerId, 'customerId', 'The customer ID'),
		name: checkName(input.name),
		status,
		priority: checkPriority(input.priority),
		direction: checkChoice(input.direction, ['in', 'out'], 'direction', 'The direction'),
		tags: tags.length === 0 ? undefined : tags,
		assignedUsers: users.length === 0 ? undefined : users,
		assignedTeams: teams.length === 0 ? undefined : teams,
		queue: queueId === undefined ? undefined : { id: queueId },
		defaultLang: checkText(input.defaultLang, 'defaultLang', { label: 'The language', maxLength: 100 }),
	});
	return {
		fields,
		tags,
		custom: checkCustomAttributes(input.custom),
		externalId: checkExternalId(input.externalId),
	};
}

/**
 * Makes sure that the tags are on the conversation (rule B5): integrations have seen that tags given on creation only
 * reached the organization's list. The answer tells, so a second request is sent only then.
 */
async function withTags(
	client: KustomerClient,
	conversation: Conversation,
	tags: readonly string[],
): Promise<Conversation> {
	const attached = conversation.attributes?.tags?.length ?? 0;
	if (attached >= tags.length) return conversation;
	const answer = await addConversationTags(client, conversation.id, tags);
	if (answer.status >= 300) throw client.errorFor('conversation.addTags', answer);
	const [tagged] = objectsIn<Conversation>(answer.body);
	return tagged?.type === 'conversation' ? tagged : conversation;
}
