import { Fields, known } from '../fields';
import type { SmartAction } from '../../domain/session';
import { plainWord } from '../../domain/plain-letters';

const FAILED = /fail|error|cancel|reject|denied|declin|unsupported|notenabled|timeout|timedout|expired/;

/** Lists of a session's record, and the type of action that their entries are. */
const LISTS: ReadonlyArray<readonly [field: string, type?: string]> = [
	['smartActions'],
	['verifications', 'verification'],
	['photos', 'photo'],
	['screenshots', 'screenshot'],
	['videos', 'video'],
	['textInputs', 'text_input'],
];

/**
 * What the customer was asked to do in the app, with its result (rules C11, C12). A photo or video that is there is an
 * action that succeeded.
 */
export function smartActionsOf(fields: Fields): SmartAction[] {
	const inside = fields.under('smartActions');
	const actions = LISTS.flatMap(([field, type]) =>
		(field === 'smartActions' ? fields : inside).list(field).flatMap((entry) => actionOf(entry, type)),
	);
	if (fields.flag('verified') === true && !actions.some((action) => action.type === 'verification')) {
		actions.push({ id: 'verification', type: 'verification', result: 'succeeded' });
	}
	return actions;
}

function actionOf(entry: unknown, type: string | undefined): SmartAction[] {
	if (typeof entry !== 'object' || entry === null) {
		return type === undefined || typeof entry !== 'string'
			? []
			: [{ type, result: 'succeeded', detail: entry }];
	}
	const fields = new Fields(entry);
	const name = fields.text('type', 'actionType', 'photoType') ?? type;
	const kind = type ?? name;
	if (kind === undefined) return [];
	const id = fields.text('id');
	const error = fields.text('error', 'errorMessage', 'failReason');
	const isFailed = error !== undefined || FAILED.test(plainWord(fields.text('status', 'result', 'state')));
	return [
		known<SmartAction>({
			id: id === undefined ? undefined : `${kind}-${id}`,
			type: kind,
			result: isFailed ? 'failed' : 'succeeded',
			detail: isFailed
				? (error ?? fields.text('message', 'status', 'result'))
				: fields.text('value', 'text', 'content', 'message', 'detail'),
			at: fields.time('finishedAt', 'createdAt', 'updatedAt', 'timestamp'),
		}),
	];
}
