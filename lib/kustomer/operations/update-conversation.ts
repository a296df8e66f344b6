import type { KustomerAnswer, KustomerClient } from '../client';
import type { Conversation } from '../documents';
import { KustomerError } from '../errors';
import { InputError } from '../../http/errors';
import type { AssignmentChange, UpdateConversationInput, UpdateConversationResult } from '../inputs';
import { objectIn, objectsIn } from '../resources/answers';
import { addConversationTags, patchConversation, removeConversationTags } from '../resources/conversations';
import { checkCustomAttributes } from '../validate/custom-attributes';
import { given } from '../validate/customer-fields';
import { checkDateTime } from '../validate/message-fields';
import { checkTags } from '../validate/tags';
import {
	MAX_ASSIGNEES,
	checkAssignees,
	checkChoice,
	checkName,
	checkOptionalId,
	checkPriority,
} from '../validate/text';
import { type Located, checkTarget, locate, sendAbout } from './conversation-target';
import { type CheckedNote, checkNote, writeNote } from './notes';
import { accepted, type WriteOutcome, writeWithAttributes } from './unknown-attributes';

/** Fields of which one that is refused does not stop the others. */
const OPTIONAL = ['name', 'tags', 'assignedUsers', 'assignedTeams', 'queue', 'priority', 'direction'];

/** How often a change of assignments is computed anew when somebody else changes the conversation meanwhile. */
const MAX_READS = 5;

/**
 * Changes a conversation: fields, tags, assignments, custom attributes, and a note (rule B3).
 *
 * Requests, each only when there is something to do, in this order: one for fields, replaced lists and attributes; one
 * to remove tags; one to add tags; one for the note. Adding or removing users or teams reads the conversation first.
 * Each step can be repeated without harm, and the note comes last, so after a failure the whole operation can be run
 * again.
 *
 * A tag that is both added and removed is added: "remove all of these, add the current one" is a common wish.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function updateConversation(
	client: KustomerClient,
	input: UpdateConversationInput,
): Promise<UpdateConversationResult> {
	const change = check(input);
	let located = await locate(client, checkTarget(input.target), input.chooseId);
	let conversation: Conversation | undefined;
	let leftOut: string[] = [];
	const take = (step: { located: Located; answer: KustomerAnswer }) => {
		located = step.located;
		conversation = conversationIn(step.answer) ?? conversation;
	};

	if (change.users?.mode === 'change' || change.teams?.mode === 'change') {
		const step = await patchAssignments(client, located, change, input);
		({ located, conversation, leftOut } = step);
	} else if (Object.keys(change.fields).length > 0 || change.custom !== undefined) {
		const step = await patch(client, located, change.fields, change, input);
		leftOut = step.leftOut;
		take(step);
	}
	if (change.removeTags.length > 0) {
		take(await sendAbout(client, located, (id) => removeConversationTags(client, id, change.removeTags)));
	}
	if (change.addTags.length > 0) {
		const step = await sendAbout(client, located, (id) =>
			addConversationTags(client, id, change.addTags),
		).catch((error: unknown) =>
			input.refusedValues === 'leaveOut' && error instanceof KustomerError && error.kind === 'badRequest'
				? undefined
				: Promise.reject(error),
		);
		if (step === undefined) leftOut = [...leftOut, 'tags'];
		else take(step);
	}
	let note: UpdateConversationResult['note'] = 'none';
	if (change.note !== undefined) {
		const written = await writeNote(client, located, change.note, input.chooseId);
		located = written.located;
		note = written.created ? 'added' : 'alreadyThere';
	}
	conversation ??= (await read(client, located)).conversation;
	return { conversation, note, leftOut };
}

/** How a list of users or teams changes, checked. */
type CheckedAssignment = { mode: 'set'; ids: string[] } | { mode: 'change'; add: string[]; remove: string[] };

interface Change {
	/** Fields of the PATCH that need no reading. */
	fields: Record<string, unknown>;
	custom: Record<string, unknown> | undefined;
	users: CheckedAssignment | undefined;
	teams: CheckedAssignment | undefined;
	addTags: string[];
	removeTags: string[];
	note: CheckedNote | undefined;
}

function check(input: UpdateConversationInput): Change {
	const users = checkAssignment(input.users, 'users', 'user');
	const teams = checkAssignment(input.teams, 'teams', 'team');
	const queueId = checkOptionalId(input.queueId, 'queueId', 'The queue ID');
	const tags = checkTagChange(input.tags);
	const fields = given({
		name: checkName(input.name),
		...checkStatus(input),
		priority: checkPriority(input.priority),
		direction: checkChoice(input.direction, ['in', 'out'], 'direction', 'The direction'),
		tags: tags.replace,
		assignedUsers: users?.mode === 'set' ? users.ids : undefined,
		assignedTeams: teams?.mode === 'set' ? teams.ids : undefined,
		queue: queueId === undefined ? undefined : { id: queueId },
	});
	return {
		fields,
		custom: checkCustomAttributes(input.custom),
		users,
		teams,
		addTags: tags.add,
		removeTags: tags.remove,
		note: input.note === undefined ? undefined : checkNote(input.note),
	};
}

function checkStatus(input: UpdateConversationInput): { status?: string; snooze?: object } {
	const status = checkChoice(input.status, ['open', 'snoozed', 'done'], 'status', 'The status');
	const time = checkDateTime(input.snoozeUntil, 'snoozeUntil', 'The end of the snooze');
	if (status === 'snoozed') {
		if (time !== undefined) return { status, snooze: { status: 'scheduled', time } };
		throw new InputError(
			'snoozeUntil',
			'A snoozed conversation needs the time at which it opens again.',
			'Enter the end of the snooze, for example {{ $now.plus({ hours: 4 }) }}.',
		);
	}
	if (time !== undefined) {
		throw new InputError(
			'snoozeUntil',
			'The end of the snooze is given, but the status is not snoozed.',
			'Set the status to snoozed, or leave the end of the snooze empty.',
		);
	}
	return { status };
}

function checkAssignment(
	change: AssignmentChange | undefined,
	parameter: 'users' | 'teams',
	what: 'user' | 'team',
): CheckedAssignment | undefined {
	if (change === undefined) return undefined;
	const mode = checkChoice(
		change.mode,
		['replace', 'add', 'remove'],
		`${parameter}.mode`,
		'The kind of change',
	);
	const ids = checkAssignees(change.ids, `${parameter}.ids`, what);
	if (mode === undefined || ids === undefined) return undefined;
	if (mode === 'replace') return { mode: 'set', ids };
	if (ids.length === 0) return undefined;
	return { mode: 'change', add: mode === 'add' ? ids : [], remove: mode === 'remove' ? ids : [] };
}

/** With a list that replaces, additions and removals are worked into it: then one request does it all. */
function checkTagChange(tags: UpdateConversationInput['tags']): {
	replace: string[] | undefined;
	add: string[];
	remove: string[];
} {
	const replace = checkTags(tags?.replace, 'tags.replace');
	const add = checkTags(tags?.add, 'tags.add') ?? [];
	const remove = (checkTags(tags?.remove, 'tags.remove') ?? []).filter((tag) => !add.includes(tag));
	if (replace === undefined) return { replace, add, remove };
	const kept = replace.filter((tag) => !remove.includes(tag));
	return { replace: checkTags([...kept, ...add], 'tags.replace'), add: [], remove: [] };
}

async function patch(
	client: KustomerClient,
	located: Located,
	fields: Record<string, unknown>,
	change: Change,
	input: UpdateConversationInput,
): Promise<{ located: Located; answer: KustomerAnswer; leftOut: string[] }> {
	const step = await patchOnce(client, located, fields, change, input);
	if (step.outcome.refusal !== undefined) throw step.outcome.refusal;
	return { located: step.located, answer: step.outcome.answer, leftOut: step.outcome.leftOut };
}

async function patchOnce(
	client: KustomerClient,
	located: Located,
	fields: Record<string, unknown>,
	change: Change,
	input: UpdateConversationInput,
): Promise<{ located: Located; outcome: WriteOutcome }> {
	let place = located;
	const outcome = await writeWithAttributes(client, {
		operation: 'conversation.update',
		kind: 'conversation',
		custom: change.custom,
		policy: input.unknownAttributes,
		optional: input.refusedValues === 'leaveOut' ? OPTIONAL : undefined,
		send: async (custom, refused) => {
			const body = given({ ...accepted(fields, refused), custom });
			const sent = await sendAbout(client, place, (id) =>
				// When every attribute was left out, nothing may be left to write.
				Object.keys(body).length === 0 ? get(client, id) : patchConversation(client, id, body),
			);
			place = sent.located;
			return sent.answer;
		},
	});
	return { located: place, outcome };
}

/**
 * Adds and removes users and teams. Kustomer only sets whole lists, so the conversation is read, and written with its
 * revision: if somebody else was faster, it is read again.
 */
async function patchAssignments(
	client: KustomerClient,
	located: Located,
	change: Change,
	input: UpdateConversationInput,
): Promise<{ located: Located; conversation: Conversation; leftOut: string[] }> {
	let place = located;
	for (let reads = 1; ; reads += 1) {
		const current = await read(client, place);
		place = current.located;
		const { assignedUsers, assignedTeams, rev } = current.conversation.attributes ?? {};
		const lists = {
			...applied('assignedUsers', change.users, assignedUsers, 'users'),
			...applied('assignedTeams', change.teams, assignedTeams, 'teams'),
		};
		const fields = { ...change.fields, ...lists };
		if (Object.keys(fields).length === 0 && change.custom === undefined) {
			return { ...current, leftOut: [] };
		}
		// Only lists that depend on what was read have to be refused when somebody else was faster.
		const lock = Object.keys(lists).length === 0 ? undefined : rev;
		const step = await patchOnce(client, place, given({ ...fields, rev: lock }), change, input);
		const { answer, refusal, leftOut } = step.outcome;
		if (refusal === undefined) {
			return {
				located: step.located,
				conversation: objectIn<Conversation>('conversation.update', answer),
				leftOut,
			};
		}
		if (answer.status !== 409 || lock === undefined || reads >= MAX_READS) throw refusal;
	}
}

/** The new list under its name in the request, or nothing when it does not change. */
function applied(
	field: 'assignedUsers' | 'assignedTeams',
	change: CheckedAssignment | undefined,
	current: readonly string[] = [],
	parameter: 'users' | 'teams',
): Record<string, string[]> {
	if (change?.mode !== 'change') return {};
	const next = [...new Set([...current.filter((id) => !change.remove.includes(id)), ...change.add])];
	if (next.length > MAX_ASSIGNEES) {
		throw new InputError(
			`${parameter}.ids`,
			`The conversation would have ${next.length} assigned ${parameter}; Kustomer allows ${MAX_ASSIGNEES}.`,
			'Replace the list instead of adding to it.',
		);
	}
	return next.length === current.length && next.every((id) => current.includes(id)) ? {} : { [field]: next };
}

async function read(
	client: KustomerClient,
	located: Located,
): Promise<{ located: Located; conversation: Conversation }> {
	const step = await sendAbout(client, located, (id) => get(client, id));
	return {
		located: step.located,
		conversation: objectIn<Conversation>('conversation.get', step.answer),
	};
}

function get(client: KustomerClient, id: string): Promise<KustomerAnswer> {
	return client.request({
		operation: 'conversation.get',
		method: 'GET',
		path: ['conversations', id],
		accept: [404],
	});
}

function conversationIn(answer: KustomerAnswer): Conversation | undefined {
	return objectsIn<Conversation>(answer.body).find((object) => object.type === 'conversation');
}
