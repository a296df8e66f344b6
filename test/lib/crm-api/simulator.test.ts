/** The whole flow of the platform, through every setting that an administrator can choose, in front of a strict Kustomer. */
import {
	CrmApiPlatform,
	crmApiPlatformSettings,
	formatted,
	inProcess,
	PLATFORM_PHONE_FORMATS,
	type CrmApiPlatformSettings,
	type CrmApiTransport,
	type SimulatedSession,
} from '../../../sandbox/telephony/crm-api';
import { ANA, inboundCall, KNOWN, stages, useWorld } from '../session-log/world';
import { crmSettings, patient } from './crm-world';

const world = useWorld();

const FILE = {
	name: 'call-900.mp3',
	contentType: 'audio/mpeg',
	content: Buffer.concat([Buffer.from('ID3\u0004'), Buffer.alloc(3000, 1)]),
};

function session(kind: 'call' | 'chat', others: Partial<SimulatedSession> = {}): SimulatedSession {
	return {
		kind,
		id: 900,
		customer: { phone: '+12223334444', name: 'Kim Lee', email: 'kim@example.com' },
		agent: { id: 11, email: ANA.email },
		menu: ['Orders', 'Delivery'],
		queueId: 26,
		language: 'en',
		sessionType: kind === 'call' ? 'Voice Inbound (IVR)' : 'Messaging Inbound (Web Chat)',
		direction: 'incoming',
		supportNumber: '+12225550100',
		subject: `${kind} 900`,
		description: 'The customer asks for something.',
		...others,
	};
}

/** Settings of ours without a default country: the line's counts. */
const using = () =>
	crmSettings({
		customer: {
			phoneRules: {
				defaultCountry: undefined,
				ownNumbers: [],
				lookUp: 'automatic',
				whenUnusable: 'createWithoutPhone',
			},
		},
		conversation: { timeZone: 'UTC' },
	});

function transport(...names: string[]): CrmApiTransport {
	const workers = (names.length === 0 ? ['worker'] : names).map((name) => world.worker(name));
	let next = 0;
	return inProcess(() => {
		next += 1;
		const { client } = workers[next % workers.length] ?? world.worker();
		return { client: patient(client), settings: using() };
	});
}

async function story(platform: CrmApiPlatform, one: SimulatedSession): Promise<string | undefined> {
	const open = await platform.open(one);
	await platform.finish(open, { callDuration: 155, holdTime: 20, waitTime: 45 });
	await platform.upload(open, FILE);
	await platform.rate(open, 5, 'Great!');
	return open.recordId;
}

/** One of everything. */
function expectOnce(platform: CrmApiPlatform): void {
	expect(platform.complaints).toEqual([]);
	expect(platform.lost).toEqual([]);
	const { conversations, messages, notes } = world.written;
	expect([conversations.length, messages.length]).toEqual([1, 1]);
	const texts = notes.map(({ body }) => body);
	expect(new Set(texts).size).toBe(texts.length);
	expect(texts).toEqual(
		expect.arrayContaining(['The customer asks for something.', 'Rating: 5 of 5\nComment: Great!']),
	);
	expect(world.standIn.store.attachments.size).toBe(1);
}

const newCustomers = () =>
	[...world.standIn.store.customers.values()].filter(({ name }) => name === 'Kim Lee');

describe('the platform in front of the API', () => {
	const formats = PLATFORM_PHONE_FORMATS.flatMap((phoneFormat) =>
		(['call', 'chat'] as const).map((kind) => ({ phoneFormat, kind })),
	);

	it.each(formats)(
		'G1, G3: a $kind with numbers in the format $phoneFormat leaves one of everything',
		async ({ phoneFormat, kind }) => {
			const platform = new CrmApiPlatform(
				crmApiPlatformSettings({}, { phoneFormat }),
				transport('one', 'other'),
			);
			await story(platform, session(kind));
			expectOnce(platform);
			expect(newCustomers()).toHaveLength(1);
			expect(newCustomers()[0]?.phones[0]?.phone).toBe('+12223334444');
			expect(world.written.messages[0]).toMatchObject({ channel: kind === 'call' ? 'voice' : 'chat' });
		},
	);

	it.each(['dropped', 'empty', 'unreplaced'] as const)(
		'G6: variables without a value, %s',
		async (missingVariables) => {
			const platform = new CrmApiPlatform(crmApiPlatformSettings({}, { missingVariables }), transport());
			await story(
				platform,
				session('call', { agent: undefined, customer: { phone: '+12223334444', name: 'Kim Lee' } }),
			);
			expectOnce(platform);
		},
	);

	it('G1: a customer who calls again is found by ID, and the open record is used again', async () => {
		const platform = new CrmApiPlatform(crmApiPlatformSettings(), transport());
		const first = await platform.open(session('call'));
		const second = await platform.open(session('call', { id: 901 }), { accountId: first.accountId });
		expect(second).toMatchObject({ accountId: first.accountId, recordId: first.recordId });
		const asked = platform.sent.slice(-3).map(({ endpoint }) => endpoint);
		expect(asked).toEqual(['findAccountById', 'findRecord', 'addComment']);
		const unknown = await platform.open(session('call', { id: 902 }), {
			accountId: '5f0c1a2b3d4e5f6071829304',
		});
		expect(unknown.accountId).toBe(first.accountId);
		expect(platform.complaints).toEqual([]);
	});

	it('X1: told by session events as well, in whatever order, it is one session', async () => {
		for (const eventsFirst of [true, false]) {
			world.reset();
			const events = world.worker('events');
			const call = inboundCall({ id: 'call-900', endUser: { phone: '+12223334444' }, line: '+12225550100' });
			const tell = async () => {
				for (const event of [call, stages.assigned(call), stages.connected(call), stages.ended(call)]) {
					await events.log(event);
				}
			};
			const platform = new CrmApiPlatform(crmApiPlatformSettings(), transport());
			if (eventsFirst) await tell();
			await story(platform, session('call'));
			if (!eventsFirst) await tell();
			expectOnce(platform);
			expect(
				world.standIn.store.customers.get(world.written.conversations[0]?.customerId ?? ''),
			).toMatchObject({
				phones: [{ phone: '+12223334444' }],
			});
		}
	});

	it('X1: told by session events at the same time, it is one session', async () => {
		const call = inboundCall({ id: 'call-900', endUser: { phone: '+12223334444' }, line: '+12225550100' });
		const platform = new CrmApiPlatform(crmApiPlatformSettings(), transport('one', 'other'));
		const events = world.worker('events');
		await Promise.all([
			story(platform, session('call')),
			(async () => {
				for (const event of [call, stages.assigned(call), stages.connected(call), stages.ended(call)]) {
					await events.log(event);
				}
			})(),
		]);
		expectOnce(platform);
	});

	it('G8: what is queued at a rate limit and comes late, in a burst and in the wrong order, leaves one of everything', async () => {
		const platform = new CrmApiPlatform(crmApiPlatformSettings(), transport('one', 'other'));
		const open = await platform.open(session('call'));
		platform.hold();
		await platform.finish(open, { callDuration: 155 });
		await platform.upload(open, FILE);
		await platform.rate(open, 5, 'Great!');
		await platform.finish(open, { callDuration: 155 });
		await platform.burst((all) => [...all].reverse());
		expectOnce(platform);
	});

	it('G8: an outage of hours is repeated until it is over, and nothing is lost or doubled', async () => {
		let down = 0;
		const settings: CrmApiPlatformSettings = crmApiPlatformSettings();
		const platform = new CrmApiPlatform(settings, transport('one', 'other'), {
			pause: () => {
				down -= 1;
				if (down <= 0) world.standIn.faults.clear();
				return Promise.resolve();
			},
		});
		const fails = (times: number) => {
			down = times;
			world.standIn.faults.clear();
			world.standIn.faults.add({ fault: { kind: 'status', status: 503 }, times: 10_000 });
		};
		fails(10);
		const open = await platform.open(session('call'));
		fails(5);
		await platform.finish(open, { callDuration: 155 });
		fails(5);
		await platform.upload(open, FILE);
		fails(5);
		await platform.rate(open, 5, 'Great!');
		expectOnce(platform);
		expect(Math.max(...platform.sent.map(({ after }) => after))).toBeGreaterThan(3_600_000);
	}, 120_000);

	it('G8: many sessions at once are one record each', async () => {
		const platform = new CrmApiPlatform(
			crmApiPlatformSettings({}, { reuseRecords: false }),
			transport('one', 'other'),
		);
		const sessions = Array.from({ length: 8 }, (_, index) =>
			session('call', {
				id: 800 + index,
				customer: { phone: `+1222333${4000 + index}`, name: `Caller ${index}` },
			}),
		);
		const opened = await Promise.all(sessions.map((one) => platform.open(one)));
		expect(new Set(opened.map(({ recordId }) => recordId)).size).toBe(8);
		expect(platform.complaints).toEqual([]);
	});
});

describe('the simulator', () => {
	it.each([
		['automatic', false, '+1 222 333 4444'],
		['automatic', true, '*222*333*4444'],
		['e164', false, '+12223334444'],
		['usLocal', false, '2223334444'],
		['usLocalStandard', false, '(222) 333-4444'],
		['international', true, '+1 222 333 4444'],
	] as const)('G3: %s (search: %s) writes %s', (format, isSearch, expected) => {
		expect(formatted('+12223334444', format, isSearch)).toBe(expected);
	});

	it('G8: complains about answers that the platform cannot use, and gives up what is refused', async () => {
		const replies = [
			{ status: 200, body: { id: 7, more: 'x' } },
			{ status: 418, body: {} },
			{ status: 422, body: {} },
			{ status: 0, body: 'timeout' },
		];
		for (const reply of replies) {
			const platform = new CrmApiPlatform(crmApiPlatformSettings(), () =>
				Promise.resolve({ ...reply, milliseconds: 1 }),
			);
			await platform.open(session('call'));
			expect(platform.complaints.length).toBeGreaterThan(0);
		}
		const slow = new CrmApiPlatform(crmApiPlatformSettings({}, { timeoutSeconds: 1 }), () =>
			Promise.resolve({ status: 200, body: { id: KNOWN.id }, milliseconds: 1001 }),
		);
		await slow.open(session('call'));
		expect(slow.complaints).toContain('findAccountByQuery: no answer within 1 s');
	});

	it('G8: gives up a 400 after a week', async () => {
		let waited = 0;
		const platform = new CrmApiPlatform(
			crmApiPlatformSettings(),
			() => Promise.resolve({ status: 400, body: { error: 'Kustomer does not answer.' }, milliseconds: 1 }),
			{ pause: (milliseconds) => Promise.resolve(void (waited += milliseconds)) },
		);
		await platform.open(session('call'));
		expect(platform.lost.map(({ endpoint }) => endpoint)).toEqual(['findAccountByQuery', 'createAccount']);
		expect(waited).toBeGreaterThan(6 * 24 * 3_600_000);
	});
});
