import { ServiceError } from '../../../lib/http/errors';
import { NoAnswer, type HttpMethod, type HttpResponse } from '../../../lib/http/http';
import { RESTART_SPREAD, pause, pauseLeft } from '../../../lib/http/pauses';
import {
	createSendingLoop,
	type AttemptFailure,
	type ClientSettings,
	type LoopPolicy,
} from '../../../lib/http/sending-loop';
import { Answers, FakeClock, type Step, answer } from './scripted';

const error = (kind: string, message: string, retryAfter?: number) =>
	new ServiceError({ kind, message, advice: '', retryAfter });

/** A loop, and a function that sends through it; the answers come one after the other, the last one again and again. */
function looping(
	steps: Step[],
	settings: Partial<ClientSettings> & { clock?: FakeClock } = {},
	policy: Partial<LoopPolicy<string>> = {},
) {
	const { clock = new FakeClock() } = settings;
	const sentAt: number[] = [];
	const answers = new Answers(steps);
	const loop = createSendingLoop<string>(
		{ ...settings, clock },
		{
			key: 'key',
			errors: {
				errorFromNoAnswer: (reason, operation) => error('noAnswer', `${operation}: ${reason}`),
				rateLimitError: (operation, waitMs) => error('rateLimit', operation, waitMs),
				canceledError: (operation) => error('canceled', operation),
			},
			...policy,
		},
	);
	const send = async (method: HttpMethod = 'GET', repeatable = false) =>
		await loop.send({ operation: 'ask', method, repeatable }, async () => {
			sentAt.push(clock.now());
			return await answers.send(method);
		});
	return { loop, clock, send, sentAt };
}

const ok = answer(200, 'body', { 'x-id': '1' });
const limited = (seconds: number) => answer(429, undefined, { 'retry-after': String(seconds) });

describe('X6: what is sent again, and when', () => {
	it.each<[string, Step, HttpMethod, boolean, number, number]>([
		['a success', ok, 'POST', false, 1, 0],
		['a redirect', answer(302), 'GET', false, 1, 0],
		['404', answer(404), 'GET', false, 1, 0],
		['429', limited(7), 'POST', false, 2, 7_000 + RESTART_SPREAD / 2],
		['429 without a time', answer(429), 'POST', false, 2, 250 + RESTART_SPREAD / 2],
		['500 of a GET', answer(500), 'GET', false, 2, 250],
		['500 of a GET that says how long', answer(503, {}, { 'retry-after': '3' }), 'GET', false, 2, 3_000],
		['500 of a POST', answer(500), 'POST', false, 1, 0],
		['500 of a POST that may be repeated', answer(500), 'POST', true, 2, 250],
		['a lost connection of a PUT', new NoAnswer('connection'), 'PUT', false, 2, 250],
		['a lost connection of a POST', new NoAnswer('connection'), 'POST', false, 1, 0],
		['a timeout of a POST that may be repeated', new NoAnswer('timeout'), 'POST', true, 2, 250],
		['a host that is not found, of a POST', new NoAnswer('dns'), 'POST', false, 2, 250],
		['an untrusted certificate', new NoAnswer('tls'), 'GET', false, 1, 0],
		['an address that is not allowed', new NoAnswer('blocked'), 'GET', false, 1, 0],
	])('%s', async (_what, first, method, repeatable, times, waited) => {
		const { send, sentAt, clock } = looping([first, ok]);
		const started = clock.now();
		const ended = await send(method, repeatable).then(
			({ status }) => status,
			({ kind }: ServiceError) => kind,
		);
		expect(sentAt).toHaveLength(times);
		expect(clock.now() - started).toBe(waited);
		const onlyOne = first instanceof NoAnswer ? 'noAnswer' : (first as HttpResponse).status;
		expect(ended).toBe(times === 1 ? onlyOne : 200);
	});

	it('only the error statuses that pass by themselves, where a service says which', async () => {
		const policy = { isPassing: (status: number) => status === 503 };
		for (const [status, times] of [
			[500, 1],
			[503, 8],
		] as const) {
			const { send, sentAt } = looping([answer(status)], {}, policy);
			expect((await send()).status).toBe(status);
			expect(sentAt).toHaveLength(times);
		}
	});

	it.each([
		['timeout', 8],
		['connection', 8],
		['dns', 3],
		['tls', 1],
		['blocked', 1],
	] as const)('when nobody answers because of %s, at most %i times', async (reason, times) => {
		const { send, sentAt } = looping([new NoAnswer(reason)]);
		await expect(send()).rejects.toMatchObject({ kind: 'noAnswer', message: `ask: ${reason}` });
		expect(sentAt).toHaveLength(times);
	});

	it('errors that are no missing answer pass through', async () => {
		const broken = new TypeError('a mistake in the sender');
		const { send, sentAt } = looping([broken, ok]);
		await expect(send()).rejects.toBe(broken);
		expect(sentAt).toHaveLength(1);
	});
});

describe('X6: the answer', () => {
	it.each<[string, Step[], number, boolean]>([
		['at once', [ok], 1, false],
		['after a 429 nothing has run', [limited(1), ok], 2, false],
		['after a host that was not found nothing has run', [new NoAnswer('dns'), ok], 2, false],
		['after an error status something may have run', [answer(500), ok], 2, true],
		['after a timeout something may have run', [new NoAnswer('timeout'), limited(1), ok], 3, true],
		['after a lost connection something may have run', [new NoAnswer('connection'), ok], 2, true],
	])('says what it took: %s', async (_what, steps, attempts, mayHaveRunBefore) => {
		const { send } = looping(steps);
		expect(await send()).toEqual({ ...ok, attempts, mayHaveRunBefore });
	});

	it('says of the last attempt itself nothing', async () => {
		const { send } = looping([answer(500)], { maxWaitMs: 0 });
		expect(await send()).toMatchObject({ status: 500, attempts: 1, mayHaveRunBefore: false });
	});
});

describe('X6: the budget', () => {
	it.each<[string, Step, number, string | number]>([
		['a time longer than it', limited(90), 1, 'rateLimit'],
		['an error that asks for more', answer(503, {}, { 'retry-after': '90' }), 1, 503],
		['many short times', limited(2), 27, 'rateLimit'],
	])('is over with %s', async (_what, step, times, ending) => {
		const { send, sentAt, clock } = looping([step]);
		const started = clock.now();
		const ended = await send().then(
			({ status }) => status,
			({ kind }: ServiceError) => kind,
		);
		expect(ended).toBe(ending);
		expect(sentAt).toHaveLength(times);
		expect(clock.now() - started).toBeLessThanOrEqual(60_000);
	});

	it('counts the time that attempts themselves take', async () => {
		const { send, sentAt, clock } = looping([
			() => {
				clock.advance(30_000);
				return new NoAnswer('timeout');
			},
		]);
		await expect(send()).rejects.toMatchObject({ kind: 'noAnswer' });
		expect(sentAt).toHaveLength(2);
	});

	it('does not count the time in which a part arrived', async () => {
		const { loop, clock } = looping([]);
		let attempts = 0;
		const value = await loop.persist<string>({ operation: 'download' }, async () => {
			attempts += 1;
			clock.advance(600_000);
			if (attempts === 3) return { outcome: { value: 'whole' } };
			const failure: AttemptFailure = { noAnswer: 'connection', hasProgressed: true };
			return { outcome: { error: error('noAnswer', 'broken') }, failure };
		});
		expect([value, attempts]).toEqual(['whole', 3]);
	});

	it('of nothing repeats nothing', async () => {
		const { send, sentAt } = looping([answer(500), ok], { maxWaitMs: 0 });
		expect((await send()).status).toBe(500);
		expect(sentAt).toHaveLength(1);
	});

	it('is not even begun by a pause that is longer', async () => {
		const { send, sentAt, clock } = looping([ok]);
		pause('key', 90_000, clock);
		await expect(send()).rejects.toMatchObject({ kind: 'rateLimit', retryAfter: 90_250 });
		expect(sentAt).toEqual([]);
	});
});

describe('X6: a pause', () => {
	it('holds back everything with the same key, and nothing else', async () => {
		const first = looping([limited(5), ok]);
		const second = looping([ok], { clock: first.clock });
		const other = looping([ok], { clock: first.clock }, { key: 'other' });
		const started = first.clock.now();
		const sleeping = first.clock.sleep.bind(first.clock);
		// While the first waits, the others begin.
		const waits: number[] = [];
		first.clock.sleep = async (milliseconds) => {
			waits.push(milliseconds);
			if (waits.length === 1) {
				await other.send();
				expect(first.clock.now()).toBe(started);
				expect(pauseLeft('key', first.clock)).toBe(5_000 + RESTART_SPREAD / 2);
				await second.send();
			}
			await sleeping(milliseconds);
		};
		await first.send();
		expect(waits).toEqual([5_000 + RESTART_SPREAD / 2, 5_000 + RESTART_SPREAD / 2]);
		expect(second.sentAt).toEqual([started + 5_000 + RESTART_SPREAD / 2]);
	});

	it('does not come of the limits of another server', async () => {
		const { loop, clock } = looping([]);
		let attempts = 0;
		await loop.persist({ operation: 'download' }, async () => {
			attempts += 1;
			if (attempts === 2) return { outcome: { value: 'file' } };
			const { status, headers } = limited(4);
			return {
				outcome: { error: error('rateLimit', 'elsewhere') },
				failure: { status, headers, isElsewhere: true },
			};
		});
		expect(clock.sleeps).toEqual([4_000]);
		expect(pauseLeft('key', clock)).toBe(0);
	});
});

describe('a run that is stopped', () => {
	const never = () => new Promise<void>(() => undefined);

	it('sends nothing', async () => {
		const { send, sentAt } = looping([ok], { signal: AbortSignal.abort() });
		await expect(send()).rejects.toMatchObject({ kind: 'canceled', message: 'ask' });
		expect(sentAt).toEqual([]);
	});

	it.each<[string, Step]>([
		['in a pause', limited(30)],
		['between two attempts', answer(500)],
	])('%s does not wait to its end', async (_when, step) => {
		const stop = new AbortController();
		const clock = Object.assign(new FakeClock(), { sleep: never });
		const { send, sentAt } = looping([step, ok], { signal: stop.signal, clock });
		const running = send();
		setImmediate(() => stop.abort());
		await expect(running).rejects.toMatchObject({ kind: 'canceled' });
		expect(sentAt.length).toBeLessThanOrEqual(1);
	});

	it('while an answer is awaited is not tried again', async () => {
		const stop = new AbortController();
		const { send, sentAt } = looping(
			[
				() => {
					stop.abort();
					return answer(500);
				},
				ok,
			],
			{ signal: stop.signal },
		);
		await expect(send()).rejects.toMatchObject({ kind: 'canceled' });
		expect(sentAt).toHaveLength(1);
	});

	it('ends the waiting of those who repeat by themselves', async () => {
		const stop = new AbortController();
		const { loop, clock } = looping([ok], { signal: stop.signal });
		await loop.waitAfter('download', 3);
		expect(clock.sleeps).toEqual([1_000]);
		stop.abort();
		await expect(loop.waitAfter('download', 1)).rejects.toMatchObject({ kind: 'canceled' });
		await expect(loop.wait('download', 5)).rejects.toMatchObject({ kind: 'canceled' });
	});
});
