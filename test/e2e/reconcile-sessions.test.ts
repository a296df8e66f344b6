/** The workflow "CCAI Platform: compare sessions with Kustomer" in a real n8n. A person's form starts it here, not the hour. */
import { callRecord, chatRecord } from '../../sandbox/ccai-platform/records';
import { readWorkflow } from '../../sandbox/launcher';
import { CCAIP_WORKFLOWS, RECONCILE_WORKFLOW } from '../../sandbox/launcher/stack';
import { World, writes } from '../lib/session-log/world';

import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';

const sandbox = useSandbox({
	workflows: [CCAIP_WORKFLOWS.events, RECONCILE_WORKFLOW],
	platforms: true,
	standIn: { rateLimitPerMinute: 0 },
});
const UPDATED = Date.UTC(2026, 2, 1, 10);
let world: World;
let failuresBefore: string[];

beforeEach(async () => {
	failuresBefore = await sandbox.failures();
	sandbox.standIn.reset();
	world = new World(sandbox.standIn);
	sandbox.stack.platforms?.ccaip.store.clear();
});

/** Adds calls to the platform, of ids that no other test has: n8n remembers what it has logged, of forty customers; each changed a second after the one before. */
function calls(ids: readonly number[], facts: Parameters<typeof callRecord>[0] = {}): void {
	for (const id of ids) {
		const phone = `+1310555${String(1000 + (id % 40))}`;
		const record = callRecord({ id, phone, updatedAt: UPDATED + id * 1000, ...facts });
		sandbox.stack.platforms?.ccaip.store.add('call', record);
	}
}

/** Fills in the form, and waits until the comparison is over. @returns requests to Kustomer, and failures of the run */
async function compare(from = '2026-03-01', to = '2026-03-01') {
	const workflow = await readWorkflow(RECONCILE_WORKFLOW);
	const trigger = workflow.nodes.find(({ name }) => name === 'Compare a Period');
	const form = new FormData();
	form.append('field-0', from);
	form.append('field-1', to);
	const mark = world.mark;
	const before = (await sandbox.failures()).length;
	const answer = await fetch(`${sandbox.stack.n8n.baseUrl}/form/${String(trigger?.webhookId)}`, {
		method: 'POST',
		body: form,
	});
	expect(answer.status).toBe(200);
	await sandbox.stack.n8n.idle({ timeoutMs: 120_000 });
	return { requests: world.requestsSince(mark), failures: (await sandbox.failures()).slice(before) };
}

const ids = (count: number, first = 1) => Array.from({ length: count }, (_, index) => first + index);

describe('comparing the sessions of a period with Kustomer', () => {
	it('X2: logs what is missing, says how many and which, and nothing the second time', async () => {
		calls(ids(3));
		sandbox.stack.platforms?.ccaip.store.add('chat', chatRecord({ id: 9, updatedAt: UPDATED }));
		const first = await compare();
		expect(world.written.messages.map(({ externalId }) => externalId).sort()).toEqual([
			'ccaip:call-1',
			'ccaip:call-2',
			'ccaip:call-3',
			'ccaip:chat-9',
		]);
		expect(first.failures).toHaveLength(1);
		expect(first.failures[0]).toMatch(/^4 sessions had not arrived\. They are logged now: .*ccaip:call-2/);

		const second = await compare();
		expect(second).toEqual({ requests: [], failures: [] });
	});

	it('X10: brings a session to its end whose end never arrived', async () => {
		calls([107], { status: 'in_progress' as never, endsAt: undefined });
		await compare();
		calls([107]);
		const { requests } = await compare();
		expect(writes(requests)).not.toEqual([]);
		const [message] = world.written.messages;
		expect(message?.meta.contactCenter).toMatchObject({ session: { state: 'ended' } });
		expect(world.written.messages).toHaveLength(1);
	});

	it('X2: takes only the days that were asked for', async () => {
		calls([201]);
		calls([202], { updatedAt: UPDATED + 2 * 86_400_000 });
		await compare('2026-03-01', '2026-03-01');
		expect(world.written.messages.map(({ externalId }) => externalId)).toEqual(['ccaip:call-201']);
	});

	it('X13: leaves deleted what somebody has deleted in Kustomer', async () => {
		calls(ids(2, 301));
		await compare();
		const [gone] = world.written.conversations;
		sandbox.standIn.store.deleteConversation(gone?.id ?? '');
		await compare();
		expect(world.written.conversations).toHaveLength(1);
		expect(world.written.messages).toHaveLength(1);
	});

	it('X8: without the role for searching each session costs a request, and nothing is lost', async () => {
		calls(ids(2, 401));
		sandbox.standIn.faults.add({
			method: 'POST',
			path: /search$/,
			fault: { kind: 'status', status: 403 },
			times: Infinity,
		});
		await compare();
		expect(world.written.messages).toHaveLength(2);
	});

	it('X2: waits at the limit of the key and goes on', async () => {
		calls(ids(4, 501));
		sandbox.standIn.faults.add({
			method: 'POST',
			path: /conversations$/,
			fault: { kind: 'rateLimitFor', ms: 1500 },
		});
		await compare();
		await waitFor('the sessions', () =>
			Promise.resolve(world.written.messages.length === 4 ? true : undefined),
		);
		expect((await sandbox.failures()).length).toBe(failuresBefore.length + 1);
	});
});
