import { channelOf, directionOf, furthest, outcomeOf, stateOf } from '../../../lib/platforms/call-words';
import { knownEventNames, namedEvent } from '../../../lib/platforms/event-names';
import { findPlatform } from '../../../lib/platforms/find-platform';
import { PLATFORMS } from '../../../lib/platforms/platforms';
import { EVENT_KINDS } from '../../../lib/domain/session';

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
		[outcomeOf, 'no-answer', 'missed'],
		[outcomeOf, 'invalid_number', 'failed'],
		[channelOf, 'WhatsApp', 'whatsapp'],
	])('B1: %p understands "%s"', (read, word, expected) => {
		expect(read(word)).toBe(expected);
	});

	it.each([undefined, '', 'constructor', '__proto__', 'hasOwnProperty', 'sideways'])(
		'knows nothing of %p',
		(word) => {
			expect([stateOf(word), directionOf(word), outcomeOf(word), channelOf(word)]).toEqual([
				undefined,
				undefined,
				undefined,
				undefined,
			]);
		},
	);

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
