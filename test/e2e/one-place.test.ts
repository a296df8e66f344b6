/** The record rules are set in one step (rule X12): a change there is seen in everything that logs a session. */
import { join } from 'node:path';
import { mkdir, utimes, writeFile } from 'node:fs/promises';

import { CCAIP_AGENTS, CCAIP_WORKFLOWS, STORAGE_WORKFLOWS } from '../../sandbox/launcher/stack';
import { readWorkflow } from '../../sandbox/launcher';
import { ccaipScenario, sendWebhook, type SimulatedWebhook } from '../../sandbox/telephony/ccaip';

import { mail } from './harness/mail';
import { MailLane } from './harness/mail-lane';
import { useSandbox } from './harness/sandbox';
import { withSessions } from './harness/sessions-workflow';
import { startSftpServer, type SftpServer } from './harness/sftp-server';
import { phoneOf, StorageRuns, type TestStorage } from './harness/storage-runs';

const TEST_TIMEOUT_MS = 180_000;

let server: SftpServer;
const access: Record<string, unknown> = {};
beforeAll(async () => {
	server = await startSftpServer();
	Object.assign(access, server.access);
});
afterAll(async () => await server.close());

const sandbox = useSandbox({
	workflows: [],
	credentials: [{ name: 'SFTP', type: 'sftp', data: access }],
});

const storage: TestStorage = {
	basePath: (scope) => join(server.folder, scope),
	put: async (scope, path, content) => {
		const file = join(server.folder, scope, path);
		await mkdir(join(file, '..'), { recursive: true });
		await writeFile(file, content);
		const time = Date.now() / 1000 - 300;
		await utimes(file, time, time);
	},
	remove: async () => await Promise.resolve(),
};

let lastId = 7000;
/** A call whose caller gave up, as the platform writes it after its end. */
function abandoned() {
	lastId += 1;
	return {
		id: lastId,
		call_type: 'Voice Inbound (IVR)',
		status: 'failed',
		fail_reason: 'eu_abandoned',
		lang: 'en',
		created_at: '2026-11-20T09:00:00Z',
		ends_at: '2026-11-20T09:00:40Z',
		updated_at: '2026-11-20T09:15:40Z',
		end_user: { id: lastId, phone: phoneOf(lastId) },
	};
}
type AbandonedCall = ReturnType<typeof abandoned>;

it(
	'X12, D5: one change in one step is seen in events, metadata, mails, external storage and files by hand',
	async () => {
		const lane = await MailLane.open(sandbox, 'one-place');
		const runs = new StorageRuns(sandbox, storage, lane.kustomer, STORAGE_WORKFLOWS.sftp, {});
		try {
			await runs.open(lane.sessionsName);
			const byHand = await readWorkflow(CCAIP_WORKFLOWS.metadataFiles);
			await sandbox.stack.n8n.publish([
				{ ...byHand, nodes: byHand.nodes.map((node) => withSessions(node, lane.sessionsName)) },
			]);
			const form = byHand.nodes.find(({ type }) => type.endsWith('.formTrigger'))?.webhookId;
			const send = async (...webhooks: SimulatedWebhook[]) => {
				const url = (target: string) =>
					sandbox.stack.n8n.webhookUrl(`${lane.sessionsName}-ccaip-session-${target}`);
				const urls = { events: url('events'), metadata: url('metadata') };
				const { credential } = sandbox.stack.ccaip;
				for (const webhook of webhooks) {
					expect(await sendWebhook(webhook, { urls, credential })).toMatchObject({ status: 200 });
				}
			};
			/** Brings one call by each way, and says which of them are in Kustomer then. */
			const ways: { [way: string]: (record: AbandonedCall) => Promise<unknown> } = {
				events: async ({ id, end_user: { phone } }) => {
					const scenario = ccaipScenario('abandonedCall', { id, agents: CCAIP_AGENTS, customer: { phone } });
					await send(...scenario.filter(({ target }) => target === 'events'));
				},
				metadata: async (body) =>
					await send({ name: 'metadata', target: 'metadata', sessionId: `call-${body.id}`, at: 0, body }),
				mails: async (record) =>
					await lane.deliver(mail({ body: { type: 'text/plain', content: JSON.stringify(record) } })),
				storage: async (record) => {
					await runs.put(`ujet-metadata/call-${record.id}.json`, JSON.stringify(record));
					await runs.run();
				},
				byHand: async (record) => {
					const data = new FormData();
					const file = new Blob([JSON.stringify(record)], { type: 'application/json' });
					data.append('field-0', file, `call-${record.id}.json`);
					const answer = await fetch(`${sandbox.stack.n8n.baseUrl}/form/${form}`, {
						method: 'POST',
						body: data,
					});
					expect(answer.status).toBe(200);
				},
			};
			const logged = async () => {
				const brought: Array<[string, number]> = [];
				for (const [way, bring] of Object.entries(ways)) {
					const record = abandoned();
					await bring(record);
					brought.push([way, record.id]);
				}
				await sandbox.stack.n8n.idle({ timeoutMs: 60_000 });
				const known = new Set(runs.sessions());
				return brought.filter(([, id]) => known.has(`ccaip:call-${id}`)).map(([way]) => way);
			};

			await lane.publishSessions({ delayUntilConnected: true });
			expect(await logged()).toEqual(Object.keys(ways));
			await lane.publishSessions({ delayUntilConnected: true, recordAbandonedCalls: false });
			expect(await logged()).toEqual([]);
		} finally {
			await lane.close();
		}
	},
	TEST_TIMEOUT_MS,
);
