import type { INodeProperties } from 'n8n-workflow';

import { byName } from '../panel/sorting';
import { COMMENT_KINDS, type CommentKind } from '../../session-log/rules/session-comments';
import { choiceOf, listOf } from '../panel/values';

/** How people see a kind of comment. */
const LABELS: Readonly<Record<CommentKind, { name: string; description: string }>> = {
	phone: { name: 'Phone Number', description: "The customer's number with its country code" },
	start: { name: 'Start', description: 'When the session started, and how' },
	transfer: { name: 'Transfers', description: 'From whom to whom, one comment for each transfer' },
	end: { name: 'End', description: 'When and how the session ended, and how long it took' },
	voicemail: {
		name: 'Voicemail',
		description: 'That one was left, read, dismissed or returned, and by whom',
	},
	rating: { name: 'Rating', description: "The customer's score and comment" },
	disposition: { name: 'Disposition', description: "The agent's code and notes after the session" },
	survey: { name: 'Survey', description: 'Questions and answers' },
	smartAction: {
		name: 'SmartActions',
		description: 'What the customer verified or shared in the app, and what went wrong there',
	},
	customData: { name: 'Custom Data', description: 'What your app or website passed along' },
};

/** Those that contact centers expect: what an agent who takes over has to know. */
const USUAL: readonly CommentKind[] = [
	'phone',
	'transfer',
	'voicemail',
	'rating',
	'disposition',
	'survey',
	'smartAction',
];

export const comments: INodeProperties = {
	displayName: 'Comments',
	name: 'comments',
	type: 'multiOptions',
	options: COMMENT_KINDS.map((kind) => ({ value: kind, ...LABELS[kind] })).sort(byName),
	default: [...USUAL],
	description: 'What is written on the conversation as internal notes, each fact once',
};

/**
 * The kinds of comment that are wanted; none for an empty list.
 *
 * @param value undefined for the usual ones
 * @throws {InputError} for a kind that does not exist
 */
export function commentsOf(value: unknown): ReadonlySet<CommentKind> {
	if (value === undefined) return new Set(USUAL);
	return new Set(
		(listOf(value, 'Comments') ?? []).flatMap((kind) => choiceOf(kind, 'Comments', COMMENT_KINDS) ?? []),
	);
}
