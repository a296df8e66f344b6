/**
 * Gives every reader of what comes from outside the names that every object seems to have, as names of fields and as values:
 * `constructor`, `__proto__`, `toString`. They must be names like any other (rule X16): nothing throws, nothing is found under
 * them that nobody has put there, and no object gets another prototype.
 */
import { linesOf, shortenData } from '../../lib/domain/custom-data';
import { isRecord } from '../../lib/domain/record';
import { merge } from '../../lib/domain/session-merge';
import { observe } from '../../lib/domain/session-record';
import { readSession } from '../../lib/domain/session-shape';
import { fromSnapshot, toSnapshot } from '../../lib/domain/session-snapshot';
import { transcriptText } from '../../lib/files/transcript-text';
import { readEvent } from '../../lib/kustomer/events/envelope';
import { whyIgnored } from '../../lib/kustomer/events/filter';
import { checkCustomAttributes } from '../../lib/kustomer/validate/custom-attributes';
import { jsonInText } from '../../lib/platforms/json-in-text';
import { PLATFORMS } from '../../lib/platforms/platforms';
import { readPlatformAgent } from '../../lib/platforms/read-agent';
import { readSessionRecord } from '../../lib/platforms/read-record';
import { pendingAttributes } from '../../lib/session-log/attributes';
import { mergeDone } from '../../lib/session-log/merge-done';
import { renderTitle } from '../../lib/session-log/rules/conversation-title';
import { settingsFor } from '../../lib/session-log/rules/queue-settings';
import { commentsOf } from '../../lib/session-log/rules/session-comments';
import { messageSummary } from '../../lib/session-log/rules/session-message';
import { authenticateWebhook } from '../../lib/webhooks/authentication';
import { newCall } from '../../sandbox/telephony';
import { eventFields, nestFields } from '../../sandbox/telephony/babelforce-events';
import { chatMessageWebhook } from '../../sandbox/telephony/ccaip-chat-webhook';
import { ccaipScenario, type CcaipScenarioName } from '../../sandbox/telephony/ccaip-scenarios';

/** Names that every object has, each with the part of it that a harmless name has differently. */
const NAMES = [
	['constructor', 'constructor'],
	['__proto__', 'proto'],
	['toString', 'String'],
	// What begins with "va" is a virtual agent.
	['valueOf', 'lueOf'],
	['hasOwnProperty', 'Property'],
	['toJSON', 'JSON'],
] as const;

/** As `Object.fromEntries`, which makes a field even of `__proto__`, as JSON does. */
const fields = (...entries: Array<readonly [string, unknown]>): Record<string, unknown> =>
	Object.fromEntries(entries);

const json = (value: unknown): string => JSON.stringify(value) ?? '';

/** A copy in which the value at one place is another one. */
function replaced(value: unknown, path: readonly string[], by: (old: unknown) => unknown): unknown {
	const [name, ...rest] = path;
	if (name === undefined) return by(value);
	if (Array.isArray(value)) {
		return value.map((entry: unknown, index) => (String(index) === name ? replaced(entry, rest, by) : entry));
	}
	if (!isRecord(value)) return value;
	return fields(
		...Object.entries(value).map(
			([key, entry]) => [key, key === name ? replaced(entry, rest, by) : entry] as const,
		),
	);
}

/** The places of all values, inner ones included. */
function pathsOf(value: unknown, path: readonly string[] = []): Array<readonly string[]> {
	if (typeof value !== 'object' || value === null) return [path];
	return [path, ...Object.entries(value).flatMap(([name, entry]) => pathsOf(entry, [...path, name]))];
}

/** A body with the name at every place once: as value, as name beside others, and as the only name. */
function withName(body: unknown, name: string): unknown[] {
	return pathsOf(body).flatMap((path) => [
		replaced(body, path, () => name),
		replaced(body, path, () => [name]),
		replaced(body, path, () => fields([name, 1])),
		replaced(body, path, (old) =>
			isRecord(old) ? fields(...Object.entries(old), [name, 'x']) : fields([name, { [name]: 'x' }]),
		),
	]);
}

/** Every object in it is what JSON can carry: of the usual prototype, and without functions. */
function expectPlain(value: unknown): void {
	if (typeof value === 'function') throw new Error('A function came out.');
	if (typeof value !== 'object' || value === null) return;
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== (Array.isArray(value) ? Array.prototype : Object.prototype)) {
		throw new Error(`An object has another prototype: ${json(value)}`);
	}
	for (const entry of Object.values(value)) expectPlain(entry);
}

/** A reader gives the same for such a name as for a harmless one, but for the name. */
function expectOrdinary(read: (given: unknown) => unknown, sample: unknown): void {
	for (const [name, part] of NAMES) {
		const harmless = name.replace(part, 'Neutral');
		const plain = (value: unknown) => json(value).replace(new RegExp(`${part}|neutral`, 'gi'), 'N');
		const expected = withName(sample, harmless);
		withName(sample, name).forEach((given, index) => {
			const found = read(given);
			expectPlain(found);
			const [actual, wanted] = [plain(found), plain(read(expected[index]))];
			if (actual !== wanted) expect({ given, found: actual }).toEqual({ given, found: wanted });
		});
	}
	// Of such an object no text can be made.
	for (const path of pathsOf(sample)) {
		expectPlain(read(replaced(sample, path, () => ({ toString: 1, valueOf: 'x', length: 'x', then: 1 }))));
	}
}

const CALL = newCall({ from: '+4930901820', to: '+4930901821', queue: { id: 'q', name: 'Sales' } });
const scenario = (name: CcaipScenarioName) => ccaipScenario(name, { id: 5, customData: { plan: 'gold' } });

/** Bodies of every form that platforms send. */
const BODIES: Record<string, unknown[]> = {
	babelforce: [eventFields('call.inbound', CALL), nestFields(eventFields('call.finished', CALL))],
	ccaip: [
		...(['voicemail', 'chatWithTransferAndRating', 'smartActions'] as const).flatMap((name) => {
			const bodies = scenario(name).map(({ body }) => body);
			return [bodies[0], bodies[2]];
		}),
		chatMessageWebhook(5, 'Hello', 1_782_296_102_000),
		{ type: 'Call_Ended', payload: { call_id: 5, reason: 'x', custom_data_not_secured: { plan: 'gold' } } },
	],
	generic: [
		{
			event: 'call.ended',
			eventId: 'e-1',
			sessionId: 'S-100',
			direction: 'in',
			status: 'answered',
			channel: 'voice',
			from: '+13125550100',
			to: '+13125550199',
			agent: { id: '7', name: 'Ana', email: 'ana@example.com' },
			queue: { id: 'q', name: 'Sales' },
			menuPath: ['Sales', 'New order'],
			rating: 4,
			disposition: 'sold',
			customData: { Plan: 'gold' },
			recordings: [{ id: 'r', url: 'https://example.com/r.mp3' }],
		},
	],
};

const SESSION = {
	source: 'x',
	id: '1',
	channel: 'voice',
	state: 'ended',
	outcome: 'answered',
	endUser: { phone: '+4930901820', name: 'Ada' },
	agent: { id: '7', name: 'Ana', email: 'ana@example.com' },
	queue: { id: 'q', name: 'Sales' },
	menuPath: ['Sales'],
	customData: { plan: 'gold', order: { id: 7 } },
	transfers: [{ id: 't', at: '2026-06-24T10:15:02.000Z', from: { agent: { id: '7' } }, status: 'done' }],
	survey: [{ question: 'How?', answer: 'Well' }],
	smartActions: [{ type: 'photo', result: 'failed', detail: 'no camera' }],
};

describe('names that every object has', () => {
	const clean = Object.getOwnPropertyNames(Object.prototype).sort();

	afterEach(() => {
		expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(clean);
	});

	it.each(PLATFORMS.map((platform) => [platform.name, platform] as const))(
		'X16: are names like any other in webhooks of %s',
		(name, platform) => {
			const bodies = BODIES[name] ?? [];
			expect(bodies.length).toBeGreaterThan(0);
			const settings = { sourceName: name, sessionIdFrom: 'call' } as const;
			for (const body of bodies) {
				expectOrdinary((given) => {
					const { events, others, rejected } = platform.parse(
						{ method: 'POST', headers: {}, query: {}, body: given },
						settings,
					);
					return [events, others, rejected];
				}, body);
			}
		},
		120_000,
	);

	it('X16: are names like any other in records, mails, agents and the events of Kustomer', () => {
		const [metadata] = scenario('abandonedCall').filter(({ target }) => target === 'metadata');
		expect(metadata).toBeDefined();
		expectOrdinary((given) => (isRecord(given) ? readSessionRecord(given) : []), metadata?.body);
		expectOrdinary((given) => jsonInText(json(given)).objects, { id: 1, custom: { plan: 'gold' } });
		expectOrdinary(readPlatformAgent, {
			id: 7,
			email: 'ana@example.com',
			status: { id: 1, name: 'Available' },
			presence: 'x',
		});
		expectOrdinary((given) => transcriptText(Buffer.from(json(given)), true, 1000), {
			entries: [{ role: 'agent', content: 'Hello', timestamp: '2026-06-24T10:15:02.000Z' }],
		});
		const event = {
			id: 'e',
			name: 'kustomer.conversation.update',
			data: { type: 'conversation', id: 'c', attributes: { status: 'open', custom: { planStr: 'gold' } } },
			changes: {
				attributes: { status: { before: 'done', after: 'open' }, custom: { before: {}, after: {} } },
			},
		};
		expectOrdinary(readEvent, event);
		expectOrdinary((given) => {
			const read = readEvent(given);
			if (!('changes' in read)) return read;
			const field = { field: 'custom.planStr', value: 'gold' };
			return whyIgnored(read, { events: [read.name], changedFields: [], changedTo: [field] }) ?? 'starts';
		}, event);
	});

	it.each(NAMES.map(([name]) => name))('X16: are no fields of Kustomer events unless told: %s', (name) => {
		const event = (action: string, custom: unknown) =>
			readEvent({
				id: 'e',
				name: `kustomer.conversation.${action}`,
				data: { type: 'conversation', id: 'c', attributes: { custom } },
				changes: { attributes: { custom: { before: {}, after: custom } } },
			});
		const told = event('update', fields([name, 'gold']));
		expect(told).toMatchObject({ changes: fields([`custom.${name}`, { before: null, after: 'gold' }]) });
		for (const action of ['create', 'update']) {
			for (const field of [name, `custom.${name}`]) {
				const read = event(action, { planStr: 'gold' });
				const filter = { changedFields: [], changedTo: [{ field, value: '' }] };
				expect('changes' in read && whyIgnored(read, { ...filter, events: [read.name] })).toBe(
					// Nothing stands in the field: it is empty from the beginning, and does not become so.
					action === 'create' ? undefined : `No field has changed to a wanted value: ${field}.`,
				);
			}
		}
	});

	it('X16: are names like any other in a session and what is made of it', () => {
		expectOrdinary(readSession, SESSION);
		expectOrdinary((given) => {
			const session = readSession(given);
			if (session === undefined) return [];
			const options = { timeZone: 'UTC' };
			return [
				commentsOf(session, options).map(({ text }) => text),
				messageSummary(session, options),
				renderTitle('{CALL_TYPE} {constructor} {__proto__} {toString}', session, options),
				linesOf(session.customData ?? {}, 1000),
				shortenData(session.customData ?? {}, (data) => Object.keys(data).length < 2),
				settingsFor(session, {} as never, [{ queue: 'Sales', settings: {} }]).queue,
			];
		}, SESSION);
		for (const [name] of NAMES) {
			for (const given of withName(SESSION, name)) {
				const session = readSession(given);
				if (session === undefined) continue;
				const record = merge(observe(session, 1), observe(session, 2));
				const { snapshot } = toSnapshot(record, 4000);
				const read = fromSnapshot(JSON.parse(json(snapshot)));
				for (const value of [record, snapshot, read]) expectPlain(value);
				expect(read).toEqual(JSON.parse(json(record)));
			}
		}
	});

	it.each(NAMES.map(([name]) => name))('X16: are names like any other for custom attributes: %s', (name) => {
		const custom = fields([name, 'x']);
		expect(json(checkCustomAttributes(custom))).toBe(json(custom));
		for (const value of [{ toString: 1, valueOf: 1 }, fields([name, 1])]) {
			for (const suffix of ['Str', 'Num', 'At', 'Bool', 'Url']) {
				expect(() => checkCustomAttributes({ [`a${suffix}`]: value })).toThrow(/custom attribute/);
			}
		}
		const first = pendingAttributes(custom, 1, {});
		expect(json(first.values)).toBe(json(custom));
		expect(Object.keys(first.written)).toEqual([name]);
		expectPlain(first);
		// Written once, they are known.
		expect(pendingAttributes(custom, 2, first.written).values).toBeUndefined();

		const done = (written: typeof first.written) => ({ notes: {}, conversation: {}, customer: written });
		const merged = mergeDone(done({}), done(first.written), done({}));
		expect(Object.keys(merged.customer)).toEqual([name]);
		expectPlain(merged);
	});

	it.each(['constructor', 'toString', 'valueOf', 'hasownproperty'])(
		'X16: are no header that a caller has sent: %s',
		(headerName) => {
			const credential = { method: 'header', headerName, headerValue: 'a-long-secret-value' } as const;
			const request = { method: 'POST', rawBody: Buffer.from('{}') };
			expect(authenticateWebhook({ ...request, headers: {} }, credential).ok).toBe(false);
			const headers = fields([headerName.toLowerCase(), 'a-long-secret-value']) as Record<string, string>;
			expect(authenticateWebhook({ ...request, headers }, credential).ok).toBe(true);

			const signed = { method: 'hmac', secret: 'a-long-secret-value', signatureHeader: headerName } as const;
			expect(authenticateWebhook({ ...request, headers: {} }, signed).ok).toBe(false);
			const timed = { ...signed, signatureHeader: 'x-signature', timestampHeader: headerName };
			expect(authenticateWebhook({ ...request, headers: { 'x-signature': 'x' } }, timed).ok).toBe(false);
		},
	);
});
