import { ENDPOINTS } from '../../../lib/crm-api/endpoints';
import { namesOf, PARAMETER_NAMES, PARAMETERS, readParameters } from '../../../lib/crm-api/parameters';
import { factsOf, plainText, sessionOf } from '../../../lib/crm-api/variables';
import { crmSettings } from './crm-world';

/** Every variable of the platform that can stand in a parameter of these endpoints. The file's data comes as the file. */
const VARIABLES =
	`AGENT_ID AGENT_CUSTOM_ID AGENT_EMAIL NAME FIRST_NAME LAST_NAME UJET_ID EMAIL SESSION_TYPE PHONE_NUMBER Call_ID
	Chat_ID LANG CUSTOM_USER_ID ACCOUNT_ID RECORD_ID SESSION_ID MENU_PATH OUTBOUND_PHONE_NUMBER QUEUE_NAME QUEUE_ID SDK_NAME SDK_EMAIL
	SDK_PHONE SDK_IDENTIFIER SMART_ACTION_SESSION_ID RATING FEEDBACK CALL_DURATION HOLD_TIME WAIT_TIME DEVICE_TYPE DISCONNECTED_BY
	CHANNEL TICKET_SUBJECT TICKET_DESCRIPTION TICKET_DESCRIPTION_HTML COMMENT_BODY CUSTOMER_PHONE_NUMBER SUPPORT_PHONE_NUMBER
	OUTBOUND_NUMBER CUSTOM_AGENT_ID`.split(/\s+/);

const settings = crmSettings();
const read = (fields: Record<string, string>) => readParameters(fields).told;
const facts = (fields: Record<string, string>) => {
	const told = read(fields);
	return factsOf(told, sessionOf(told, settings) ?? { id: 'call-1', channel: 'voice' }, settings);
};

describe('parameters', () => {
	it('G6: every variable of the platform is understood by its name', () => {
		const known = new Set(PARAMETER_NAMES.flatMap(namesOf));
		expect(VARIABLES.filter((name) => !known.has(name))).toEqual([]);
	});

	it('G1: no name means two things', () => {
		const plainName = (name: string) => name.toLowerCase().replace(/_/g, '');
		const plain = PARAMETER_NAMES.flatMap((name) => [...new Set(namesOf(name).map(plainName))]);
		const twice = plain.filter((name, index) => plain.indexOf(name) !== index);
		expect(twice).toEqual([]);
	});

	it.each(PARAMETER_NAMES)('G1: the example of %s is read, under each of its names', (name) => {
		const { example } = PARAMETERS[name];
		const value = read({ [name]: example })[name];
		expect(value).toBeDefined();
		for (const one of namesOf(name)) {
			for (const spelling of [
				one,
				one.toUpperCase(),
				one.replace(/(?<=[a-z])(?=[A-Z])/g, '_'),
				one.replace(/_/g, '-'),
			]) {
				expect({ spelling, value: read({ [spelling]: example })[name] }).toEqual({ spelling, value });
			}
		}
	});

	it('G1: every parameter is used by an endpoint', () => {
		const used = new Set(ENDPOINTS.flatMap(({ contract }) => [...contract.needs.flat(), ...contract.takes]));
		expect(PARAMETER_NAMES.filter((name) => !used.has(name))).toEqual([]);
	});

	it.each([
		['rating', '0', 'is not a number from 1 to 5'],
		['rating', 'five', 'is not a number from 1 to 5'],
		['email', 'kim', 'is not one email address'],
		['contactId', '123', 'is not an ID of Kustomer: those have 24 characters, 0 to 9 and a to f'],
		['callId', 'null ', undefined],
		['callId', '4 711', 'has blanks or control characters in it, so it is not an ID'],
		['callId', '-', 'is not an ID, but a word for none'],
		['callDuration', 'long', 'is not a duration such as 02:35 (minutes and seconds) or a number of seconds'],
		['sourceType', 'FAX', 'is neither PHONE nor CHAT'],
		['phone', 'x'.repeat(257), 'has more than 256 characters'],
	])('G8: %s %j: %s', (name, written, why) => {
		const { told, unread } = readParameters({ [name]: written });
		expect(told).toEqual({});
		expect(unread).toEqual(why === undefined ? [] : [{ parameter: name, why }]);
	});

	it('G6: an unreplaced variable is a missing value', () => {
		expect(
			readParameters({ phone: '{PHONE_NUMBER}', subject: '{TICKET_SUBJECT}', Call_ID: '{Call_ID}' }),
		).toEqual({
			told: {},
			unread: [],
		});
	});
});

describe('what the variables say of a session', () => {
	it('G6: everything together', () => {
		expect(
			facts({
				Call_ID: '4711',
				SESSION_TYPE: 'Voice Inbound (IVR)',
				PHONE_NUMBER: '+1 222 333 4444',
				FIRST_NAME: 'Kim',
				LAST_NAME: '--',
				EMAIL: 'Kim@example.com',
				UJET_ID: '99',
				LANG: 'en',
				MENU_PATH: 'Orders/Order confirmation/Order info',
				QUEUE_NAME: 'Order info',
				QUEUE_ID: '26',
				SUPPORT_PHONE_NUMBER: '+12225550100',
				AGENT_ID: '11',
				AGENT_CUSTOM_ID: '5B0000000000000000000001',
				AGENT_EMAIL: 'ana@example.com',
				RATING: '4',
				FEEDBACK: '<p>good</p>',
				CALL_DURATION: '02:35',
				HOLD_TIME: '00:20',
				WAIT_TIME: '1:02:05',
				DEVICE_TYPE: 'iOS',
				DISCONNECTED_BY: 'agent',
				SMART_ACTION_SESSION_ID: '36',
				TICKET_SUBJECT: 'Call &amp; more',
			}),
		).toEqual({
			source: 'ccaip',
			id: 'call-4711',
			channel: 'voice',
			subject: 'Call & more',
			type: 'Voice Inbound (IVR)',
			origin: 'phone',
			direction: 'in',
			state: 'ended',
			language: 'en',
			endUser: { id: '99', name: 'Kim', phone: '+1 222 333 4444', email: 'kim@example.com' },
			line: '+12225550100',
			agent: { id: '11', sourceId: '5b0000000000000000000001', email: 'ana@example.com' },
			queue: { id: '26', name: 'Orders / Order confirmation / Order info' },
			menuPath: ['Orders', 'Order confirmation', 'Order info'],
			deviceType: 'iOS',
			duration: 155,
			waitTime: 3725,
			holdTime: 20,
			endReason: 'agent',
			rating: { score: 4, comment: 'good' },
			variables: { smart_action_session_id: '36' },
		});
	});

	it('G6: a session of which only few is told says nothing else', () => {
		expect(facts({ chatId: '5', direction: 'outgoing' })).toEqual({
			source: 'ccaip',
			id: 'chat-5',
			channel: 'chat',
			direction: 'out',
			endUser: {},
		});
	});

	it('G6: a call that has lasted no time is not over', () => {
		expect(facts({ callId: '5', CALL_DURATION: '00:00' }).state).toBeUndefined();
	});

	it('X4: a withheld number is withheld', () => {
		expect(facts({ callId: '5', phone: 'anonymous' }).endUser).toEqual({ withheld: true });
	});

	it.each([
		['<p>a</p><p>b &lt; c</p>', 'a\nb < c'],
		['1 < 2', '1 < 2'],
		['a &amp; b', 'a & b'],
		['<script>alert(1)</script>x<br>y', 'x\ny'],
	])('G10: %j is shown as %j', (written, shown) => {
		expect(plainText(written)).toBe(shown);
	});
});
