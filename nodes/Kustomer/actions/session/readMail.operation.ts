import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';

import { excessOf } from '../../../../lib/domain/bounds';
import type { Session } from '../../../../lib/domain/session';
import { sessionExternalId } from '../../../../lib/domain/external-id';
import { InputError } from '../../../../lib/http/errors';
import { shownText } from '../../../../lib/http/shown-text';
import { ResultForOutput } from '../../../../lib/n8n/run/items';
import { present } from '../../../../lib/n8n/run/present';
import { choiceOf, listOf, textOf } from '../../../../lib/n8n/panel/values';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { checkSender } from '../../../../lib/platforms/ccaip/mail-authentication';
import { SOURCE } from '../../../../lib/platforms/ccaip/normal-form';
import {
	hasSeveralTexts,
	mayBeRead,
	nameOfMail,
	sessionOfFile,
	sessionsOfFiles,
	textsOfMail,
} from '../../../../lib/platforms/ccaip/session-mail';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import type { ReadSession } from '../../../../lib/platforms/read-record';
import { NoSessionError, sessionOf } from './read-session';

export const option: OperationOption = {
	name: 'Read Mail',
	action: 'Read session mail',
	description:
		'Find the session in a mail of CCAI Platform, wherever its data stand in it, and which session the files of a mail without data belong to',
};

export const notForAgents = 'It works with mails and their files.';

export const description: INodeProperties[] = [
	{
		displayName:
			'The incoming items are mails, as n8n\'s step Email Trigger (IMAP) gives them with the format "Resolved".',
		name: 'mailNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Allowed Senders',
		name: 'allowedSenders',
		type: 'string',
		default: '@ccaiplatform.com',
		placeholder: 'e.g. @ccaiplatform.com, ana@example.com',
		hint: 'The same as in the rules of the step that reads the mailbox',
		description:
			'Ends of addresses, separated by commas, that a mail must come from. The mail server looks for them anywhere in the sender, so that a name in front of another address would do. Empty allows every sender.',
	},
	{
		displayName: 'Mail Server',
		name: 'mailServer',
		type: 'string',
		default: '',
		placeholder: 'e.g. mx.google.com',
		hint: 'A mail that is refused for lack of it names the server that has checked it',
		description:
			'The server of the mailbox, by the name with which its results about senders begin in the header Authentication-Results. What it says of SPF, DKIM and DMARC decides whether a sender is real; others are not believed.',
	},
	optionsCollection([
		{
			displayName: 'Sender Has to Be Confirmed',
			name: 'senderCheck',
			type: 'options',
			default: 'required',
			description: 'Anybody can write any sender into a mail',
			options: [
				{
					name: 'Always',
					value: 'required',
					description: 'A mail is read only when the mail server says that its sender is real',
				},
				{
					name: 'Never',
					value: 'off',
					description: 'For mailboxes that nobody but the platform can send to',
				},
				{
					name: 'Unless Nothing Is Said',
					value: 'unlessUnknown',
					description:
						'A mail of which the mail server says nothing is read, too. Who can keep it from saying something can send anything.',
				},
			],
		},
		{
			displayName: 'External ID Prefix',
			name: 'externalIdPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. berlin-',
			description: 'Text in front of the external ID. Use the same as in the Contact Center Trigger.',
		},
	]),
];

const SENDER_CHECKS = ['required', 'unlessUnknown', 'off'] as const;
/** Characters of the name of a server that are shown. */
const LONGEST_SERVER = 100;

/** Which mails are believed. */
interface SenderRules {
	allowed: readonly string[];
	/** Name of the mail server that is trusted about senders. */
	server: string;
	check: (typeof SENDER_CHECKS)[number];
}

/** The order is public. */
export const outputs = ['Session', 'Files Only'];
const SESSION = 0;
const FILES_ONLY = 1;

export const repeatable = true;

export const execute: ExecuteOperation = async ({ parameters, input, context }) => {
	const binary = context.getInputData()[parameters.itemIndex]?.binary ?? {};
	const options = fieldsOf(parameters.get('options'));
	const read = readMail(input, {
		allowed: listOf(parameters.get('allowedSenders'), 'Allowed Senders') ?? [],
		server: textOf(parameters.get('mailServer'), 'Mail Server') ?? '',
		check: choiceOf(options.senderCheck, 'Sender Has to Be Confirmed', SENDER_CHECKS) ?? 'required',
	});
	const prefix = textOf(options.externalIdPrefix, 'External ID Prefix') ?? '';
	const named = (id: { source: string; id: string }) => sessionExternalId(id, prefix);
	if ('session' in read) {
		const { session, observedAt } = read;
		const { own, others } = filesBySession(session, binary);
		const json = present({
			externalId: named(session),
			occurredAt: observedAt,
			session,
			mail: nameOfMail(input),
			fileNames: namesOf(own),
		});
		const filesOnly = [...others].map(([id, theirs]) => {
			const about = { externalId: named({ source: SOURCE, id }), mail: nameOfMail(input) };
			return new ResultForOutput({ ...about, fileNames: namesOf(theirs) }, FILES_ONLY, theirs);
		});
		return await Promise.resolve([new ResultForOutput(json, SESSION, own), ...filesOnly]);
	}
	const sessions = sessionsOfFiles(Object.values(binary));
	const [only] = sessions;
	if (!(read.error instanceof NoSessionError) || only === undefined)
		throw notUnderstood(input, read.error.message);
	if (sessions.length > 1) {
		throw notUnderstood(
			input,
			`It has files of ${sessions.length} different calls or chats, and no data that say which one it belongs to.`,
		);
	}
	const json = {
		externalId: named({ source: SOURCE, id: only }),
		mail: nameOfMail(input),
		fileNames: namesOf(binary),
	};
	return new ResultForOutput(json, FILES_ONLY, binary);
};

/** By field, the names that the files are to be stored with: one transcript is called like its session, of several texts each keeps its name. */
function namesOf(files: IBinaryKeyData): IDataObject {
	const keepsNames = hasSeveralTexts(Object.values(files));
	return Object.fromEntries(
		Object.entries(files).map(([field, { fileName = '' }]) => [field, keepsNames ? fileName : '']),
	);
}

/**
 * The files of a mail with data: those of the session, and by session those whose names lead to another one, which is where they
 * belong. What customer and agent have written to each other must not land with somebody else.
 */
function filesBySession({ source, id }: Session, binary: IBinaryKeyData) {
	const own: IBinaryKeyData = {};
	const others = new Map<string, IBinaryKeyData>();
	for (const [field, file] of Object.entries(binary)) {
		const other = source === SOURCE ? sessionOfFile(file) : undefined;
		if (other === undefined || other === id) own[field] = file;
		else others.set(other, { ...others.get(other), [field]: file });
	}
	return { own, others };
}

function readMail(mail: IDataObject, { allowed, server, check }: SenderRules) {
	if (!mayBeRead(mail, allowed)) {
		throw notUnderstood(mail, "Its sender is not among those that 'Allowed Senders' has.");
	}
	const doubt = check === 'off' ? undefined : doubtAbout(mail, server, check);
	if (doubt !== undefined) throw notUnderstood(mail, doubt);
	return attempt(() => wholeSession(sessionOf(textsOfMail(mail))));
}

/**
 * The session of a mail, which leaves as an item: so it must hold no more than n8n can carry, and be named.
 *
 * @throws {InputError}
 */
function wholeSession(read: ReadSession): ReadSession {
	const { id, source } = read.session as Partial<Session>;
	const excess = excessOf(read.session);
	if (excess !== undefined) {
		throw new InputError('session', `The data hold more than a session may. ${excess}`, 'Look at the mail.');
	}
	if ([id, source].every((part) => typeof part === 'string' && part.trim() !== '')) return read;
	throw new InputError('session', 'The data have no id or no source that is text.', 'Look at the mail.');
}

/** Why the sender of a mail is not believed, in sentences; undefined when it is. */
function doubtAbout(mail: IDataObject, server: string, check: SenderRules['check']): string | undefined {
	const sender = checkSender(mail, server);
	if (sender.is === 'confirmed' || (sender.is === 'unknown' && check === 'unlessUnknown')) return undefined;
	const name = sender.is === 'unknown' ? shownText(sender.server, LONGEST_SERVER) : undefined;
	const wayOut =
		name === undefined ? '' : ` If "${name}" is the server of your mailbox, enter it under 'Mail Server'.`;
	return `${sender.reason}${wayOut}`;
}

/** What was read, or why it was not. */
function attempt(read: () => ReadSession): ReadSession | { error: InputError } {
	try {
		return read();
	} catch (error) {
		return { error: error instanceof InputError ? error : new InputError('mail', String(error), '') };
	}
}

function notUnderstood(mail: IDataObject, reason: string): InputError {
	return new InputError(
		'mail',
		`The mail ${nameOfMail(mail)} could not be read. ${reason}`,
		'Open the item that came in to see it. Trying again does not help as long as the mail is the same.',
	);
}
