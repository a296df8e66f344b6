import type { AgentMemory } from '../../../../lib/agent-status/rules/agent-memory';
import { decide } from '../../../../lib/agent-status/rules/decision';
import type { SyncRules } from '../../../../lib/agent-status/rules/lead';
import { readTable, type KnownStatus } from '../../../../lib/agent-status/rules/mapping';
import { FIRST_REPEAT, LONGEST_REPEAT } from '../../../../lib/agent-status/rules/repeat';
import type { AgentView, SyncDirection, Hold, Priority, Status } from '../../../../lib/domain/agent-status';

const KNOWN: KnownStatus[] = [
	...['Available', 'Lunch', 'Training', 'Meeting'].map((name) => ({ id: `k-${name}`, name, settable: true })),
	{ id: 'k-Busy', name: 'Busy', settable: false },
	{ id: 'k-Offline', name: 'Offline', settable: false },
];
const ROWS = [
	{ kustomer: 'Available', platform: 'Available' },
	{ kustomer: 'Lunch', platform: 'Break' },
	{ kustomer: 'Training', platform: 'Break' },
	{ kustomer: 'Busy', platform: 'Engaged' },
];

const NOON = Date.parse('2026-03-01T12:00:00Z');
const at = (seconds: number) => NOON + seconds * 1000;

function rulesOf(
	direction: SyncDirection = 'both',
	priority: Priority = 'mostRecent',
	rows = ROWS,
	fallback?: string,
): SyncRules {
	return { mapping: readTable(rows, fallback, KNOWN).mapping, direction, priority };
}

const inKustomer = (name: string): Status => ({ id: `k-${name}`, name });
const onPlatform = (name: string): Status => ({ id: `p-${name}`, name });

interface Shown {
	k?: string;
	p?: string;
	/** Seconds after noon. */
	kAt?: number;
	pAt?: number;
	session?: string | null;
	hold?: Hold;
	isDefault?: boolean;
}

function show({ k, p, kAt, pAt, session = 's1', hold, isDefault }: Shown): AgentView {
	return {
		kustomer: {
			status: session === null ? inKustomer('Offline') : inKustomer(k ?? 'Available'),
			session: session ?? undefined,
			changedAt: kAt === undefined ? undefined : at(kAt),
		},
		platform: {
			...(p === undefined ? {} : { status: onPlatform(p), isDefault }),
			changedAt: pAt === undefined ? undefined : at(pAt),
			hold,
		},
	};
}

/** Looks several times, 15 seconds apart, without anything taking effect; gives the last decision. */
function after(rules: SyncRules, ...shown: Shown[]) {
	let memory: AgentMemory | undefined;
	let last: ReturnType<typeof decide> | undefined;
	for (const [index, one] of shown.entries()) {
		last = decide(show(one), memory, rules, at(index * 15));
		memory = last.memory;
	}
	if (last === undefined) throw new Error('Nothing was shown');
	return last;
}

/** What one look finds: the agent's status in Kustomer and on the platform, and what else is known. */
const look = (k: string, p?: string, more: Shown = {}): Shown => ({ k, p, ...more });
const fitting: Shown = { k: 'Available', p: 'Available' };
const toPlatform = (status: string) => ({ side: 'platform', status });
const toKustomer = (name: string) => ({ side: 'kustomer', status: inKustomer(name), session: 's1' });

it('S4: the reason says which change was later, and where nobody knows', () => {
	const reason = (times: Shown) =>
		after(rulesOf(), look('Training', 'Break'), look('Busy', 'Available', times)).reason;
	expect(reason({ kAt: 9, pAt: 5 })).toMatch(/both sides changed, Kustomer later\.$/);
	expect(reason({ kAt: 5, pAt: 9 })).toMatch(/both sides changed, the platform later\.$/);
	for (const times of [{ kAt: 9 }, { pAt: 9 }, { kAt: 9, pAt: 9 }, {}]) {
		expect(reason(times)).toMatch(/it is not known which one later, and then Kustomer counts\.$/);
	}
});

describe('S4: the two priorities', () => {
	/** What both see, and what each of them makes of it: differences stand in the last two columns. */
	const LUNCH = toPlatform('Break');
	const cases: Array<[string, Shown[], object | undefined, object | undefined]> = [
		['only Kustomer changed', [fitting, look('Lunch', 'Available')], LUNCH, LUNCH],
		[
			'only the platform changed',
			[fitting, look('Available', 'Break')],
			toKustomer('Lunch'),
			toKustomer('Lunch'),
		],
		[
			'both changed to statuses that fit',
			[fitting, look('Training', 'Break', { kAt: 1, pAt: 2 })],
			undefined,
			undefined,
		],
		[
			'both changed, Kustomer later',
			[look('Lunch', 'Break'), look('Available', 'Engaged', { kAt: 9, pAt: 5 })],
			toPlatform('Available'),
			toPlatform('Available'),
		],
		[
			'both changed, the platform later',
			[look('Available', 'Available'), look('Meeting', 'Break', { kAt: 5, pAt: 9 })],
			toKustomer('Lunch'),
			undefined,
		],
		[
			'both changed to statuses with rows, the platform later',
			[look('Training', 'Break'), look('Busy', 'Available', { kAt: 5, pAt: 9 })],
			toKustomer('Available'),
			toPlatform('Engaged'),
		],
		[
			'both changed at the same time',
			[look('Training', 'Break'), look('Busy', 'Available', { kAt: 9, pAt: 9 })],
			toPlatform('Engaged'),
			toPlatform('Engaged'),
		],
		[
			'both changed, the platform tells no time',
			[look('Training', 'Break'), look('Busy', 'Available', { kAt: 9 })],
			toPlatform('Engaged'),
			toPlatform('Engaged'),
		],
		[
			'the agent signs in to Kustomer and changed the platform later',
			[{ ...fitting, session: 's1' }, look('Lunch', 'Engaged', { kAt: 5, pAt: 9, session: 's2' })],
			LUNCH,
			LUNCH,
		],
		['nothing is known of the agent', [look('Lunch', 'Available', { kAt: 1, pAt: 9 })], LUNCH, LUNCH],
		[
			'Kustomer changed during a call, afterwards the platform falls back to Available',
			[
				fitting,
				look('Available', undefined, { hold: 'onCall' }),
				look('Lunch', undefined, { hold: 'onCall', kAt: 5 }),
				look('Lunch', 'Available', { kAt: 5, pAt: 40, isDefault: true }),
			],
			LUNCH,
			LUNCH,
		],
		[
			'Kustomer changed during a call, afterwards the platform shows what the agent chose there',
			[
				fitting,
				look('Lunch', undefined, { hold: 'onCall', kAt: 5 }),
				look('Lunch', 'Engaged', { kAt: 5, pAt: 40 }),
			],
			undefined,
			LUNCH,
		],
		[
			'Kustomer changed during a call, then the agent changed the platform, which shows it at once',
			[
				fitting,
				look('Training', 'Available', { hold: 'onCall' }),
				look('Training', 'Engaged', { hold: 'onCall' }),
				look('Training', 'Engaged'),
			],
			undefined,
			LUNCH,
		],
		[
			'the agent changed the platform, was on a call before the next look, and the platform falls back',
			[
				fitting,
				look('Available', 'Break'),
				look('Lunch', undefined, { hold: 'onCall' }),
				look('Lunch', 'Available', { isDefault: true, kAt: 16, pAt: 40 }),
			],
			LUNCH,
			LUNCH,
		],
		[
			'the agent chose a platform status without a row, was on a call, and the platform falls back',
			[
				look('Lunch', 'Break'),
				look('Lunch', 'Workshop'),
				look('Lunch', undefined, { hold: 'onCall' }),
				look('Lunch', 'Available', { isDefault: true, kAt: 0, pAt: 40 }),
			],
			LUNCH,
			LUNCH,
		],
		[
			'Available that the agent chose before a call has not arrived in Kustomer yet',
			[
				look('Lunch', 'Break'),
				look('Lunch', 'Available', { isDefault: true }),
				look('Lunch', undefined, { hold: 'onCall' }),
				look('Lunch', 'Available', { isDefault: true }),
			],
			toKustomer('Available'),
			toKustomer('Available'),
		],
		[
			'the write to the platform failed, and then the agent changed the platform',
			[look('Available', 'Available'), look('Busy', 'Available'), look('Busy', 'Break')],
			toKustomer('Lunch'),
			toPlatform('Engaged'),
		],
		[
			'the write to Kustomer failed, and then the agent changed Kustomer',
			[fitting, look('Available', 'Break'), look('Busy', 'Break')],
			toPlatform('Engaged'),
			toPlatform('Engaged'),
		],
	];

	it.each(cases)('%s', (_name, shown, mostRecent, kustomer) => {
		const outcomes = (['mostRecent', 'kustomer'] as const).map(
			(priority) => after(rulesOf('both', priority), ...shown).write,
		);
		const expected = [mostRecent, kustomer];
		expected.forEach((one, index) => {
			if (one === undefined) expect(outcomes[index]).toBeUndefined();
			else expect(outcomes[index]).toMatchObject(one);
		});
	});

	it('differ in the cases named here and in no other', () => {
		const differing = cases.filter(([, , a, b]) => JSON.stringify(a) !== JSON.stringify(b));
		expect(differing.map(([name]) => name)).toEqual([
			'both changed, the platform later',
			'both changed to statuses with rows, the platform later',
			'Kustomer changed during a call, afterwards the platform shows what the agent chose there',
			'Kustomer changed during a call, then the agent changed the platform, which shows it at once',
			'the write to the platform failed, and then the agent changed the platform',
		]);
	});
});

describe('S3: one direction', () => {
	it('the platform follows whoever changed', () => {
		const rules = rulesOf('kustomerToPlatform');
		expect(after(rules, fitting, look('Available', 'Break')).write).toMatchObject(toPlatform('Available'));
		expect(after(rules, fitting, look('Lunch', 'Available')).write).toMatchObject(toPlatform('Break'));
	});

	it('Kustomer follows whoever changed', () => {
		const rules = rulesOf('platformToKustomer');
		expect(after(rules, look('Available', 'Break')).write).toMatchObject(toKustomer('Lunch'));
		expect(after(rules, fitting, look('Lunch', 'Available')).write).toMatchObject(toKustomer('Available'));
		// Several statuses lead to Break: the agent's own choice among them stays.
		expect(after(rules, look('Lunch', 'Break'), look('Training', 'Break')).write).toBeUndefined();
	});
});

describe('S8: while the agent must be left alone', () => {
	it.each<Hold>(['onCall', 'inChat', 'ringing', 'wrapUp', 'system', 'unknown'])(
		'%s: the change waits, and the newest is made afterwards',
		(hold) => {
			const rules = rulesOf();
			const waiting = after(rules, fitting, { k: 'Lunch', hold });
			expect(waiting).toMatchObject({ waits: { side: 'platform', because: hold } });
			expect(waiting.write).toBeUndefined();
			const newest = after(
				rules,
				fitting,
				{ k: 'Lunch', hold },
				{ k: 'Busy', hold },
				look('Busy', 'Available', { isDefault: true }),
			);
			expect(newest.write).toMatchObject(toPlatform('Engaged'));
		},
	);

	it('a change that is taken back during the call changes nothing', () => {
		const shown: Shown[] = [
			fitting,
			look('Lunch', undefined, { hold: 'onCall' }),
			look('Available', undefined, { hold: 'onCall' }),
			fitting,
		];
		expect(after(rulesOf(), ...shown).write).toBeUndefined();
	});

	it('a change that was refused because a call began is made at once after it', () => {
		const lunch = look('Lunch', 'Available');
		expect(after(rulesOf(), fitting, lunch, { ...lunch, hold: 'ringing' }, lunch).write).toMatchObject(
			toPlatform('Break'),
		);
	});

	it('what falls back after the call is not the choice of the agent', () => {
		// The agent called out while in Training; the platform shows Available afterwards.
		const shown: Shown[] = [
			look('Training', 'Break'),
			look('Training', undefined, { hold: 'onCall' }),
			look('Training', 'Available', { isDefault: true }),
		];
		expect(after(rulesOf(), ...shown).write).toMatchObject(toPlatform('Break'));
	});

	it('what the agent chose for after the call is', () => {
		const shown: Shown[] = [
			fitting,
			look('Available', undefined, { hold: 'onCall' }),
			look('Available', 'Break'),
		];
		expect(after(rulesOf(), ...shown).write).toMatchObject(toKustomer('Lunch'));
	});

	it('an agent whose status is not told is left alone', () => {
		expect(after(rulesOf(), fitting, look('Lunch'))).toMatchObject({
			waits: { side: 'platform', because: 'unknown' },
		});
	});

	it('agents who are not signed in to the platform are not touched, and come back as new', () => {
		const away = after(rulesOf(), fitting, look('Lunch', 'Available', { hold: 'offline' }));
		expect(away).toEqual({ reason: expect.any(String) });
		const back = after(
			rulesOf(),
			fitting,
			look('Lunch', 'Available', { hold: 'offline' }),
			look('Lunch', 'Engaged', { kAt: 1, pAt: 20 }),
		);
		expect(back.write).toMatchObject(toPlatform('Break'));
	});
});

describe('S5: agents who are not signed in to Kustomer', () => {
	const away: Shown = { p: 'Available', session: null };

	it('are left alone when the table has no row for Offline, also when there is one for all others', () => {
		for (const fallback of [undefined, 'Break']) {
			const decision = after(rulesOf('both', 'mostRecent', ROWS, fallback), fitting, away);
			expect([decision.write, decision.problem]).toEqual([undefined, undefined]);
		}
	});

	it('get what the row for Offline says', () => {
		const rules = rulesOf('both', 'mostRecent', [...ROWS, { kustomer: 'offline', platform: 'Break' }]);
		expect(after(rules, fitting, away).write).toMatchObject(toPlatform('Break'));
	});

	it('change nothing in Kustomer with what they do on the platform, and do not undo it', () => {
		const rules = rulesOf('both', 'mostRecent', [{ kustomer: 'Offline', platform: 'Break' }, ...ROWS]);
		const shown: Shown[] = [{ p: 'Break', session: null }, away, away, away];
		const decision = after(rules, ...shown);
		expect(decision).toMatchObject({ waits: { side: 'kustomer', because: 'signedOut' } });
		expect(decision.write).toBeUndefined();
		// At login Kustomer counts.
		const login = after(rules, ...shown, look('Lunch', 'Available', { session: 's9' }));
		expect(login.write).toMatchObject(toPlatform('Break'));
	});

	it('are never signed out by a change on the platform', () => {
		const rules = rulesOf('both', 'mostRecent', [
			{ kustomer: 'Offline', platform: 'Gone' },
			{ kustomer: 'Available', platform: 'Available' },
		]);
		const decision = after(rules, fitting, look('Available', 'Gone'));
		expect(decision.write).toBeUndefined();
		expect(decision.problem).toMatchObject({
			code: 'unmappedPlatformStatus',
			sentence: expect.stringContaining('nobody can be given'),
		});
	});
});

describe('S9: statuses without a row', () => {
	it('of Kustomer are reported once, and change nothing', () => {
		const unmapped: Shown = look('Meeting', 'Available');
		const first = after(rulesOf(), fitting, unmapped);
		expect(first.write).toBeUndefined();
		expect(first.problem).toMatchObject({ code: 'unmappedKustomerStatus', isNew: true });
		expect(after(rulesOf(), fitting, unmapped, unmapped).problem?.isNew).toBe(false);
		expect(after(rulesOf(), fitting, unmapped, fitting, unmapped).problem?.isNew).toBe(true);
	});

	it('of the platform change nothing, and nothing changes them', () => {
		const unmapped: Shown = look('Available', 'Workshop');
		const decision = after(rulesOf(), fitting, unmapped, unmapped, unmapped);
		expect(decision.write).toBeUndefined();
		expect(decision.problem).toMatchObject({ code: 'unmappedPlatformStatus', isNew: false });
	});

	it('are reported once although a call comes in between', () => {
		const unmapped: Shown = look('Available', 'Workshop');
		const call: Shown = look('Available', undefined, { hold: 'onCall' });
		expect(after(rulesOf(), fitting, unmapped, call, unmapped).problem?.isNew).toBe(false);
	});

	it('give way to the next change on the other side', () => {
		expect(
			after(rulesOf(), fitting, look('Meeting', 'Available'), look('Meeting', 'Break')).write,
		).toMatchObject(toKustomer('Lunch'));
		expect(
			after(rulesOf(), fitting, look('Available', 'Workshop'), look('Lunch', 'Workshop')).write,
		).toMatchObject(toPlatform('Break'));
	});

	it('get the status for all others', () => {
		const rules = rulesOf('both', 'mostRecent', ROWS, 'Break');
		const decision = after(rules, fitting, look('Meeting', 'Available'));
		expect(decision.write).toMatchObject(toPlatform('Break'));
		expect(decision.reason).toContain('which has no row');
	});
});

describe('a change that does not take effect', () => {
	const stuck: Shown = look('Lunch', 'Available');

	/** Seconds after noon at which it was asked for, when looked at every 15 seconds for two hours. */
	function asked(): { times: number[]; reports: number[] } {
		const times: number[] = [];
		const reports: number[] = [];
		let memory: AgentMemory | undefined;
		for (let second = 0; second < 7200; second += 15) {
			const decision = decide(show(stuck), memory, rulesOf(), at(second));
			memory = decision.memory;
			if (decision.write !== undefined) times.push(second);
			if (decision.problem?.isNew === true) reports.push(second);
		}
		return { times, reports };
	}

	it('is asked for again with growing distance, and reported once', () => {
		const { times, reports } = asked();
		expect(times.slice(0, 6)).toEqual([0, 30, 90, 210, 450, 930]);
		const distances = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) * 1000);
		expect(distances[0]).toBe(FIRST_REPEAT);
		expect(Math.max(...distances)).toBe(LONGEST_REPEAT);
		expect(reports).toEqual([210]);
	});

	it('S8: is asked for again in Kustomer with growing distance during a call too, and reported', () => {
		const times: number[] = [];
		const reports: number[] = [];
		let { memory } = decide(show(fitting), undefined, rulesOf(), at(-15));
		for (let second = 0; second < 300; second += 15) {
			const call = show(look('Available', 'Break', { hold: 'onCall' }));
			const decision = decide(call, memory, rulesOf(), at(second));
			memory = decision.memory;
			if (decision.write !== undefined) times.push(second);
			if (decision.problem?.isNew === true) reports.push(second);
		}
		expect(times).toEqual([0, 30, 90, 210]);
		expect(reports).toEqual([210]);
	});

	it('S9: the report says how often it was asked for in vain', () => {
		let memory: AgentMemory | undefined;
		const sentences: string[] = [];
		for (let second = 0; second < 300; second += 15) {
			const decision = decide(show(stuck), memory, rulesOf(), at(second));
			memory = decision.memory;
			if (decision.problem !== undefined) sentences.push(decision.problem.sentence);
		}
		expect(sentences[0]).toContain('although it was asked for 3 times.');
	});

	it('makes way at once for another status', () => {
		const decision = after(rulesOf(), fitting, stuck, look('Busy', 'Available'));
		expect(decision.write).toMatchObject({ ...toPlatform('Engaged'), repetition: 0 });
	});

	it('is not silenced by a clock that was set back', () => {
		const { memory } = decide(show(stuck), undefined, rulesOf(), at(10_000));
		expect(decide(show(stuck), memory, rulesOf(), at(0)).write).toMatchObject(toPlatform('Break'));
	});
});

it('S3: what the synchronization wrote itself is no change', () => {
	// Written on the platform, and Kustomer changed again before the next look.
	const rules = rulesOf();
	const shown: Shown[] = [
		fitting,
		look('Lunch', 'Available', { kAt: 5 }),
		look('Busy', 'Break', { kAt: 20, pAt: 25 }),
	];
	expect(after(rules, ...shown).write).toMatchObject(toPlatform('Engaged'));
	// The other way round.
	const back: Shown[] = [
		fitting,
		look('Available', 'Break', { pAt: 5 }),
		look('Lunch', 'Available', { kAt: 25, pAt: 20 }),
	];
	expect(after(rules, ...back).write).toMatchObject(toKustomer('Available'));
});
