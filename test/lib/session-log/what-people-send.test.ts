/** What people really send: each input is taken from a public report of a fault in another integration. */
import type { Session } from '../../../lib/domain/session';
import { generic } from '../../../lib/platforms/generic/platform';
import { ANA, at, inboundCall, KNOWN, settings, stages, UNKNOWN_PHONE, useWorld, type Worker } from './world';

const world = useWorld();
const LINE = '+493023125000';

/** Sends webhooks of the generic platform through the trigger's reader and into Session: Log. */
async function send(
	worker: Worker,
	body: object,
	changes: Parameters<Worker['log']>[1] = {},
): ReturnType<Worker['log']> {
	const { events, rejected } = generic.parse(
		{ method: 'POST', headers: {}, query: {}, body },
		{ sourceName: 'generic', sessionIdFrom: 'call' },
	);
	expect(rejected).toEqual([]);
	const [event] = events;
	if (event === undefined) throw new Error('There is no event.');
	return await worker.log(event.session, {
		...changes,
		other: {
			observedAt: event.occurredAt,
			event: event.kind,
			notUnderstood: event.notUnderstood?.map(({ field }) => field),
			...changes.other,
		},
	});
}

const ended = { event: 'ended', direction: 'in', outcome: 'answered', agentEmail: ANA.email };
const newCustomers = () => {
	const { customers } = world.standIn.store;
	return [...customers.values()].filter(({ createdAt }) => Date.parse(createdAt) > Date.now() - 60_000);
};

describe('optional fields that are wrong', () => {
	it.each(['<jo@example.com>', 'jo@example.com;', 'Jo <jo@example.com>', 'mailto:jo@example.com'])(
		'C17: a new caller with the address "%s" is a customer with it',
		async (email) => {
			const result = await send(world.worker(), { ...ended, id: 'e', from: UNKNOWN_PHONE, email });
			expect(result).toMatchObject({ outcome: 'created', leftOut: [] });
			const made = world.standIn.store.customers.get(result.customerId ?? '');
			expect(made?.emails).toMatchObject([{ email: 'jo@example.com' }]);
		},
	);

	it.each(['jo@example..com', 'jo@', 'none@', 'jo@example.com, joe@example.com'])(
		'C17, X2: "%s" is left out and named, for a known caller and for a new one',
		async (email) => {
			for (const from of [KNOWN.phone, UNKNOWN_PHONE]) {
				const result = await send(world.worker(), { ...ended, id: `e${from}`, from, email });
				expect(result).toMatchObject({ outcome: 'created', leftOut: ['email'] });
			}
		},
	);

	it('C16, X2: an agent is found by an address in brackets; one that is none is named, and the call logged', async () => {
		const call = { ...ended, from: KNOWN.phone };
		const wrapped = await send(world.worker(), { ...call, id: 'a1', agentEmail: `Ana <${ANA.email}>` });
		expect(wrapped).toMatchObject({ agent: { userId: ANA.id, by: 'email' }, leftOut: [] });
		const wrong = await send(world.worker(), { ...call, id: 'a2', agentEmail: 'ana at example' });
		expect(wrong).toMatchObject({ outcome: 'appended', leftOut: ['agent email'] });
	});

	it('X4: a number without a country code is of the country of the line, and reads as it came while nothing tells', async () => {
		const from = '030 777 1234';
		const { phoneRules } = settings({}).customer;
		const customer = { phoneRules: { ...phoneRules, defaultCountry: undefined } };
		const unread = await send(world.worker(), { ...ended, id: 'n1', from, to: '5000' }, { customer });
		expect(unread).toMatchObject({ outcome: 'created', leftOut: ['phone'] });
		const { store } = world.standIn;
		expect(store.customers.get(unread.customerId ?? '')).toMatchObject({ name: from, phones: [] });
		expect(store.conversations.get(unread.conversationId ?? '')?.name).toContain(from);
		const notes = [...store.notes.values()].filter(
			({ conversationId }) => conversationId === unread.conversationId,
		);
		expect(notes.map(({ body }) => body)).toContain(`Phone number: ${from}`);
		const again = await send(world.worker(), { ...ended, id: 'n1', from, to: '5000' }, { customer });
		expect(again).toMatchObject({ outcome: 'unchanged', leftOut: ['phone'] });
		const read = await send(world.worker(), { ...ended, id: 'n2', from, to: LINE }, { customer });
		expect(read).toMatchObject({ outcome: 'created', leftOut: [] });
		expect(store.customers.get(read.customerId ?? '')?.phones).toMatchObject([{ phone: '+49307771234' }]);
	});

	it('X2: whatever else is wrong is named, and nothing else is lost', async () => {
		const session = {
			...stages.ended(inboundCall()),
			startedAt: 'yesterday',
			duration: 'long',
			rating: { score: 'great' },
			queue: 7,
			endUser: { phone: KNOWN.phone, email: 'nope', customerId: 'crm-1' },
		} as unknown as Session;
		const result = await world.worker().log(session, {
			conversation: {
				tags: ['Łódź', '🎉', 'VIP'],
				custom: { orderNum: 'many', planStr: { a: 1 }, linkUrl: 'not a url', noteStr: 'fine' },
				priority: 9,
				assignedTeams: ['nobody'],
				queueId: 'nowhere',
			},
			customer: { custom: { bornAt: 'someday' } },
			agent: { email: 'ana@' },
			other: { observedAt: 'soon', notUnderstood: ['direction'] },
		});
		expect(result.outcome).toBe('created');
		expect([...result.leftOut].sort()).toEqual(
			[
				'agent email',
				'assignedTeams',
				'bornAt',
				'customerId',
				'direction',
				'duration',
				'email',
				'linkUrl',
				'noteStr',
				'observedAt',
				'orderNum',
				'planStr',
				'priority',
				'queue',
				'queueId',
				'rating',
				'startedAt',
				'tags',
			].sort(),
		);
		const tags = [...world.standIn.store.tags.values()].map(({ name }) => name);
		expect(tags).toEqual(expect.arrayContaining(['Lodz', 'VIP']));
	});

	it.each([
		['POST', /\/customers$/, 'emails[0].email', 'email'],
		['POST', /\/conversations$/, 'name', 'name'],
		['POST', /\/conversations$/, 'assignedUsers[0]', 'assignedUsers'],
		['POST', /\/messages$/, 'custom.languageStr', 'languageStr'],
		['POST', /\/messages$/, 'subject', 'subject'],
	])(
		'X2: what only Kustomer refuses is left out and named: %s %s, %s',
		async (method, path, parameter, name) => {
			const worker = world.worker();
			const requests: unknown[] = [];
			worker.refuse = (request) => {
				if (request.method !== method || !path.test(request.path)) return undefined;
				requests.push(request.body);
				return requests.length === 1 ? { parameter } : undefined;
			};
			const call = stages.ended(inboundCall({ endUser: { phone: UNKNOWN_PHONE, email: 'jo@example.com' } }));
			const result = await worker.log(call);
			expect(result).toMatchObject({ outcome: 'created', leftOut: [name] });
			expect(requests).toHaveLength(2);
			expect(world.written.messages).toHaveLength(1);
		},
	);

	it('X2: also where the session is logged already, and where Kustomer does not say what it refuses', async () => {
		const worker = world.worker();
		const call = inboundCall();
		await worker.log(stages.assigned(call));
		worker.refuse = ({ method, path, body }) =>
			method === 'PATCH' && path.includes('/messages/') && 'custom' in (body as object) ? {} : undefined;
		const result = await worker.log(stages.ended(call));
		expect(result.outcome).toBe('updated');
		expect(result.leftOut).toContain('callDurationNum');
		expect(world.written.messages[0]?.preview).toContain('answered by');
	});

	it('X2: a note of which Kustomer does not take the text is left out and named, the rest is written, and it is not tried again', async () => {
		const worker = world.worker();
		const call = inboundCall();
		let tried = 0;
		worker.refuse = ({ path, body }) => {
			const isRating = path.includes('/notes') && JSON.stringify(body).includes('Rating');
			if (isRating) tried += 1;
			return isRating ? { parameter: 'body' } : undefined;
		};
		const rated = { ...stages.ended(call), rating: { score: 2, comment: 'Rude' } };
		const result = await worker.log(rated);
		expect(result).toMatchObject({ outcome: 'created', leftOut: ['note: rating'] });
		expect(world.notes.map((body) => body.slice(0, 6))).toEqual(['IVR ca', 'IVR ca', 'Phone ']);
		await worker.log(rated);
		await world.worker('knows nothing').log(rated);
		expect(tried).toBe(1);

		worker.refuse = () => undefined;
		const corrected = { ...rated, rating: { score: 3, comment: 'Slow' } };
		expect(await worker.log(corrected)).toMatchObject({ outcome: 'updated', leftOut: [] });
		expect(world.notes.at(-1)).toBe('Rating: 3 of 5\nComment: Slow');

		worker.refuse = ({ path, method }) => (path.includes('/notes') && method === 'PATCH' ? {} : undefined);
		const again = { ...rated, rating: { score: 4, comment: 'Fine' } };
		expect(await worker.log(again)).toMatchObject({ outcome: 'updated', leftOut: ['note: rating'] });
		expect(world.notes.at(-1)).toBe('Rating: 3 of 5\nComment: Slow');
	});
});

describe('who called whom', () => {
	it('X16: a field that holds something without a bottom, or what cannot be made a text, costs only itself', async () => {
		const bottomless: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
		for (const field of ['type', 'language', 'queue', 'menuPath', 'rating'] as const) {
			const call = { ...stages.ended(inboundCall({ menuPath: [field] })), [field]: bottomless };
			const { outcome, leftOut } = await world.worker().log(call as Session);
			expect([outcome, leftOut]).toEqual([expect.stringMatching(/created|appended/), [field]]);
		}
		const endUser = { phone: KNOWN.phone, email: { toString: 'x', valueOf: 'y' } as unknown as string };
		const { outcome, leftOut } = await world.worker().log(stages.ended(inboundCall({ endUser })));
		expect([outcome, leftOut]).toEqual([expect.stringMatching(/created|appended/), ['email']]);
	});

	it('C18: a word for nobody is no identifier: two callers who have not signed in are two customers', async () => {
		const worker = world.worker();
		for (const identifier of ['anonymous', '0', '(null)', 'undefined', 'Guest', 'None']) {
			world.reset();
			const calls = [
				inboundCall({ endUser: { identifier, phone: KNOWN.phone } }),
				inboundCall({ endUser: { identifier, phone: UNKNOWN_PHONE }, menuPath: ['Other'] }),
			];
			const results = [];
			for (const call of calls) results.push(await worker.log(stages.ended(call)));
			const [first, second] = results;
			expect(first?.customerId).toBe(KNOWN.id);
			expect(second?.customerId).not.toBe(KNOWN.id);
			for (const { leftOut } of results) expect(leftOut).toContain('identifier');
			expect(world.standIn.store.customerByExternalId(identifier)).toBeUndefined();
		}
	});

	it('X1: two calls with the same contact or conversation are two sessions', async () => {
		const worker = world.worker();
		for (const field of ['contactId', 'conversationId', 'customerId', 'threadId']) {
			for (const id of [`1-${field}`, `2-${field}`]) {
				const result = await send(worker, { ...ended, id, [field]: 'p5', from: KNOWN.phone });
				expect(result.externalId).toBe(`generic:${id}`);
			}
		}
		expect(world.written.messages).toHaveLength(8);
	});

	it.each(['outbound-api', 'outbound-dial'])('C3: of "%s" the customer is To', async (Direction) => {
		const result = await send(world.worker(), {
			...{ event: 'completed', CallSid: 'CA1', From: LINE, To: UNKNOWN_PHONE, Direction },
		});
		expect(result).toMatchObject({ outcome: 'created', rule: 'C3', leftOut: [] });
		const customer = world.standIn.store.customers.get(result.customerId ?? '');
		expect(customer?.phones).toMatchObject([{ phone: UNKNOWN_PHONE }]);
		expect(world.notes).toContain(`Phone number: ${UNKNOWN_PHONE}`);
	});

	it('X4: a direction that nobody knows makes no customer of the company, and is named', async () => {
		const phoneRules = {
			ownNumbers: [],
			lookUp: 'automatic' as const,
			whenUnusable: 'createWithoutPhone' as const,
		};
		const result = await send(
			world.worker(),
			{ ...ended, id: 's', from: LINE, to: UNKNOWN_PHONE, direction: 'sideways' },
			{ customer: { phoneRules } },
		);
		expect(result.leftOut).toContain('direction');
		expect(newCustomers().flatMap(({ phones }) => phones)).toEqual([]);
		expect(world.notes.filter((note) => note.startsWith('Phone number'))).toEqual([]);
	});

	it('X1: a call and its leg are one session, one conversation and one customer', async () => {
		const worker = world.worker();
		const parent = { CallSid: 'CAp', From: UNKNOWN_PHONE, To: LINE, Direction: 'inbound' };
		const leg = { CallSid: 'CAc', ParentCallSid: 'CAp', From: UNKNOWN_PHONE, To: '+493023125001' };
		await send(worker, { event: 'answered', ...parent });
		await send(worker, { event: 'answered', ...leg, Direction: 'outbound-dial', agentEmail: ANA.email });
		await send(worker, { event: 'completed', ...leg, Direction: 'outbound-dial', CallDuration: 9 });
		const result = await send(worker, { event: 'completed', ...parent, CallDuration: 60 });
		expect(result.session).toMatchObject({ id: 'CAp', direction: 'in', duration: 60, state: 'ended' });
		const { conversations, messages } = world.written;
		expect([conversations.length, messages.length, newCustomers().length]).toEqual([1, 1, 1]);
	});

	it.each([
		['+4930901820*12', '+4930901820'],
		['*31#+4930901820', '+4930901820'],
		['4930901820.0', '+4930901820'],
		['+12125550100*101', '+12125550100'],
		['+4930901820:5060', '+4930901820'],
	])('C17: "%s" is %s', async (from, phone) => {
		const result = await send(world.worker(), { ...ended, id: 'n', from });
		const customer = world.standIn.store.customers.get(result.customerId ?? '');
		expect(customer?.phones).toMatchObject([{ phone }]);
	});

	it('X4: a number that is not known yet is not withheld: it is known later, and noted once', async () => {
		const worker = world.worker();
		await send(worker, { event: 'answered', id: 'w', direction: 'in', agentEmail: ANA.email });
		expect(world.notes.filter((note) => note.startsWith('Phone'))).toEqual([]);
		const result = await send(worker, { ...ended, id: 'w', from: UNKNOWN_PHONE });
		expect(result.session.endUser).toEqual({ phone: UNKNOWN_PHONE });
		expect(world.notes.filter((note) => note.startsWith('Phone'))).toEqual([
			`Phone number: ${UNKNOWN_PHONE}`,
		]);
		expect(newCustomers()).toHaveLength(1);
	});

	it('C2: newCall, answer and hangup are an answered call, also where abandoned calls are not recorded', async () => {
		const worker = world.worker();
		const call = { callId: 'z', direction: 'in', from: KNOWN.phone, to: LINE };
		const rules = { abandonedCalls: false };
		await send(worker, { event: 'newCall', ...call }, { rules });
		await send(worker, { event: 'answer', ...call }, { rules });
		const result = await send(worker, { event: 'hangup', ...call }, { rules });
		expect(result.conversationId).toBeDefined();
		expect(world.notes.join('\n')).toContain('Outcome: answered');
	});

	it('D8: type and platform are folded to tags, not cut to pieces', async () => {
		const call = stages.ended(inboundCall({ type: 'Příchozí hovor' }));
		await world.worker().log(call, { conversation: { platformTag: 'Čeština' } });
		const tags = [...world.standIn.store.tags.values()].map(({ name }) => name);
		expect(tags).toEqual(expect.arrayContaining(['Prichozi hovor', 'Cestina']));
	});

	it('X4: the phone that two customers share is theirs: the policy for several matches decides, and nobody new takes it', async () => {
		const shared = '+12125550142';
		const sharers = [...world.standIn.store.customers.values()].filter(({ sharedPhones }) =>
			sharedPhones.some(({ phone }) => phone === shared),
		);
		expect(sharers.length).toBeGreaterThan(1);
		const worker = world.worker();
		const first = await send(worker, { ...ended, id: 's1', from: shared });
		expect(sharers.map(({ id }) => id)).toContain(first.customerId);
		expect(first.customer).toBe('found');
		const oldest = await send(
			worker,
			{ ...ended, id: 's2', from: shared },
			{ customer: { severalMatches: 'oldest' } },
		);
		const [eldest] = sharers.sort(
			(a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
		);
		expect(oldest.customerId).toBe(eldest?.id);
		await expect(
			send(worker, { ...ended, id: 's3', from: shared }, { customer: { severalMatches: 'stop' } }),
		).rejects.toMatchObject({ kind: 'severalMatches' });
		expect(newCustomers().flatMap(({ phones }) => phones)).toEqual([]);
	});

	it('X4: where nobody shares a phone, that is asked once an hour, and costs a new caller nothing', async () => {
		for (const customer of world.standIn.store.customers.values()) customer.sharedPhones = [];
		const worker = world.worker();
		const searches = () => world.requestsSince(0).filter((line) => line.endsWith('/search')).length;
		const before = searches();
		for (const id of ['n1', 'n2', 'n3']) {
			await send(worker, { ...ended, id, from: `+49157999000${id.slice(1)}1` });
		}
		expect(searches() - before).toBe(1);
		expect(newCustomers()).toHaveLength(3);
	});

	it('X4: a call between two numbers of the company is internal, whatever direction is told', async () => {
		const worker = world.worker();
		const own = {
			phoneRules: {
				ownNumbers: [LINE, '+493023125001'],
				lookUp: 'automatic' as const,
				whenUnusable: 'createWithoutPhone' as const,
			},
		};
		for (const direction of ['in', 'out', undefined]) {
			const call = { ...ended, id: `i-${direction}`, from: LINE, to: '+493023125001', direction };
			const result = await send(worker, call, { customer: own });
			expect(result).toMatchObject({ outcome: 'skipped', rule: 'X4' });
			expect(result.reason).toContain('two of the company');
		}
		expect(newCustomers()).toEqual([]);
	});

	it('X4: a call of which nobody tells the direction goes out when it comes from a number of the company', async () => {
		const call = { event: 'ended', outcome: 'answered', id: 'o', from: LINE, to: KNOWN.phone };
		const result = await send(world.worker(), call);
		expect(result).toMatchObject({ customerId: KNOWN.id, session: { direction: 'out', line: LINE } });
	});

	it('C2: of a call that only a virtual agent took, nobody says that an agent answered it', async () => {
		const call = inboundCall({
			state: 'ended',
			outcome: 'answered',
			endedAt: at(60),
			virtualAgent: { id: '5', name: 'Robin' },
		});
		const result = await world.worker().log(call, { rules: { abandonedCalls: false } });
		expect(result).toMatchObject({ outcome: 'created', rule: 'C2' });
		expect(result.reason).toContain('A virtual agent answered the call.');
		expect(result.reason).not.toContain('An agent');
		expect(world.notes.join('\n')).toContain('Outcome: answered by a virtual agent (Robin)');
		expect(world.written.messages[0]?.preview).toContain('answered by a virtual agent (Robin)');
	});
});
