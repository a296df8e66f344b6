import { checkCustomAttributes, suffixOf } from '../../../../lib/kustomer/validate/custom-attributes';
import {
	SESSION_FIELDS,
	conversationFieldsOf,
	customerFieldsOf,
	isConversationField,
	sessionFieldsOf,
} from '../../../../lib/session-log/rules/session-fields';
import type { Session } from '../../../../lib/domain/session';

const session = (facts: Partial<Session> = {}): Session => ({
	source: 'ccaip',
	id: 'call-4711',
	channel: 'voice',
	direction: 'in',
	endUser: {},
	...facts,
});
const phone = '+493012345678';

describe('session fields', () => {
	it('C19, C21, C22: are those that Kustomer shows under "Additional information"', () => {
		const labels = (wanted: string) =>
			SESSION_FIELDS.filter(({ kind }) => kind === wanted).map(({ displayName }) => displayName);
		expect(labels('customer')).toEqual(['Custom User ID', 'Assigned Agent']);
		expect(labels('conversation')).toEqual(['Call ID', 'Language', 'Customer Menu Selection']);
		expect(labels('message')).toEqual([
			'Queue Name',
			'Session Type',
			'Session ID',
			'From Phone Number',
			'Call Duration',
			'Hold Time',
			'Wait Time',
			'CSAT Rating',
			'CSAT Comment',
			'Customer Menu Selection',
			'Email using In-Web',
			'Language',
		]);
	});

	it('B4: have names that say their type', () => {
		for (const { name } of SESSION_FIELDS) expect(suffixOf(name)).toBeDefined();
	});

	it('C21, C22: are all filled when everything is known', () => {
		const fields = sessionFieldsOf(
			session({
				type: 'Voice Inbound (IVR)',
				language: 'en',
				endUser: { phone: '030 12345678' },
				queue: { id: 'q1', name: 'Delivery' },
				menuPath: ['Orders', 'Delivery'],
				duration: 185,
				holdTime: 0,
				waitTime: 20.5,
				rating: { score: 4, comment: 'quick' },
				emailInWeb: false,
			}),
			{ phone },
		);
		expect(fields).toEqual({
			queueNameStr: 'Delivery',
			sessionTypeStr: 'Voice Inbound (IVR)',
			sessionIdStr: 'call-4711',
			fromPhoneNumberStr: phone,
			callDurationNum: 185,
			holdTimeNum: 0,
			waitTimeNum: 20.5,
			csatRatingNum: 4,
			csatCommentTxt: 'quick',
			customerMenuSelectionStr: 'Orders / Delivery',
			emailUsingInWebBool: false,
			languageStr: 'en',
		});
		const defined = SESSION_FIELDS.filter(({ kind }) => kind === 'message').map(({ name }) => name);
		expect(Object.keys(fields).sort()).toEqual([...defined].sort());
		expect(checkCustomAttributes(fields)).toEqual(fields);
	});

	it('C22: what is not known is left out', () => {
		expect(sessionFieldsOf(session())).toEqual({
			sessionTypeStr: 'Incoming call',
			sessionIdStr: 'call-4711',
		});
		expect(sessionFieldsOf(undefined as unknown as Session)).toEqual({});
	});

	it.each<[string, Partial<Session>, string | undefined, string | undefined]>([
		['the customer', { endUser: { phone: '030' } }, phone, phone],
		['the customer, as the platform wrote it', { endUser: { phone: '030 1234' } }, undefined, '030 1234'],
		['nobody when withheld', { endUser: { phone: 'anonymous', withheld: true } }, undefined, undefined],
		[
			'the company on an outbound call',
			{ direction: 'out', line: '+4930999', endUser: { phone } },
			phone,
			'+4930999',
		],
		['nobody between agents', { direction: 'internal', endUser: { phone } }, phone, undefined],
	])('C22: the number that the call came from is that of %s', (_case, facts, e164, expected) => {
		expect(sessionFieldsOf(session(facts), { phone: e164 }).fromPhoneNumberStr).toBe(expected);
	});

	it('B4: fit into Kustomer, however long or wrong the values are', () => {
		const fields = sessionFieldsOf(
			session({
				rating: { score: Number.NaN, comment: 'x'.repeat(5000) },
				menuPath: Array.from({ length: 30 }, () => 'y'.repeat(200)),
				duration: -5,
				waitTime: '20' as unknown as number,
				emailInWeb: 'yes' as unknown as boolean,
			}),
		);
		expect(Object.keys(fields).sort()).toEqual([
			'csatCommentTxt',
			'customerMenuSelectionStr',
			'queueNameStr',
			'sessionIdStr',
			'sessionTypeStr',
		]);
		expect(String(fields.customerMenuSelectionStr)).toHaveLength(1024);
		expect(() => checkCustomAttributes(fields)).not.toThrow();
	});

	it('C22: the queue is the leaf of the menu selection when the platform does not name it', () => {
		const menuPath = ['Orders', 'Delivery'];
		expect(sessionFieldsOf(session({ menuPath })).queueNameStr).toBe('Delivery');
		expect(sessionFieldsOf(session({ menuPath, queue: { id: 'q7' } })).queueNameStr).toBe('q7');
	});

	it('C21: the conversation gets the bare id, language and menu selection, as far as they are known', () => {
		expect(conversationFieldsOf(session({ language: 'pt-BR', menuPath: ['Orders', 'Delivery'] }))).toEqual({
			callIdStr: '4711',
			languageStr: 'pt-BR',
			customerMenuSelectionStr: 'Orders / Delivery',
		});
		expect(conversationFieldsOf(session())).toEqual({ callIdStr: '4711' });
		expect(conversationFieldsOf(undefined as never)).toEqual({});
		expect(
			['callIdStr', 'customerMenuSelectionStr', 'sessionIdStr', 'assignedAgentStr'].map(isConversationField),
		).toEqual([true, true, false, false]);
	});

	it('C18, C22: the customer gets the custom user id', () => {
		expect(customerFieldsOf(session({ endUser: { id: '5', identifier: 'user-77' } }))).toEqual({
			customUserIdStr: 'user-77',
		});
		expect(customerFieldsOf(session())).toEqual({});
	});
});
