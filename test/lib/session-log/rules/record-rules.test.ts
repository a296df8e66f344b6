import type { Held, HeldConversation, HeldSession } from '../../../../lib/session-log/rules/record-decision';
import { admit, candidates, decide, place } from '../../../../lib/session-log/rules/record-rules';
import { settingsFor } from '../../../../lib/session-log/rules/queue-settings';
import {
	DEFAULT_RECORD_SETTINGS,
	type RecordSettings,
} from '../../../../lib/session-log/rules/record-settings';
import { queueOf } from '../../../../lib/session-log/rules/queue-key';
import type { Session } from '../../../../lib/domain/session';

const NOW = Date.parse('2026-03-10T12:00:00.000Z');
const EXTERNAL_ID = 'eu-ccaip:call-9';

const daysAgo = (days: number) => new Date(NOW - days * 24 * 60 * 60 * 1000).toISOString();
const at = daysAgo(0);

const session = (known: Partial<Session>): Session => ({
	source: 'ccaip',
	id: 'call-9',
	channel: 'voice',
	direction: 'in',
	endUser: {},
	...known,
});

const rules = (set: Partial<RecordSettings> = {}): RecordSettings => ({ ...DEFAULT_RECORD_SETTINGS, ...set });

type AdmitRow = [name: string, known: Partial<Session>, set: Partial<RecordSettings>, decision: string];

describe('which session gets a conversation, and when', () => {
	const agent = { id: '7' };
	const delay = { delayUntilConnected: true };

	// prettier-ignore
	const inboundCalls: AdmitRow[] = [
		['C1: a call from the mobile app comes in', { origin: 'app', state: 'started' }, {}, 'record C1'],
		['C1: a call from the mobile app was given up', { origin: 'app', outcome: 'abandoned' }, {}, 'record C1'],
		['C1, D5: a call from the mobile app comes in, abandoned calls are off', { origin: 'app', state: 'queued' }, { abandonedCalls: false }, 'wait D3'],
		['C1, D5: a call from the mobile app was given up, abandoned calls are off', { origin: 'app', outcome: 'abandoned' }, { abandonedCalls: false }, 'skip D5'],
		['C1, D3: a call from the mobile app is assigned, abandoned calls are off', { origin: 'app', state: 'assigned' }, { abandonedCalls: false }, 'record D3'],
		['C1, D3: a call from the mobile app comes in, delayed', { origin: 'app', state: 'queued' }, delay, 'wait D3'],
		['C1, D3: a call from the mobile app is connected, delayed', { origin: 'app', connectedAt: at }, delay, 'record C1'],
		['C2: an agent answers a call', { state: 'connected', agent, connectedAt: at }, {}, 'record C2'],
		['C2: a call was answered and is over', { state: 'ended', outcome: 'answered' }, {}, 'record C2'],
		['C2: a metadata file tells of an answered call hours later', { state: 'completed', connectedAt: at, endedAt: at }, delay, 'record C2'],
		['C2: a call from a website is no call from the mobile app', { origin: 'web', state: 'started' }, {}, 'wait D3'],
		['D3: a call rings', { state: 'started' }, {}, 'wait D3'],
		['D3: a call waits in a queue', { state: 'queued', queuedAt: at }, {}, 'wait D3'],
		['D3: nothing is known of a call', {}, {}, 'wait D3'],
		['D3: a call is assigned', { state: 'assigned' }, {}, 'record D3'],
		['D3: a call is assigned, known from the time', { assignedAt: at }, {}, 'record D3'],
		['D3: a call is assigned, known from the agent', { state: 'queued', agent: { email: 'ira@example.com' } }, {}, 'record D3'],
		['D3: a call is assigned, known from a participant', { state: 'queued', participants: [{ type: 'agent', id: '7', status: 'assigned' }] }, {}, 'record D3'],
		['D3: a call rings at an agent who takes no part yet', { state: 'queued', participants: [{ type: 'agent', id: '7', status: 'ringing' }] }, {}, 'wait D3'],
		['D3: the customer takes part', { state: 'queued', participants: [{ type: 'endUser', id: '9', status: 'assigned' }] }, {}, 'wait D3'],
		['D3: an agent without any detail is none', { state: 'queued', agent: { name: ' ' } }, {}, 'wait D3'],
		['D3: a call is assigned, delayed', { state: 'assigned', assignedAt: at, agent }, delay, 'wait D3'],
		['D3: a call is connected, delayed', { state: 'connected', agent }, delay, 'record C2'],
		['D3: a call was assigned and given up, even when abandoned calls are off', { agent, state: 'ended', outcome: 'abandoned' }, { abandonedCalls: false }, 'record D3'],
		['D3: delayed and abandoned calls off: only connected calls count', { agent, assignedAt: at, state: 'ended', outcome: 'abandoned' }, { ...delay, abandonedCalls: false }, 'skip D5'],
		['D3: delayed and abandoned calls on', { agent, assignedAt: at, state: 'ended', outcome: 'abandoned' }, delay, 'record C4'],
		['C4: a caller gives up', { state: 'ended', outcome: 'abandoned' }, {}, 'record C4'],
		['D5: a caller gives up, and abandoned calls are off', { state: 'ended', outcome: 'abandoned' }, { abandonedCalls: false }, 'skip D5'],
		['D5: a call is missed', { outcome: 'missed', state: 'ended' }, { abandonedCalls: false }, 'skip D5'],
		['D5: a call fails', { outcome: 'failed' }, { abandonedCalls: false }, 'skip D5'],
		['D5: a call is deflected', { outcome: 'deflected' }, { abandonedCalls: false }, 'skip D5'],
		['D5: a call is over, nobody says how', { endedAt: at }, { abandonedCalls: false }, 'skip D5'],
		['D5: a missed call, and abandoned calls are on', { outcome: 'missed', endedAt: at }, {}, 'record C4'],
		['X3, X17: missed is said of one agent of a group, too, and ends no call', { outcome: 'missed' }, { abandonedCalls: false }, 'wait D3'],
		['X3, X17: an agent of a group was connected, the others missed the call', { outcome: 'missed', participants: [{ type: 'agent', id: '1', connectedAt: at }] }, { ...delay, abandonedCalls: false }, 'record C2'],
		['D5: a time that is none does not end a call', { endedAt: 'soon' }, {}, 'wait D3'],
		['X3: a group rings, one missed it so far', { state: 'queued', participants: [{ type: 'agent', id: '1', status: 'missed' }] }, {}, 'wait D3'],
		['X3: a group rings, one of them answered', { state: 'connected', connectedAt: at, participants: [{ id: '1', status: 'missed' }, { id: '2', status: 'connected' }] }, {}, 'record C2'],
		['X3: a leg of an answered call was missed', { state: 'ended', outcome: 'missed', connectedAt: at }, { ...delay, abandonedCalls: false }, 'record C2'],
		['X3: a group rings in vain', { state: 'ended', outcome: 'missed', participants: [{ id: '1', status: 'missed', connectedAt: at }, { id: '2', status: 'connected' }] }, { abandonedCalls: false }, 'skip D5'],
		['X4: a call between colleagues', { direction: 'internal', state: 'connected', connectedAt: at }, {}, 'skip X4'],
	];

	// prettier-ignore
	const voicemails: AdmitRow[] = [
		['C5: a voicemail is left', { outcome: 'voicemail' }, {}, 'record C5'],
		['C5: a voicemail is left, whatever the settings', { voicemail: { status: 'left' } }, { ...delay, abandonedCalls: false }, 'record C5'],
		['C5: a voicemail is read later', { voicemail: { status: 'read' }, outcome: 'missed' }, { abandonedCalls: false }, 'record C5'],
	];

	// prettier-ignore
	const outboundCalls: AdmitRow[] = [
		['C3: an outbound call is made', { direction: 'out', state: 'started' }, {}, 'record C3'],
		['C3: an outbound call is made, nothing else is known', { direction: 'out' }, {}, 'record C3'],
		['C3: an outbound call was not answered', { direction: 'out', outcome: 'missed' }, { abandonedCalls: false }, 'record C3'],
		['C3, D3: an outbound call rings, delayed', { direction: 'out', state: 'assigned', agent }, delay, 'wait D3'],
		['C3, D3: an outbound call is answered, delayed', { direction: 'out', state: 'connected' }, delay, 'record C3'],
		['D5: an outbound call was not answered, delayed', { direction: 'out', outcome: 'missed', state: 'ended', agent }, delay, 'record D5'],
		['D5: an outbound call was not answered, delayed, abandoned calls off', { direction: 'out', outcome: 'missed', state: 'ended', agent }, { ...delay, abandonedCalls: false }, 'skip D5'],
	];

	const chat = { channel: 'chat' as const };
	/** An agent has answered the chat. */
	const answered = { ...chat, agent, state: 'connected' as const };
	const three = { chatMinMessages: 3 };
	// prettier-ignore
	const chats: AdmitRow[] = [
		['C1: a chat from the mobile app comes in', { ...chat, origin: 'app', state: 'started' }, {}, 'record C1'],
		['C1: a chat from the mobile app was given up', { ...chat, origin: 'app', outcome: 'abandoned' }, {}, 'record C1'],
		['C1, D6: a chat from the mobile app comes in, abandoned ones need messages', { ...chat, origin: 'app', state: 'queued' }, { abandonedChats: 'minMessages' }, 'wait D3'],
		['C1, D6: a chat from the mobile app was given up, abandoned ones need messages', { ...chat, origin: 'app', outcome: 'abandoned' }, { abandonedChats: 'minMessages' }, 'skip D6'],
		['C1: a chat from the mobile app is answered, abandoned ones need messages', { ...answered, origin: 'app' }, { abandonedChats: 'minMessages' }, 'record C1'],
		['C3: an outbound SMS is sent', { channel: 'sms', direction: 'out', state: 'started' }, three, 'record C3'],
		['D3: a chat from a website waits', { ...chat, origin: 'web', state: 'queued' }, {}, 'wait D3'],
		['D3: a chat from a website is assigned', { ...chat, origin: 'web', state: 'assigned' }, {}, 'wait D3'],
		['D3: a chat is assigned, known from the time', { ...chat, assignedAt: at }, {}, 'wait D3'],
		['D3: a chat is assigned, known from the agent', { ...chat, agent }, {}, 'wait D3'],
		['D3: a chat from a website is connected', { ...answered, origin: 'web' }, {}, 'record D3'],
		['D3: a chat is connected, known from the time', { ...chat, connectedAt: at }, {}, 'record D3'],
		['D3: a chat is connected, known from a participant', { ...chat, participants: [{ type: 'agent', id: '7', connectedAt: at }] }, {}, 'record D3'],
		['D3: an SMS chat is assigned', { channel: 'sms', assignedAt: at }, {}, 'wait D3'],
		['D3: an SMS chat is connected', { channel: 'sms', connectedAt: at }, {}, 'record D3'],
		['D3: a WhatsApp chat is assigned', { channel: 'whatsapp', agent }, {}, 'wait D3'],
		['D3: a WhatsApp chat is connected', { channel: 'whatsapp', agent, state: 'connected' }, {}, 'record D3'],
		['D3: chats are not delayed like calls', answered, delay, 'record D3'],
		['D3: an answered chat is over', { ...chat, state: 'ended', outcome: 'answered' }, {}, 'record D3'],
		['D3, D6: a chat only rang and is over', { ...chat, agent, assignedAt: at, state: 'ended', endedAt: at }, {}, 'skip D6'],
		['D3, D6: a chat only rang and is over, all abandoned ones count', { ...chat, agent, assignedAt: at, endedAt: at }, { abandonedChats: 'all' }, 'record D6'],
		['D4: no message of one', { ...answered, consumerMessages: 0 }, { chatMinMessages: 1 }, 'wait D4'],
		['D4: one message of one', { ...answered, consumerMessages: 1 }, { chatMinMessages: 1 }, 'record D4'],
		['D4: two messages of three', { ...answered, consumerMessages: 2 }, three, 'wait D4'],
		['D4: three messages of three', { ...answered, consumerMessages: 3 }, three, 'record D4'],
		['D4: three messages of three, told one by one', { ...answered, consumerMessages: 1, consumerMessageIds: ['a', 'b', 'c'] }, three, 'record D4'],
		['D4: two messages, one told twice', { ...answered, consumerMessageIds: ['a', 'b', 'b'] }, three, 'wait D4'],
		['D4: two messages, told with an id and without one', { ...answered, consumerMessageIds: ['a', 'b', 'text:1', 'text:2'] }, three, 'wait D4'],
		['D4: three messages, told without an id', { ...answered, consumerMessageIds: ['a', 'text:1', 'text:2', 'text:3'] }, three, 'record D4'],
		['D4: three messages, but no agent yet', { ...chat, state: 'queued', consumerMessages: 3 }, three, 'wait D3'],
		['D4: three messages, and an agent who only rings', { ...chat, agent, consumerMessages: 3 }, three, 'wait D3'],
		['D4: a chat from the mobile app waits for messages too', { ...answered, origin: 'app', consumerMessages: 2 }, three, 'wait D4'],
		['D4: a chat from the mobile app has its messages', { ...answered, origin: 'app', consumerMessages: 3 }, three, 'record D4'],
		['D4, D6: a chat from the mobile app was given up while it waited for messages', { ...chat, origin: 'app', endedAt: at, consumerMessages: 3 }, three, 'skip D6'],
		['D4: messages are not counted', answered, three, 'wait D4'],
		['D4: an answered chat ends with too few messages', { ...chat, outcome: 'answered', consumerMessages: 2 }, three, 'skip D4'],
		['D4: an answered chat ends, too few messages were told one by one', { ...chat, outcome: 'answered', consumerMessageIds: ['a', 'b'] }, three, 'skip D4'],
		['D4: an answered chat ends, none of the messages that are shown is the customer\'s', { ...chat, outcome: 'answered', consumerMessages: 0 }, { chatMinMessages: 1 }, 'skip D4'],
		['D4: an answered chat ends with enough messages', { ...chat, outcome: 'answered', consumerMessages: 3 }, three, 'record D4'],
		['D4: an answered chat ends, nobody counted', { ...chat, outcome: 'answered' }, three, 'record D4'],
		['D4: an answered chat ends, both sides together wrote too little', { ...chat, outcome: 'answered', messages: 2 }, three, 'skip D4'],
		['D4: an answered chat ends, both sides together wrote enough', { ...chat, outcome: 'answered', messages: 3 }, three, 'record D4'],
		['D4: a wrong number is no number', { ...answered, consumerMessages: '3' as never }, three, 'wait D4'],
		['D4: calls have no messages', { agent }, three, 'record D3'],
		['D4, D6: an abandoned chat with too few messages, all count', { ...chat, outcome: 'abandoned', consumerMessages: 2 }, { ...three, abandonedChats: 'all' }, 'record D6'],
		['D4, D6: an abandoned chat with enough messages for itself', { ...chat, outcome: 'abandoned', consumerMessages: 2 }, { ...three, abandonedChats: 'minMessages', abandonedChatMinMessages: 2 }, 'record D6'],
		['D4, D6: an abandoned chat with enough messages, none count', { ...chat, agent, outcome: 'abandoned', consumerMessages: 5 }, three, 'skip D6'],
		['D6: a chat is given up', { ...chat, outcome: 'abandoned' }, {}, 'skip D6'],
		['D6: a chat is given up after a moment', { ...chat, endedAt: at, duration: 1 }, { abandonedChats: 'none' }, 'skip D6'],
		['D6: a chat is given up, all count', { ...chat, outcome: 'abandoned' }, { abandonedChats: 'all' }, 'record D6'],
		['D6: a chat is given up, nobody counted, all count', { ...chat, outcome: 'abandoned' }, { ...three, abandonedChats: 'all' }, 'record D6'],
		['D6: a chat is given up with one message of two', { ...chat, outcome: 'abandoned', consumerMessages: 1 }, { abandonedChats: 'minMessages', abandonedChatMinMessages: 2 }, 'skip D6'],
		['D6: a chat is given up with two messages of two', { ...chat, outcome: 'abandoned', consumerMessages: 2 }, { abandonedChats: 'minMessages', abandonedChatMinMessages: 2 }, 'record D6'],
		['D6: a chat is given up, nobody counted', { ...chat, outcome: 'abandoned' }, { abandonedChats: 'minMessages', abandonedChatMinMessages: 2 }, 'skip D6'],
		['D6: a chat was assigned and given up', { ...chat, agent, outcome: 'abandoned' }, {}, 'skip D6'],
		['D6: abandoned calls are another setting', { ...chat, outcome: 'abandoned' }, { abandonedCalls: true }, 'skip D6'],
	];

	// prettier-ignore
	const unknowns: AdmitRow[] = [
		['C2: a session of no known direction is inbound', { direction: undefined, state: 'started' }, {}, 'wait D3'],
		['C2: a session of an unknown channel is a call', { channel: 'fax' as never, connectedAt: at }, {}, 'record C2'],
		['C2: an unknown state says nothing', { state: 'dreaming' as never }, {}, 'wait D3'],
		['D5: an unknown outcome says nothing', { outcome: 'toString' as never }, { abandonedCalls: false }, 'wait D3'],
		['D4, D6: a setting that is no number is off', answered, { chatMinMessages: Number.NaN }, 'record D3'],
		['D6: an unknown setting records nothing', { ...chat, outcome: 'abandoned' }, { abandonedChats: 'some' as never }, 'skip D6'],
	];

	it.each([...inboundCalls, ...voicemails, ...outboundCalls, ...chats, ...unknowns])(
		'%s',
		(_, known, set, decision) => {
			const { action, rule, reason } = admit(session(known), rules(set));
			expect(`${action} ${rule}`).toBe(decision);
			expect(reason).toMatch(/^[A-Z].*\.$/);
		},
	);

	it.each<[string, Partial<Session>, Partial<RecordSettings>]>([
		['Delay Until Connected', { state: 'assigned' }, delay],
		['Record Abandoned Calls', { outcome: 'abandoned' }, { abandonedCalls: false }],
		['Minimum Chat Messages', answered, three],
		['Record Abandoned Chats', { ...chat, outcome: 'abandoned' }, {}],
		['Minimum if Abandoned', { ...chat, outcome: 'abandoned' }, { abandonedChats: 'minMessages' }],
	])('D3 to D6: a reason names the setting "%s"', (setting, known, set) => {
		expect(admit(session(known), rules(set)).reason).toContain(`"${setting}"`);
	});

	it('D3: a reason says whether a chat that waits has an agent', () => {
		const reason = (facts: Partial<Session>) => admit(session({ ...chat, ...facts }), rules()).reason;
		expect(reason({ assignedAt: at })).toBe('The chat is assigned to an agent, and not connected yet.');
		expect(reason({})).toBe('The chat is not assigned to an agent yet.');
	});

	it('D4: a reason says how many messages there are', () => {
		const reason = (consumerMessages: number) =>
			admit(session({ ...answered, endedAt: at, consumerMessages }), rules(three)).reason;
		expect(reason(0)).toContain('no message,');
		expect(reason(1)).toContain('1 message,');
		expect(reason(2)).toContain('2 messages,');
	});

	it('X1: the order in which a call becomes known makes no difference', () => {
		const assigned: Partial<Session> = { assignedAt: at, agent };
		const ended: Partial<Session> = { state: 'ended', outcome: 'abandoned', endedAt: at };
		const off = rules({ abandonedCalls: false });
		const steps = (...known: Array<Partial<Session>>) =>
			known.map((_, index) => admit(session(Object.assign({}, ...known.slice(0, index + 1))), off).action);
		expect(steps(assigned, ended)).toEqual(['record', 'record']);
		expect(steps(ended, assigned)).toEqual(['skip', 'record']);
	});

	it('U8: the settings of the queue decide', () => {
		const queues = [{ queue: 'Hotline', settings: { abandonedCalls: false } }];
		const decision = (menuPath: string[]) => {
			const call = session({ outcome: 'abandoned', menuPath });
			return admit(call, settingsFor(call, rules(), queues).settings).action;
		};
		expect(decision(['Orders', 'Hotline'])).toBe('skip');
		expect(decision(['Orders', 'Delivery'])).toBe('record');
	});
});

const logged = (known: Partial<HeldSession> = {}): HeldSession => ({
	externalId: 'eu-ccaip:call-1',
	channel: 'voice',
	queue: queueOf({ menuPath: ['Orders', 'Delivery'] }),
	voicemail: false,
	...known,
});

const conversation = (id: string, known: Partial<HeldConversation> = {}): HeldConversation => ({
	id,
	status: 'open',
	createdAt: daysAgo(20),
	activeAt: daysAgo(10),
	channels: ['voice'],
	ofThisSession: false,
	sessions: [logged()],
	...known,
});

const holding = (...conversations: HeldConversation[]): Held => ({ conversations, now: NOW });

describe('a session of which somebody has asked for a record', () => {
	const strict = {
		delayUntilConnected: true,
		abandonedCalls: false,
		abandonedChats: 'none',
		chatMinMessages: 3,
	} as const;

	it.each<[string, Partial<Session>]>([
		['a call that waits for an agent', { state: 'queued' }],
		['a call that was given up', { outcome: 'abandoned', endedAt: at }],
		['a chat that only rang', { channel: 'chat', state: 'assigned' }],
		['a chat with too few messages', { channel: 'chat', connectedAt: at, endedAt: at, consumerMessages: 0 }],
	])('G1, X12: %s gets one', (_, known) => {
		expect(admit(session(known), rules(strict)).action).not.toBe('record');
		expect(admit(session(known), rules(strict), true)).toMatchObject({ action: 'record', rule: 'G1' });
		const held = { conversations: [], now: NOW };
		expect(decide(session(known), EXTERNAL_ID, rules(strict), held).action).not.toBe('create');
		expect(decide(session(known), EXTERNAL_ID, rules(strict), { ...held, asked: true })).toMatchObject({
			action: 'create',
			rule: 'G1',
		});
	});

	it('G1, X12: what the rules would record keeps its rule, and what is between colleagues gets none', () => {
		expect(admit(session({ connectedAt: at }), rules(), true)).toMatchObject({
			action: 'record',
			rule: 'C2',
		});
		expect(admit(session({ direction: 'internal' }), rules(), true)).toMatchObject({
			action: 'skip',
			rule: 'X4',
		});
	});
});

describe('where a session goes', () => {
	const answered: Partial<Session> = {
		state: 'connected',
		connectedAt: at,
		menuPath: ['Orders', 'Delivery'],
	};
	const outbound: Partial<Session> = { direction: 'out', state: 'started' };
	const voicemail: Partial<Session> = { outcome: 'voicemail', menuPath: ['Orders', 'Delivery'] };
	const open = conversation('open');
	const snoozed = conversation('snoozed', { status: 'snoozed' });
	const done = (days: number, known: Partial<HeldConversation> = {}) =>
		conversation('done', { status: 'done', closedAt: daysAgo(days), ...known });
	const week = { reopenDays: 7 };

	type PlaceRow = [
		name: string,
		known: Partial<Session>,
		held: Held,
		set: Partial<RecordSettings>,
		decision: string,
	];

	// prettier-ignore
	const inbound: PlaceRow[] = [
		['C2: a new customer calls', answered, holding(), {}, 'create C2'],
		['C6: the customer has an open conversation of the same queue', answered, holding(open), {}, 'append C6 open'],
		['C6: the queue is written differently', { ...answered, menuPath: ['ORDERS ', 'delivery'] }, holding(open), {}, 'append C6 open'],
		['C6: another queue', { ...answered, menuPath: ['Returns', 'Delivery'] }, holding(open), {}, 'create C2'],
		['C6: another channel', { ...answered, channel: 'chat', consumerMessages: 9 }, holding(open), {}, 'create D3'],
		['C6: the same channel, a chat', { ...answered, channel: 'chat' }, holding(conversation('c', { channels: ['chat'], sessions: [logged({ channel: 'chat' })] })), {}, 'append C6 c'],
		['C6: a snoozed conversation is not open', answered, holding(snoozed), {}, 'create C2'],
		['C6: a done conversation is not open', answered, holding(done(1)), {}, 'create C2'],
		['C6: a conversation without a session', answered, holding(conversation('mail', { channels: ['email'], sessions: [] })), {}, 'create C2'],
		['C6: a conversation that nobody has read', answered, holding(conversation('unread', { sessions: undefined })), {}, 'create C2'],
		['C6: the second of several sessions fits', answered, holding(conversation('two', { sessions: [logged({ channel: 'chat' }), logged()] })), {}, 'append C6 two'],
		['C6: channel and queue fit on two different sessions', answered, holding(conversation('two', { sessions: [logged({ channel: 'chat' }), logged({ queue: queueOf({ menuPath: ['Returns'] }) })] })), {}, 'create C2'],
		['C6: a call after a voicemail', answered, holding(conversation('vm', { sessions: [logged({ voicemail: true })] })), {}, 'append C6 vm'],
		['C6: a caller who gives up is on the open conversation too', { outcome: 'abandoned', menuPath: ['Orders', 'Delivery'] }, holding(open), {}, 'append C6 open'],
		['C6: no queue is known of both', { connectedAt: at }, holding(conversation('none', { sessions: [logged({ queue: queueOf({}) })] })), {}, 'append C6 none'],
		['C6: no queue is known of the call', { connectedAt: at }, holding(open), {}, 'create C2'],
		['C6: no queue is known of the earlier call', answered, holding(conversation('none', { sessions: [logged({ queue: queueOf({}) })] })), {}, 'create C2'],
		['D1: of several open ones the one with the latest activity', answered, holding(conversation('a', { activeAt: daysAgo(3) }), conversation('b', { activeAt: daysAgo(1) }), conversation('c', { activeAt: daysAgo(2) })), {}, 'append C6 b'],
		['D1: the latest one is of another queue', answered, holding(conversation('a', { activeAt: daysAgo(3) }), conversation('b', { activeAt: daysAgo(1), sessions: [logged({ queue: queueOf({ menuPath: ['Returns'] }) })] })), {}, 'append C6 a'],
		['D1: an unknown activity counts as the start', answered, holding(conversation('a', { activeAt: undefined, createdAt: daysAgo(1) }), conversation('b', { activeAt: daysAgo(2) })), {}, 'append C6 a'],
		['D1: at the same time the same one on every worker', answered, holding(conversation('a'), conversation('c'), conversation('b')), {}, 'append C6 c'],
		['D1: appending is off', answered, holding(open), { append: false }, 'create C2'],
		['D2: closed within the days', answered, holding(done(6)), week, 'reopen D2 done'],
		['D2: closed exactly so many days ago', answered, holding(done(7)), week, 'reopen D2 done'],
		['D2: closed before that', answered, holding(done(7.001)), week, 'create C2'],
		['D2: days are off', answered, holding(done(0)), { reopenDays: 0 }, 'create C2'],
		['D2: closed within a single day', answered, holding(done(0.5)), { reopenDays: 1 }, 'reopen D2 done'],
		['D2: closed after the call had ended, which is told late', { ...answered, endedAt: daysAgo(2) }, holding(done(1)), week, 'create C2'],
		['D2: closed at the moment at which the call ended', { ...answered, endedAt: daysAgo(1) }, holding(done(1)), week, 'reopen D2 done'],
		['D2: closed before the call ended', { ...answered, endedAt: daysAgo(1) }, holding(done(2)), week, 'reopen D2 done'],
		['D2: an open one goes before one closed since', answered, holding(open, done(0)), week, 'append C6 open'],
		['D2: of several closed ones the one closed last', answered, holding(done(3, { id: 'a' }), done(1, { id: 'b' }), done(2, { id: 'c' })), week, 'reopen D2 b'],
		['D2: the time of closing is not known', answered, holding(done(0, { closedAt: undefined, activeAt: daysAgo(2) })), week, 'reopen D2 done'],
		['D2: no time is known', answered, holding(done(0, { closedAt: undefined, activeAt: undefined })), week, 'create C2'],
		['D2: a time that is none', answered, holding(done(0, { closedAt: 'yesterday' })), week, 'create C2'],
		['D2: another queue', { ...answered, menuPath: ['Returns'] }, holding(done(1)), week, 'create C2'],
		['D2: another channel', { ...answered, channel: 'sms' }, holding(done(1)), week, 'create D3'],
		['D2: a snoozed one is never taken', answered, holding(conversation('s', { status: 'snoozed', closedAt: daysAgo(1) })), week, 'create C2'],
		['D2: goes with appending, which is off', answered, holding(done(1)), { ...week, append: false }, 'create C2'],
		['C1: a call from the app, no conversation fits', { origin: 'app', state: 'started' }, holding(open), {}, 'create C1'],
		['C4: a caller gives up, no conversation fits', { outcome: 'abandoned' }, holding(open), {}, 'create C4'],
	];

	// prettier-ignore
	const outboundCalls: PlaceRow[] = [
		['C3: the customer has no conversation', outbound, holding(), {}, 'create C3'],
		['C3: the most recent conversation is open', outbound, holding(open), {}, 'append C3 open'],
		['C3: the most recent conversation is done', outbound, holding(open, done(0, { createdAt: daysAgo(1) })), {}, 'create C3'],
		['C3: the most recent conversation is snoozed', outbound, holding(open, conversation('s', { status: 'snoozed', createdAt: daysAgo(1) })), {}, 'create C3'],
		['C3: most recent is what began last, not what was active last', outbound, holding(conversation('new', { createdAt: daysAgo(1), activeAt: daysAgo(1) }), done(0, { createdAt: daysAgo(9), activeAt: daysAgo(0) })), {}, 'append C3 new'],
		['C3: at the same time the same one on every worker', outbound, holding(conversation('a'), conversation('c'), conversation('b')), {}, 'append C3 c'],
		['C3: whatever its channel and queue', outbound, holding(conversation('mail', { channels: ['email'], sessions: undefined })), {}, 'append C3 mail'],
		['C3: a recently closed one is not opened again', outbound, holding(done(1)), week, 'create C3'],
		['C3: appending outbound calls is off', outbound, holding(open), { appendOutbound: false }, 'create C3'],
		['C3: appending inbound calls is off', outbound, holding(open), { append: false }, 'append C3 open'],
	];

	const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
	const ira = { id: '7', email: 'ira@example.com' };
	/** Ira calls the customer now. */
	const iraCalls: Partial<Session> = { ...outbound, agent: ira, startedAt: minutesAgo(0) };
	/** On it is a call that Ira has ended two minutes ago. */
	const justEnded = (known: Partial<HeldSession> = {}, on: Partial<HeldConversation> = {}) =>
		conversation('ended', {
			activeAt: minutesAgo(2),
			sessions: [
				logged({
					agent: ira,
					direction: 'in',
					startedAt: minutesAgo(9),
					endedAt: minutesAgo(2),
					duration: 400,
					...known,
				}),
			],
			...on,
		});
	const mail = conversation('mail', { createdAt: daysAgo(0), channels: ['email'], sessions: undefined });
	const off = { append: false, appendOutbound: false };
	// prettier-ignore
	const liveCallbacks: PlaceRow[] = [
		['C9: the agent calls a customer whose call has just ended', iraCalls, holding(justEnded(), mail), {}, 'append C9 ended'],
		['C9: whatever C3 and its setting say', iraCalls, holding(justEnded(), mail), off, 'append C9 ended'],
		['C9: the newest conversation is done', iraCalls, holding(justEnded(), done(0, { createdAt: daysAgo(0) })), off, 'append C9 ended'],
		['C9: nothing tells yet who calls', { ...iraCalls, agent: undefined }, holding(justEnded(), mail), off, 'append C9 ended'],
		['C9: the agents are known by different names', { ...iraCalls, agent: { email: 'Ira@example.com' } }, holding(justEnded(), mail), off, 'append C9 ended'],
		['C9: the end of the earlier call is not told yet', iraCalls, holding(justEnded({ endedAt: undefined, connected: true }), mail), off, 'append C9 ended'],
		['C9: two on it, the second one is meant', iraCalls, holding(justEnded({}, { sessions: [logged({ agent: { id: '8' }, endedAt: minutesAgo(1) }), ...(justEnded().sessions ?? [])] })), off, 'append C9 ended'],
		['C10: the earlier call lasted under 10 seconds', iraCalls, holding(justEnded({ duration: 9 }), mail), off, 'append C10 ended'],
		['C9: another agent had the earlier call', iraCalls, holding(justEnded({ agent: { id: '8', email: 'ben@example.com' } }), mail), off, 'create C3'],
		['C9: the agents have only the name in common', { ...iraCalls, agent: { id: '7', name: 'Ira' } }, holding(justEnded({ agent: { email: 'ira@example.com', name: 'IRA' } }), mail), off, 'append C9 ended'],
		['C9: the first that both have decides, not the name', { ...iraCalls, agent: { id: '7', name: 'Ira' } }, holding(justEnded({ agent: { id: '8', name: 'Ira' } }), mail), off, 'create C3'],
		['C9: nothing of the agents can be compared', { ...iraCalls, agent: { id: '7' } }, holding(justEnded({ agent: { email: 'ira@example.com' } }), mail), off, 'create C3'],
		['C9: nobody had the earlier call', iraCalls, holding(justEnded({ agent: undefined }), mail), off, 'create C3'],
		['C9: the earlier call ended too long ago', iraCalls, holding(justEnded({ endedAt: minutesAgo(6) }), mail), off, 'create C3'],
		['C9: the setting says how long just is', iraCalls, holding(justEnded({ endedAt: minutesAgo(6) }, { activeAt: minutesAgo(6) })), { ...off, callbackMinutes: 7 }, 'append C9 ended'],
		['C9: the setting is off', iraCalls, holding(justEnded(), mail), { ...off, callbackMinutes: 0 }, 'create C3'],
		['C9: it is no longer open', iraCalls, holding(justEnded({}, { status: 'done' }), mail), off, 'create C3'],
		['C9: it is snoozed', iraCalls, holding(justEnded({}, { status: 'snoozed' }), mail), off, 'create C3'],
		['C9: the earlier session was a chat', iraCalls, holding(justEnded({ channel: 'chat' }), mail), off, 'create C3'],
		['C9: the earlier call began later', iraCalls, holding(justEnded({ startedAt: minutesAgo(-1), endedAt: minutesAgo(0) }), mail), off, 'create C3'],
		['C9: a call that another system places', { ...iraCalls, agent: undefined, origin: 'api' }, holding(justEnded(), mail), off, 'create C3'],
		['C9: a call that another system places for the agent', { ...iraCalls, origin: 'api' }, holding(justEnded(), mail), off, 'append C9 ended'],
		['C9: a call of a campaign that nobody has taken yet', { ...iraCalls, agent: undefined, campaign: { id: 'c' } }, holding(justEnded(), mail), off, 'create C3'],
		['C9: a scheduled call that nobody has taken yet', { ...iraCalls, agent: undefined, scheduled: true }, holding(justEnded(), mail), off, 'create C3'],
		['C9: the earlier call ended just at the end of the time', iraCalls, holding(justEnded({ endedAt: minutesAgo(5) }, { activeAt: minutesAgo(5) }), mail), off, 'append C9 ended'],
		['C9: the clocks differ by a minute', iraCalls, holding(justEnded({ endedAt: minutesAgo(-1) }), mail), off, 'append C9 ended'],
		['C9: the earlier call goes on beside it', iraCalls, holding(justEnded({ endedAt: minutesAgo(-1.1) }), mail), off, 'create C3'],
		['C9: the earlier call began at the same moment', iraCalls, holding(justEnded({ startedAt: minutesAgo(0), endedAt: minutesAgo(0) }), mail), off, 'create C3'],
		['C9: the earlier call was one between colleagues', iraCalls, holding(justEnded({ direction: 'internal' }), mail), off, 'create C3'],
		['C9: the end of the earlier call is not told, and nobody was connected', iraCalls, holding(justEnded({ endedAt: undefined }), mail), off, 'create C3'],
		['C9: the end is not told of a call that began four hours ago', iraCalls, holding(justEnded({ startedAt: minutesAgo(240), endedAt: undefined, connected: true }), mail), off, 'append C9 ended'],
		['C9: the end is not told of a call that began before that', iraCalls, holding(justEnded({ startedAt: minutesAgo(240.1), endedAt: undefined, connected: true }), mail), off, 'create C3'],
		['C9: neither beginning nor end of the earlier call is told', iraCalls, holding(justEnded({ startedAt: undefined, endedAt: undefined, connected: true }), mail), off, 'create C3'],
		['C9: the earlier call has no beginning', iraCalls, holding(justEnded({ startedAt: undefined }), mail), off, 'append C9 ended'],
		['C9: a chat returns no call', { ...iraCalls, channel: 'sms' }, holding(justEnded(), mail), off, 'create C3'],
		['C9: a call of the customer is no call back', { ...answered, startedAt: minutesAgo(0), menuPath: ['Other'] }, holding(justEnded()), {}, 'create C2'],
	];

	const callback: Partial<Session> = { ...outbound, callbackOf: 'call-1' };
	const short = conversation('earlier', { sessions: [logged({ duration: 9 })] });
	const callbackTo = (id: string, ...conversations: HeldConversation[]): Held => ({
		...holding(...conversations),
		callbackConversationId: id,
	});
	const newer = conversation('newer', { createdAt: daysAgo(1) });
	// prettier-ignore
	const callbacks: PlaceRow[] = [
		['C9: the agent hangs up and calls back', callback, callbackTo('open', open, newer), {}, 'append C9 open'],
		['C9: whatever the settings', callback, callbackTo('open', open, newer), { append: false, appendOutbound: false }, 'append C9 open'],
		['C9: the earlier call is not read', callback, callbackTo('u', conversation('u', { sessions: undefined })), {}, 'append C9 u'],
		['C9, C10: the earlier call lasted 10 seconds', callback, callbackTo('e', conversation('e', { sessions: [logged({ duration: 10 })] })), {}, 'append C9 e'],
		['C9: another call on it was short', callback, callbackTo('e', conversation('e', { sessions: [logged(), logged({ externalId: 'eu-ccaip:call-2', duration: 1 })] })), {}, 'append C9 e'],
		['C10: the earlier call lasted under 10 seconds', callback, callbackTo('earlier', short, newer), {}, 'append C10 earlier'],
		['C9: the earlier conversation is done, so it is an outbound call as any other', callback, callbackTo('done', done(0), newer), {}, 'append C3 newer'],
		['C9: the earlier conversation is done, and nothing else is open', callback, callbackTo('done', done(0)), {}, 'create C3'],
		['C9: the earlier conversation is gone', callback, callbackTo('gone', snoozed), {}, 'create C3'],
		['C9: a callback that counts as inbound', { ...answered, callbackOf: 'call-1', menuPath: [] }, callbackTo('open', open), {}, 'append C9 open'],
		['C5: a voicemail that answers a callback', { ...voicemail, callbackOf: 'call-1' }, callbackTo('open', open), {}, 'create C5'],
	];

	const startedFrom = (id: string, ...conversations: HeldConversation[]): Held => ({
		...holding(...conversations),
		startedFromConversationId: id,
	});
	// prettier-ignore
	const started: PlaceRow[] = [
		['C24: the agent has started the call from an older conversation', outbound, startedFrom('open', open, newer), {}, 'append C24 open'],
		['C24: whatever the settings', outbound, startedFrom('open', open, newer), off, 'append C24 open'],
		['C24: before a call back is looked for', iraCalls, startedFrom('newer', justEnded(), newer), {}, 'append C24 newer'],
		['C24: the conversation is done, so it is opened again', outbound, startedFrom('done', done(0), newer), {}, 'reopen C24 done'],
		['C24: the conversation is snoozed, so it is opened again', outbound, startedFrom(snoozed.id, snoozed, newer), {}, `reopen C24 ${snoozed.id}`],
		['C24: the conversation is gone, or of another customer', outbound, startedFrom('gone', open), {}, 'append C3 open'],
		['C24: a call that turns out to be inbound', { ...answered, menuPath: ['Other'] }, startedFrom('open', open), {}, 'create C2'],
	];

	const own = conversation('own', { ofThisSession: true, sessions: [] });
	const loggedOn = (appended: boolean, isVoicemail: boolean): Held => ({
		...holding(open),
		logged: { conversationId: 'here', appended, voicemail: isVoicemail },
	});
	// prettier-ignore
	const again: PlaceRow[] = [
		['X1: a session that is logged', answered, loggedOn(false, false), {}, 'update X1 here'],
		['X1: a session that is logged on a conversation of others', answered, loggedOn(true, false), {}, 'update X1 here'],
		['X1: an outbound call that is logged', outbound, loggedOn(true, false), {}, 'update X1 here'],
		['X1: a session that would not be recorded any more', { outcome: 'abandoned' }, loggedOn(false, false), { abandonedCalls: false }, 'update X1 here'],
		['X1: a session met on a conversation', answered, holding(conversation('met', { sessions: [logged({ externalId: EXTERNAL_ID, channel: 'chat' })] })), {}, 'update X1 met'],
		['X1: an earlier run was cut off', answered, holding(open, own), {}, 'update X1 own'],
		['X1: an earlier run was cut off, of a session that would not be recorded any more', { outcome: 'abandoned' }, holding(open, own), { abandonedCalls: false }, 'update X1 own'],
		['X1: an earlier run of an outbound call was cut off', outbound, holding(open, own), {}, 'update X1 own'],
		['X1: an earlier run of a voicemail was cut off', voicemail, holding(open, own), {}, 'update X1 own'],
		['C5: a voicemail that is logged', voicemail, loggedOn(false, true), {}, 'update X1 here'],
		['C5: a call that is logged becomes a voicemail', voicemail, loggedOn(false, false), {}, 'update X1 here'],
		['C5: a call that was appended becomes a voicemail', voicemail, loggedOn(true, false), {}, 'create C5 leaves here'],
		['C5: a voicemail that is on a conversation of others as a voicemail stays there', voicemail, loggedOn(true, true), {}, 'update X1 here'],
		['C5: a call that was met on its own conversation becomes a voicemail', voicemail, holding(conversation('own', { ofThisSession: true, sessions: [logged({ externalId: EXTERNAL_ID })] })), {}, 'update X1 own'],
		['C5: a call that was met appended becomes a voicemail', voicemail, holding(conversation('met', { sessions: [logged({ externalId: EXTERNAL_ID })] })), {}, 'create C5 leaves met'],
	];

	// prettier-ignore
	const voicemails: PlaceRow[] = [
		['C5: a voicemail, the customer has no conversation', voicemail, holding(), {}, 'create C5'],
		['C5: a voicemail, the customer has an open conversation of the same queue', voicemail, holding(open), {}, 'create C5'],
		['C5: a voicemail, and one was closed recently', voicemail, holding(done(1)), week, 'create C5'],
		['C3: an outbound call with a voicemail of the customer is no voicemail of the contact center', { direction: 'out', voicemail: { status: 'left' } }, holding(open), {}, 'append C3 open'],
		['C3: an outbound call reaches the mailbox of the customer, which is no voicemail', { direction: 'out', outcome: 'voicemail' }, holding(open), {}, 'append C3 open'],
	];

	it.each([
		...inbound,
		...outboundCalls,
		...callbacks,
		...liveCallbacks,
		...started,
		...voicemails,
		...again,
	])('%s', (_, known, held, set, decision) => {
		const found = decide(session(known), EXTERNAL_ID, rules(set), held);
		const { action, rule, conversationId, leaves } = {
			conversationId: undefined,
			leaves: undefined,
			...found,
		};
		expect(
			[action, rule, conversationId, leaves === undefined ? undefined : `leaves ${leaves}`]
				.filter((part) => part !== undefined)
				.join(' '),
		).toBe(decision);
		expect(found.reason).toMatch(/^[A-Z].*\.$/);
	});

	it.each<PlaceRow>([
		['Append to Open Conversation', answered, holding(open), { append: false }, ''],
		['Append to Open Conversation', answered, holding(open), {}, ''],
		['Reopen Closed (Days)', answered, holding(done(1)), week, ''],
		['Append Outbound Calls', outbound, holding(open), { appendOutbound: false }, ''],
		['Append Outbound Calls', outbound, holding(open), {}, ''],
	])('D1, D2, C3: a reason names the setting "%s"', (setting, known, held, set) => {
		expect(place(session(known), EXTERNAL_ID, rules(set), held).reason).toContain(`"${setting}"`);
	});

	it('C2, D1: a reason says why the session is recorded, and why on a conversation of its own', () => {
		expect(place(session(answered), EXTERNAL_ID, rules(), holding(snoozed)).reason).toBe(
			'An agent answered the call. The customer has no open conversation with a call of the same queue.',
		);
	});

	it('C9, C10: a reason says whether the earlier call was short', () => {
		const reasonFor = (held: Held) => place(session(callback), EXTERNAL_ID, rules(), held).reason;
		expect(reasonFor(callbackTo('earlier', short))).toContain(
			'returns an earlier one; that one lasted under 10 seconds',
		);
		expect(reasonFor(callbackTo('open', open))).toContain('returns an earlier one');
	});

	it('C9: whether the earlier call was short is not known when the external ID is not made of the session', () => {
		const earlier = conversation('e', { sessions: [logged({ externalId: 'ticket-call-1', duration: 5 })] });
		expect(place(session(callback), 'ticket-abcdef', rules(), callbackTo('e', earlier)).rule).toBe('C9');
		expect(place(session(callback), 'ticket-call-9', rules(), callbackTo('e', earlier)).rule).toBe('C10');
	});

	it('D1, X1: of conversations with the same times every worker takes the same one, in whatever order they come', () => {
		const [a, b, c] = ['a', 'b', 'c'].map((id) => conversation(id)) as [
			HeldConversation,
			HeldConversation,
			HeldConversation,
		];
		for (const order of [
			[a, b, c],
			[a, c, b],
			[b, a, c],
			[b, c, a],
			[c, a, b],
			[c, b, a],
		]) {
			expect(place(session(answered), EXTERNAL_ID, rules(), holding(...order))).toMatchObject({
				conversationId: 'c',
			});
		}
	});

	it('X1: what is not to be recorded is not placed', () => {
		expect(decide(session({ state: 'queued' }), EXTERNAL_ID, rules(), holding(open)).action).toBe('wait');
		expect(
			decide(session({ endedAt: at }), EXTERNAL_ID, rules({ abandonedCalls: false }), holding(open)).action,
		).toBe('skip');
	});
});

describe('which conversations are read', () => {
	const unread = (id: string, known: Partial<HeldConversation> = {}) =>
		conversation(id, { sessions: undefined, ...known });
	const call = session({ connectedAt: at, menuPath: ['Orders', 'Delivery'] });
	const ids = (conversations: HeldConversation[], set: Partial<RecordSettings> = {}, known: Session = call) =>
		candidates(known, EXTERNAL_ID, rules(set), { conversations, now: NOW });

	it('D1: open ones, the one with the latest activity first', () => {
		expect(
			ids([unread('a', { activeAt: daysAgo(3) }), unread('b', { activeAt: daysAgo(1) }), unread('c')]),
		).toEqual(['b', 'a', 'c']);
	});

	it('D2: then those closed within the days, the one closed last first', () => {
		const closed = (id: string, days: number) => unread(id, { status: 'done', closedAt: daysAgo(days) });
		const conversations = [closed('a', 3), closed('b', 1), closed('c', 8), unread('d')];
		expect(ids(conversations, { reopenDays: 7 })).toEqual(['d', 'b', 'a']);
		expect(ids(conversations)).toEqual(['d']);
	});

	it('C6: only those of the same channel, and those whose channel is not known yet', () => {
		const conversations = [
			unread('call'),
			unread('mail', { channels: ['email'] }),
			unread('both', { channels: ['email', 'voice'] }),
			unread('new', { channels: [] }),
			unread('snoozed', { status: 'snoozed' }),
		];
		expect(ids(conversations).sort()).toEqual(['both', 'call', 'new']);
		const chat = session({ channel: 'chat' });
		expect(ids([...conversations, unread('chat', { channels: ['chat'] })], {}, chat).sort()).toEqual([
			'chat',
			'new',
		]);
	});

	it("C9: of an agent's call the open ones that have changed a moment ago, until the call that it returns is found", () => {
		const out = session({ direction: 'out', agent: { id: '7' }, startedAt: at });
		const now = daysAgo(0);
		const conversations = [
			unread('old', { activeAt: daysAgo(1) }),
			unread('a', { activeAt: now }),
			unread('b', { activeAt: now }),
			unread('mail', { activeAt: now, channels: ['email'] }),
			unread('done', { activeAt: now, status: 'done' }),
		];
		expect(ids(conversations, {}, out)).toEqual(['b', 'a']);
		const [b] = conversations.filter(({ id }) => id === 'b');
		const found = logged({ agent: { id: '7' }, startedAt: daysAgo(1), endedAt: now });
		expect(
			ids(
				[...conversations, { ...b, sessions: [found] } as HeldConversation].filter((one) => one !== b),
				{},
				out,
			),
		).toEqual([]);
		expect(ids(conversations, { callbackMinutes: 0 }, out)).toEqual([]);
		const many = Array.from({ length: 40 }, (_, index) => unread(`c${index}`, { activeAt: now }));
		expect(ids(many, {}, out)).toHaveLength(25);
	});

	it('C6: five at most', () => {
		const many = Array.from({ length: 1000 }, (_, index) => unread(String(index).padStart(4, '0')));
		expect(ids(many)).toEqual(['0999', '0998', '0997', '0996', '0995']);
	});

	it('C6: none twice, and none after one that fits', () => {
		const later = { activeAt: daysAgo(1) };
		const other = conversation('other', {
			...later,
			sessions: [logged({ queue: queueOf({ menuPath: ['Returns'] }) })],
		});
		const fits = conversation('fits', later);
		expect(ids([unread('a'), other])).toEqual(['a']);
		expect(ids([unread('a'), fits])).toEqual([]);
		expect(ids([unread('a', { activeAt: daysAgo(0) }), fits, unread('b')])).toEqual(['a']);
	});

	it.each<[string, Partial<Session>, Partial<RecordSettings>]>([
		['C5: a voicemail', { outcome: 'voicemail' }, {}],
		['C3: an outbound call', { direction: 'out' }, {}],
		['X4: a call between colleagues', { direction: 'internal' }, {}],
		['D1: appending is off', {}, { append: false, reopenDays: 7 }],
	])('%s needs none', (_, known, set) => {
		expect(ids([unread('a')], set, session({ connectedAt: at, ...known }))).toEqual([]);
	});

	it('X1: none when an earlier run has made the conversation', () => {
		expect(ids([unread('a'), unread('own', { ofThisSession: true })])).toEqual([]);
	});
});
