import { channelOf, directionOf, furthest, outcomeOf, stateOf } from '../../../lib/platforms/call-words';
import { knownEventNames, namedEvent } from '../../../lib/platforms/event-names';
import { findPlatform } from '../../../lib/platforms/find-platform';
import { PLATFORMS } from '../../../lib/platforms/platforms';
import { EVENT_KINDS } from '../../../lib/domain/session';
import { words } from '../../setup/words';

describe('event names', () => {
	it.each(EVENT_KINDS)('B6: the kind "%s" is understood as a name of itself', (kind) => {
		expect(namedEvent(kind)).toBe(kind);
		expect(namedEvent(`call.${kind}`)).toBe(kind);
		expect(namedEvent(`${kind.toUpperCase()} CALL!`)).toBe(kind);
	});

	it.each([
		'',
		'   ',
		'call',
		'the call',
		'42',
		'exploded',
		'constructor',
		'__proto__',
		'😀',
		'x'.repeat(1_000_000),
	])('B6: does not guess at %.20s', (name) => {
		expect(namedEvent(name)).toBeUndefined();
	});

	it.each([
		['created', 'newCall', 'ringing', 'initiated', 'CHANNEL_CREATE', 'call.created', 'Newchannel'],
		['incoming', 'IncomingCall', 'call.inbound', 'inbound.ringing'],
		['outgoing', 'outgoing_call', 'phone.caller_ringing', 'click2call'],
		['queued', 'enqueued', 'QueueCallerJoin', 'QUEUED', 'call.queue.entered'],
		['assigned', 'AgentCalled', 'call.ringing_on_agent', 'alerting', 'offering'],
		['bridged', 'answer', 'bridge', 'CHANNEL_ANSWER', 'AgentConnect', 'call.answered', 'CONNECTED_TO_AGENT'],
		['bridged', 'CallAccepted', 'phone.callee_answered', 'pickup', 'answered by agent'],
		['transferred', 'BlindTransfer', 'AttendedTransfer', 'call.transferred'],
		['ended', 'hangup', 'completed', 'CHANNEL_HANGUP_COMPLETE', 'HungUp', 'call.hungup', 'unanswered'],
		['ended', 'no-answer', 'busy', 'canceled', 'rejected', 'QueueCallerAbandon', 'caller_disconnected'],
		['voicemail', 'voicemail_left', 'phone.voicemail_received', 'new voicemail'],
		['recording', 'recording-completed', 'call.recording.saved', 'record', 'recording_uploaded'],
		['disposition', 'call_dispositioned', 'wrapup code'],
		['rated', 'survey_submitted', 'nps', 'csat'],
		['metadata', 'cdr', 'call_log_completed'],
	])('X17: of other platforms\' names, these mean "%s": %s', (kind, ...names) => {
		for (const name of names) expect([name, namedEvent(name)]).toEqual([name, kind]);
	});

	it('X3: what one agent, a leg or a machine does ends and connects no call', () => {
		const names = words(
			'call.agent_declined agent_missed agent.hangup leg_ended BridgeLeave participant_left phone.callee_missed CONNECTED_TO_SYSTEM call.machine.detection.ended ivr_answered dtmf hold connection_cleared transfer_started recording_started',
		);
		for (const name of names) expect([name, namedEvent(name)]).toEqual([name, 'updated']);
	});

	it('lists one name for every kind', () => {
		expect(knownEventNames().split(', ')).toEqual([...EVENT_KINDS]);
		expect(knownEventNames(['incoming', 'ended'])).toBe('incoming, ended');
	});
});

describe('words for calls', () => {
	it.each([
		[stateOf, 'in-progress', 'started'],
		[stateOf, 'NO_ANSWER', 'ended'],
		[stateOf, 'Bridged', 'connected'],
		[directionOf, 'Inbound', 'in'],
		[directionOf, 'outbound call', 'out'],
		[directionOf, 'agent.outbound.manual', 'out'],
		[directionOf, 'internal-outbound', 'internal'],
		[directionOf, 'Příchozí', 'in'],
		[stateOf, 'answer', 'connected'],
		[stateOf, 'HANGUP', 'ended'],
		[stateOf, 'enqueued', 'queued'],
		[outcomeOf, 'Not answered', 'missed'],
		[outcomeOf, 'forwarded', 'deflected'],
		[channelOf, 'Facebook Messenger', 'chat'],
		[channelOf, 'telephony', 'voice'],
		[outcomeOf, 'no-answer', 'missed'],
		[outcomeOf, 'invalid_number', 'failed'],
		[channelOf, 'WhatsApp', 'whatsapp'],
	])('B1: %p understands "%s"', (read, word, expected) => {
		expect(read(word)).toBe(expected);
	});

	it.each([
		undefined,
		'',
		'constructor',
		'__proto__',
		'hasOwnProperty',
		'sideways',
		'inbound-outbound',
		'sign-in',
	])('knows nothing of %p', (word) => {
		expect([stateOf(word), directionOf(word), outcomeOf(word), channelOf(word)]).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
	});

	it('X1: of several states the furthest counts', () => {
		expect(furthest('started', 'connected', undefined)).toBe('connected');
		expect(furthest('ended', 'queued')).toBe('ended');
		expect(furthest(undefined)).toBeUndefined();
	});
});

describe('platforms', () => {
	it('are found by their own name, and nothing else is', () => {
		expect(PLATFORMS.map(({ name }) => name)).toEqual(['babelforce', 'ccaip', 'generic']);
		for (const platform of PLATFORMS) expect(findPlatform(platform.name)).toBe(platform);
		expect(findPlatform('toString')).toBeUndefined();
		expect(findPlatform('')).toBeUndefined();
	});

	it('start workflows with events that they can send', () => {
		for (const { defaultEvents, eventKinds } of PLATFORMS) {
			expect(defaultEvents.length).toBeGreaterThan(0);
			expect(eventKinds).toEqual(expect.arrayContaining([...defaultEvents]));
		}
	});

	it('list their kinds of event in the order of a call, each once', () => {
		for (const { eventKinds } of PLATFORMS) {
			expect([...eventKinds]).toEqual(EVENT_KINDS.filter((kind) => eventKinds.includes(kind)));
		}
	});
});
