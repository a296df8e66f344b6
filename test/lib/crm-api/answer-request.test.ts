import { requestsUnderway } from '../../../lib/crm-api/answer-request';
import { ENDPOINTS } from '../../../lib/crm-api/endpoints';
import { ENDPOINT_NAMES } from '../../../lib/crm-api/request';
import { NoAnswer } from '../../../lib/http/http';
import { KNOWN, useWorld } from '../session-log/world';
import { ask, crmSettings, recordingFile } from './crm-world';

const world = useWorld();

const FIELDS: Record<string, string> = {
	id: '5f0c1a2b3d4e5f6071829304',
	phone: KNOWN.phone,
	contactId: KNOWN.id,
	Call_ID: '4711',
	comment: 'Hello',
};
const all = ENDPOINT_NAMES.map((endpoint) => ({ endpoint }));
/** A file for the endpoint that takes one. */
const fileFor = (endpoint: string) => (endpoint === 'uploadFile' ? recordingFile() : undefined);

/** What an agent would see; the ids of tags are new after every reset. */
const picture = (): unknown =>
	JSON.parse(
		JSON.stringify(world.picture, (name, value: unknown) =>
			name === 'tags' && Array.isArray(value) ? value.length : value,
		),
	);

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('answers in time', () => {
	it.each(all)(
		'G4: $endpoint answers before the deadline although Kustomer hangs, with a 400 that is repeated',
		async ({ endpoint }) => {
			const worker = world.worker();
			let release = () => {};
			const hangs = new Promise<void>((resolve) => (release = resolve));
			const { client } = worker;
			const hanging = Object.create(client, {
				fork: {
					value: () =>
						Object.assign(Object.create(client.fork()), {
							request: () => hangs.then(() => Promise.reject(new Error('late'))),
						}),
				},
				clock: {
					value: {
						...client.clock,
						now: () => Date.now(),
						sleep: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
					},
				},
			}) as typeof client;
			const start = Date.now();
			const answer = await ask({ ...worker, client: hanging } as never, endpoint, FIELDS, {
				withinMs: 80,
				file: fileFor(endpoint),
			});
			expect(Date.now() - start).toBeLessThan(1000);
			expect(answer).toMatchObject({ status: 400, item: { endpoint, outcome: 'retry' } });
			release();
			expect(await answer.rest).toMatchObject({ endpoint, outcome: 'refused' });
			await until(() => requestsUnderway() === 0);
		},
	);

	it('G4, G8: what was too late goes on, and the repetition meets it', async () => {
		const worker = world.worker();
		world.standIn.faults.add({ method: 'POST', path: /conversations$/, fault: { kind: 'delay', ms: 300 } });
		const fields = { contactId: KNOWN.id, Call_ID: '4711', subject: 'Call' };
		// The clock of the tests' workers waits no longer than 20 ms.
		const late = await ask(worker, 'createRecord', fields, { withinMs: 20 });
		expect(late.status).toBe(400);
		expect(requestsUnderway()).toBe(1);
		expect(await late.rest).toMatchObject({ outcome: 'created', rule: 'G1' });
		await until(() => requestsUnderway() === 0);
		const again = await ask(worker, 'createRecord', fields, { withinMs: 20 }).then(async (answer) => {
			if (answer.status !== 400) return answer;
			await until(() => requestsUnderway() === 0);
			return await ask(worker, 'findRecord', fields);
		});
		expect(again.status).toBe(200);
		expect(world.written.conversations).toHaveLength(1);
	});
});

describe('failures', () => {
	it.each([
		['rate limit', { kind: 'status', status: 429, headers: { 'retry-after': '60' } }, 400],
		['outage', { kind: 'status', status: 503 }, 400],
		['wrong key', { kind: 'status', status: 401 }, 500],
		['missing role', { kind: 'status', status: 403 }, 500],
	] as const)(
		'G8: %s',
		async (_name, fault, status) => {
			for (const endpoint of ENDPOINT_NAMES) {
				world.reset();
				world.standIn.faults.add({ fault, times: 1000 });
				const answer = await ask(world.worker(), endpoint, FIELDS, {
					file: fileFor(endpoint),
					withinMs: 60_000,
				});
				expect({ endpoint, status: answer.status }).toEqual({ endpoint, status });
				expect(answer.body.error).toEqual(expect.stringMatching(/\w.*\.$/s));
				expect(JSON.stringify(answer)).not.toContain(KNOWN.phone);
			}
		},
		120_000,
	);

	it('G8: a broken connection is repeated, one that is blocked is not', async () => {
		const worker = world.worker();
		worker.trouble = () => new NoAnswer('connection');
		expect((await ask(worker, 'findAccountById', FIELDS, { withinMs: 60_000 })).status).toBe(400);
		worker.trouble = () => new NoAnswer('blocked');
		expect((await ask(worker, 'findAccountById', { ...FIELDS, id: KNOWN.id })).status).toBe(500);
	});

	it('G8: after failures at every single request, repetitions come to one of everything', async () => {
		const fields = {
			phone: KNOWN.phone,
			Call_ID: '4711',
			subject: 'Call',
			description: 'Words',
			rating: '5',
		};
		const expected = await (async () => {
			await ask(world.worker(), 'createRecord', fields);
			return picture();
		})();
		const { length } = world.standIn.requests;
		for (let broken = 0; broken < length; broken += 1) {
			for (const kind of ['closeBeforeCommit', 'closeAfterCommit'] as const) {
				world.reset();
				world.standIn.faults.add({ skip: broken, times: 3, fault: { kind } });
				let answer = await ask(world.worker(`a${broken}${kind}`), 'createRecord', fields, {
					withinMs: 60_000,
				});
				while (answer.status === 400)
					answer = await ask(world.worker(`b${broken}${kind}`), 'createRecord', fields, { withinMs: 60_000 });
				expect([200, 201]).toContain(answer.status);
				expect(picture()).toEqual(expected);
			}
		}
	}, 120_000);
});

describe('what arrives', () => {
	it('G5: the answer stands where the platform looks for it, an error where it is', async () => {
		const using = crmSettings({}, { responseLocation: ['data', 'list', '0'] });
		const answer = await ask(world.worker(), 'findAccountById', { id: KNOWN.id }, { using });
		expect(answer.body).toMatchObject({ data: { list: [{ id: KNOWN.id }] } });
		const none = await ask(world.worker(), 'findAccountById', {}, { using });
		expect(none.body).toEqual({ error: expect.any(String) as string });
	});

	it('X16: more than one may hold is 413', async () => {
		const answer = await ask(world.worker(), 'addComment', { ...FIELDS, comment: 'x'.repeat(2_000_001) });
		expect(answer).toMatchObject({
			status: 413,
			body: { error: expect.stringContaining('more than') as string },
		});
	});

	it('X16: hostile names and values end in an answer', async () => {
		const values = [
			'',
			'\u0000',
			'\ud800',
			'[object Object]',
			'__proto__',
			'('.repeat(1000),
			'<p'.repeat(10_000),
			'😀'.repeat(300),
			'-1',
			'1e999',
		];
		for (const { name: endpoint } of ENDPOINTS) {
			for (const value of values) {
				const fields = Object.fromEntries(
					[
						'id',
						'contactId',
						'phone',
						'query',
						'rating',
						'comment',
						'subject',
						'menu',
						'callDuration',
						'constructor',
						'__proto__',
					].map((name) => [name, value]),
				);
				const answer = await ask(
					world.worker(),
					endpoint,
					{ ...fields, Call_ID: '1' },
					{ file: fileFor(endpoint) },
				);
				expect([200, 201, 404, 422]).toContain(answer.status);
			}
		}
	}, 120_000);
});
