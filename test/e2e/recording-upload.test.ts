import { createHash } from 'node:crypto';

import { contentOf } from '../../sandbox/babelforce';
import { callRecord, chatRecord, sha256Of, type RecordOptions } from '../../sandbox/ccai-platform';
import { SANDBOX } from '../../sandbox/kustomer';
import { readWorkflow, type ExecutionStatus, type WorkflowFile } from '../../sandbox/launcher';
import { endCall, keepRecordings, type KeptRecording } from '../../sandbox/launcher/recorded-call';
import {
	AGENTS,
	CCAIP_AGENTS,
	CCAIP_WORKFLOWS,
	MAIN_WORKFLOW,
	RECORDING_WORKFLOWS,
	WAITING_STEP,
} from '../../sandbox/launcher/stack';
import { withFields } from '../../sandbox/launcher/workflow-settings';
import {
	encodeEvent,
	eventFields,
	deliver,
	newCall,
	newPlatformId,
	type BabelforceEventName,
	type SimulatedCall,
} from '../../sandbox/telephony';
import { ccaipScenario, sendWebhook, type SimulatedWebhook } from '../../sandbox/telephony/ccaip';

import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';

const { babelforce: BABELFORCE_WORKFLOW, ccaip: CCAIP_WORKFLOW } = RECORDING_WORKFLOWS;

/** n8n keeps shorter waits in memory: https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.wait/ */
const SHORTEST_OFFLOADED_SECONDS = 65;
/** n8n looks once a minute for executions that are due. */
const OFFLOADED_TIMEOUT_MS = 180_000;

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const CALLER = SANDBOX.customers.jonas;

type Patience = Partial<Record<'firstMinutes' | 'longestMinutes' | 'giveUpHours', number>>;
/** Waits of one to two seconds. */
const SHORT_WAITS: Patience = { firstMinutes: 0.01, longestMinutes: 0.03, giveUpHours: 1 };

/** The shipped workflow with other waits, and with a webhook of its own when it gets a name. */
async function variant(file: string, patience: Patience, name?: string): Promise<WorkflowFile> {
	const workflow = withFields(await readWorkflow(file), WAITING_STEP, patience);
	if (name === undefined) return workflow;
	const nodes = workflow.nodes.map((node) =>
		node.type.endsWith('contactCenterTrigger')
			? { ...node, parameters: { ...node.parameters, path: name } }
			: node,
	);
	return { ...workflow, name, nodes };
}

const sandbox = useSandbox({
	workflows: [MAIN_WORKFLOW],
	platforms: true,
});

/** A published workflow. */
interface Published {
	id: string;
	url: string;
}
let babelforceUpload: Published;
let ccaipUpload: Published;
/** Logs sessions, and has the step that starts recordings active. */
let ccaipSessions: Published;
/** With a first wait that n8n does not keep in memory. */
let offloadingUpload: Published;
let offloadedCall: SimulatedCall;

async function publish(workflow: WorkflowFile): Promise<Published> {
	const [published] = await sandbox.stack.n8n.publish([workflow]);
	return { id: published?.id ?? '', url: sandbox.stack.n8n.webhookUrl(published?.webhookPaths[0] ?? '') };
}

function platforms() {
	const { platforms: found } = sandbox.stack;
	if (found === undefined) throw new Error('The stand-ins of the platforms are not there.');
	return found;
}

beforeAll(async () => {
	babelforceUpload = await publish(await variant(BABELFORCE_WORKFLOW, SHORT_WAITS));
	ccaipUpload = await publish(await variant(CCAIP_WORKFLOW, SHORT_WAITS));
	const sessions = await readWorkflow(CCAIP_WORKFLOWS.events);
	ccaipSessions = await publish({
		...sessions,
		nodes: sessions.nodes.map((node) => (node.name === 'Recordings' ? { ...node, disabled: false } : node)),
	});
	offloadingUpload = await publish(
		await variant(BABELFORCE_WORKFLOW, { firstMinutes: 1.1 }, 'offloaded-wait'),
	);
	// It waits while the other tests run.
	offloadedCall = aCall();
	keepRecordings(platforms().babelforce, offloadedCall, [{ isStored: false }]);
	await log(offloadedCall);
	await end(offloadedCall, offloadingUpload);
}, 60_000);

const sha256 = (pieces: Iterable<Buffer>) => {
	const hash = createHash('sha256');
	for (const piece of pieces) hash.update(piece);
	return hash.digest('hex');
};

/** A call of a known customer that ended some seconds ago. */
function aCall(facts: Partial<SimulatedCall> & { endedAgo?: number } = {}): SimulatedCall {
	const { endedAgo = 5, ...more } = facts;
	const call = newCall({
		from: CALLER.phone,
		to: SANDBOX.ownNumbers[0],
		agent: AGENTS[0],
		queue: SANDBOX.queues.voice,
	});
	return {
		...call,
		startedAt: Date.now() - (call.waitSeconds + call.talkSeconds + endedAgo) * SECOND,
		...more,
	};
}

async function send(call: SimulatedCall, event: BabelforceEventName, webhookUrl: string): Promise<void> {
	const target = { webhookUrl, encoding: 'form' as const, credential: sandbox.stack.credential };
	const { status, body } = await deliver(event, encodeEvent(eventFields(event, call), target, Date.now()));
	expect({ status, body }).toMatchObject({ status: 200 });
}

/** The workflow for inbound calls brings the call to Kustomer. */
async function log(call: SimulatedCall): Promise<void> {
	await send(call, 'call.inbound', sandbox.stack.webhookUrl);
	await send(call, 'call.bridged', sandbox.stack.webhookUrl);
}

async function end(call: SimulatedCall, { url } = babelforceUpload): Promise<void> {
	const { status } = await endCall(call, url, sandbox.stack.credential);
	expect(status).toBe(200);
}

/** The files of a session on its conversation, by the session's external ID. */
function filesOf(externalId: string) {
	const { store } = sandbox.standIn;
	const conversationId =
		[...store.messages.values()].find((one) => one.externalId === externalId)?.conversationId ??
		[...store.conversations.values()].find((one) => one.externalId === externalId)?.id;
	return store
		.notesOf(conversationId ?? '')
		.filter(({ attachments }) => attachments.length > 0)
		.map(({ body, attachments: [reference] }) => {
			const attachment = store.attachments.get(reference?._id ?? '');
			return {
				note: body,
				name: attachment?.name,
				length: attachment?.content?.length,
				hash: attachment?.content === undefined ? undefined : sha256([attachment.content]),
			};
		})
		.filter(({ name }) =>
			name?.startsWith(externalId.replace(/^babelforce:/, 'call-').replace(/^ccaip:/, '')),
		)
		.sort((a, b) => (a.length ?? 0) - (b.length ?? 0));
}

async function waitForFiles(externalId: string, count: number, timeoutMs = 30_000) {
	return await waitFor(
		`${count} files at ${externalId}`,
		() => (filesOf(externalId).length >= count ? filesOf(externalId) : undefined),
		timeoutMs,
	);
}

/** Attachments that the stand-in of Kustomer has ever announced for a session's files. */
function announced(name: string): number {
	return [...sandbox.standIn.store.attachments.values()].filter((one) => one.name === name).length;
}

/** Runs of a workflow that worked on a session, newest first, with what they came to. */
async function runsOf(workflow: Published, externalId: string) {
	const { api } = sandbox.stack;
	const all = await api.executions({ workflowId: workflow.id, limit: 100 });
	const read = await Promise.all(all.map(async ({ id }) => await api.execution(id)));
	const isAbout = (output: unknown) => JSON.stringify(output ?? {}).includes(`"${externalId}"`);
	return read.filter(
		({ nodes }) => isAbout(nodes['Call Event']) || isAbout(nodes['Called by Another Workflow']),
	);
}

async function waitForRun(workflow: Published, externalId: string, status: ExecutionStatus) {
	return await waitFor(
		`the run about ${externalId} to be ${status}`,
		async () => (await runsOf(workflow, externalId)).find((one) => one.status === status),
		30_000,
	);
}

const externalIdOf = ({ id }: SimulatedCall) => `babelforce:${id}`;
const looksAt = ({ id }: SimulatedCall) =>
	platforms().babelforce.requests.filter(({ path }) => path === `/api/v2/calls/${id}`).length;

describe('babelforce: recordings to Kustomer', () => {
	it.concurrent('X5: waits longer than n8n keeps in memory, unless somebody changes that', async () => {
		for (const file of [BABELFORCE_WORKFLOW, CCAIP_WORKFLOW]) {
			const { nodes } = await readWorkflow(file);
			const step = nodes.find(({ name }) => name === WAITING_STEP);
			expect(Number(step?.parameters.firstMinutes) * 60).toBeGreaterThanOrEqual(SHORTEST_OFFLOADED_SECONDS);
		}
	});

	it.concurrent(
		'X5, C7: a recording that is ready some time after the call is on its conversation, once',
		async () => {
			const call = aCall();
			const recording: KeptRecording = { id: newPlatformId(), isStored: false, bytes: 345_678 };
			keepRecordings(platforms().babelforce, call, [recording]);
			await log(call);
			await end(call);
			await waitFor('a few looks', () => looksAt(call) >= 3);
			expect(filesOf(externalIdOf(call))).toEqual([]);

			keepRecordings(platforms().babelforce, call, [{ ...recording, isStored: true }]);
			const files = await waitForFiles(externalIdOf(call), 1);
			const name = `call-${call.id}.wav`;
			expect(files).toEqual([
				{
					note: `Recording: ${name}, 1 min 35 s`,
					name,
					length: 345_678,
					hash: sha256(contentOf(345_678)),
				},
			]);

			await sandbox.currentRunsOver();
			const before = announced(name);
			await Promise.all([end(call), end(call), end(call)]);
			await sandbox.currentRunsOver();
			expect((await runsOf(babelforceUpload, externalIdOf(call))).map(({ status }) => status)).toEqual([
				'success',
				'success',
				'success',
				'success',
			]);
			expect(announced(name)).toBe(before);
			expect(filesOf(externalIdOf(call))).toEqual(files);
		},
	);

	it.concurrent(
		'X1, X5: an event that arrives several times while the recording is awaited stores it once',
		async () => {
			const call = aCall();
			keepRecordings(platforms().babelforce, call, [{ isStored: false }]);
			await log(call);
			await Promise.all([end(call), end(call), end(call), end(call)]);
			await waitFor('looks', () => looksAt(call) >= 4);
			keepRecordings(platforms().babelforce, call, [{ isStored: true }]);
			await waitForFiles(externalIdOf(call), 1);
			await sandbox.currentRunsOver();
			expect(filesOf(externalIdOf(call))).toHaveLength(1);
		},
	);

	it.concurrent(
		'X2, X5: a session that reaches Kustomer after its recording gets it, and it is downloaded once',
		async () => {
			const call = aCall();
			const { recordings } = keepRecordings(platforms().babelforce, call, [
				{ isStored: true, bytes: 77_777 },
			]);
			const path = `/recordings/${recordings?.[0]?.file?.id ?? ''}`;
			const downloads = () =>
				platforms().babelforce.storageRequests.filter((one) => one.path === path && one.status === 200)
					.length;
			await end(call);
			await waitFor('its download', () => downloads() > 0);
			await new Promise((next) => setTimeout(next, 3 * SECOND));
			await log(call);
			expect(await waitForFiles(externalIdOf(call), 1)).toMatchObject([
				{ length: 77_777, hash: sha256(contentOf(77_777)) },
			]);
			await waitForRun(babelforceUpload, externalIdOf(call), 'success');
			expect(downloads()).toBe(1);
		},
	);

	it.concurrent(
		'X2, X5: when the time is over the run fails with the call and what to do, and can be repeated',
		async () => {
			const logged = aCall();
			await log(logged);
			// Told so late that a few looks are left.
			const call = { ...logged, startedAt: Date.now() - HOUR - (12 + 95) * SECOND + 6 * SECOND };
			const recording: KeptRecording = { id: newPlatformId(), isStored: false };
			keepRecordings(platforms().babelforce, call, [recording]);
			await end(call);
			const failed = await waitForRun(babelforceUpload, externalIdOf(call), 'error');
			expect(failed.error?.message).toBe(
				`The recording of call ${call.id} cannot be downloaded yet: its state is "storing".`,
			);
			expect(failed.error?.description).toMatch(/later/);
			// On a busy machine the few looks are fewer.
			expect(looksAt(call)).toBeGreaterThan(1);

			keepRecordings(platforms().babelforce, call, [{ ...recording, isStored: true }]);
			await sandbox.stack.api.retry(failed.id);
			expect(await waitForFiles(externalIdOf(call), 1)).toHaveLength(1);
		},
	);

	it.concurrent(
		'X2: a session that never reaches Kustomer is reported with its ID, and can be repeated',
		async () => {
			const call = aCall({ startedAt: Date.now() - HOUR - (12 + 95) * SECOND + 2 * SECOND });
			keepRecordings(platforms().babelforce, call, [{ isStored: true }]);
			await end(call);
			const failed = await waitForRun(babelforceUpload, externalIdOf(call), 'error');
			expect(failed.error?.message).toBe(`The session ${externalIdOf(call)} is not in Kustomer yet.`);
			expect(failed.error?.description).toMatch(/Session: Log/);

			await log(call);
			await sandbox.stack.api.retry(failed.id);
			expect(await waitForFiles(externalIdOf(call), 1)).toHaveLength(1);
		},
	);

	it.concurrent('X2: a call that babelforce does not know yet is looked for again', async () => {
		const call = aCall();
		await log(call);
		await end(call);
		await waitFor('a few looks', () => looksAt(call) >= 2);
		keepRecordings(platforms().babelforce, call, [{ isStored: true, bytes: 6_666 }]);
		expect(await waitForFiles(externalIdOf(call), 1)).toMatchObject([{ length: 6_666 }]);
	});

	it.concurrent('X2, X8: what waiting does not cure is reported at once, and can be repeated', async () => {
		const call = aCall();
		keepRecordings(platforms().babelforce, call, [{ isStored: true }]);
		const { faults } = platforms().babelforce;
		const path = new RegExp(`/calls/${call.id}$`);
		faults.add({ path, times: 1, fault: { kind: 'status', status: 403, body: { message: 'No rights' } } });
		await log(call);
		await end(call);
		const failed = await waitForRun(babelforceUpload, externalIdOf(call), 'error');
		expect(Object.keys(failed.nodes)).not.toContain('Wait and Look Again');
		expect(failed.error?.message).toMatch(/rights|allow/i);
		await sandbox.stack.api.retry(failed.id);
		expect(await waitForFiles(externalIdOf(call), 1)).toHaveLength(1);
	});

	it.concurrent('C7: calls that were not answered, or not recorded, neither wait nor fail', async () => {
		const missed = aCall({ talkSeconds: 0, agent: undefined });
		const unrecorded = aCall();
		for (const call of [missed, unrecorded]) {
			keepRecordings(platforms().babelforce, call, []);
			await end(call);
			const done = await waitForRun(babelforceUpload, externalIdOf(call), 'success');
			expect(Object.keys(done.nodes)).not.toContain('Wait and Look Again');
			expect(looksAt(call)).toBeLessThanOrEqual(1);
		}
	});

	it.concurrent('X5: both recordings of one call are stored, the late one as well', async () => {
		const call = aCall();
		const [first, second] = [
			{ id: newPlatformId(), isStored: true, bytes: 10_000 },
			{ id: newPlatformId(), isStored: false, bytes: 20_000 },
		];
		keepRecordings(platforms().babelforce, call, [first, second]);
		await log(call);
		await end(call);
		await waitFor('a few looks', () => looksAt(call) >= 2);
		keepRecordings(platforms().babelforce, call, [first, { ...second, isStored: true }]);
		const files = await waitForFiles(externalIdOf(call), 2);
		expect(files.map(({ length, hash }) => ({ length, hash }))).toEqual([
			{ length: 10_000, hash: sha256(contentOf(10_000)) },
			{ length: 20_000, hash: sha256(contentOf(20_000)) },
		]);
		const done = await waitForRun(babelforceUpload, externalIdOf(call), 'success');
		expect(done.error).toBeUndefined();
		expect(announced(`call-${call.id}.wav`)).toBe(2);
	});

	it.concurrent(
		"C7: a recording that babelforce keeps with the agent's leg is found, and is called like the call",
		async () => {
			const call = aCall();
			keepRecordings(platforms().babelforce, call, []);
			platforms().babelforce.addCall({ id: call.agentLegId, parentId: call.id, state: 'completed' }, [
				{ bytes: 5_000 },
			]);
			await log(call);
			await end(call);
			expect(await waitForFiles(externalIdOf(call), 1)).toMatchObject([
				{ name: `call-${call.id}.wav`, length: 5_000 },
			]);
		},
	);
});

describe('CCAI Platform: recordings and media to Kustomer', () => {
	const PHONE = SANDBOX.customers.maria.phone;
	let nextId = 41_000;

	/** A call whose record the platform has; `minutesAgo` is when it ended. */
	function platformCall(
		record: RecordOptions = {},
		endedAgo = 5,
	): { id: number; name: string; externalId: string } {
		nextId += 1;
		const id = nextId;
		const endsAt = Date.now() - endedAgo * SECOND;
		platforms().ccaip.store.add(
			'call',
			callRecord({ id, phone: PHONE, endsAt, updatedAt: endsAt, ...record }),
		);
		return { id, name: `call-${id}`, externalId: `ccaip:call-${id}` };
	}

	function storedFile(name: string, size: number, contentType = 'audio/mpeg'): string {
		platforms().ccaip.store.files.set(name, { size, contentType });
		return platforms().ccaip.storageFileUrl(name);
	}

	function webhooksOf(
		id: number,
		scenario: 'inboundCall' | 'voicemail' | 'abandonedCall',
		endedAgo = 5,
	): SimulatedWebhook[] {
		const talkSeconds = 95;
		return ccaipScenario(scenario, {
			id,
			agents: CCAIP_AGENTS,
			customer: { phone: PHONE },
			startedAt: Date.now() - (12 + talkSeconds + endedAgo) * SECOND,
			talkSeconds,
		}).filter(({ target }) => target === 'events');
	}

	async function sendTo(url: string | undefined, ...webhooks: SimulatedWebhook[]): Promise<void> {
		for (const webhook of webhooks) {
			const delivery = await sendWebhook(webhook, {
				urls: { events: url },
				credential: sandbox.stack.ccaip.credential,
			});
			expect(delivery.status).toBe(200);
		}
	}

	/** All events go to the workflow that logs sessions, which starts the one for recordings. */
	async function play(webhooks: SimulatedWebhook[]): Promise<void> {
		await sendTo(ccaipSessions.url, ...webhooks);
	}

	it.concurrent('X5, C7, C11: a call gets its recording, later, and its photos', async () => {
		const photo = { id: 7, url: storedFile('photo.jpg', 4_321, 'image/jpeg') };
		const { id, name, externalId } = platformCall({ photos: [photo] });
		await play(webhooksOf(id, 'inboundCall'));
		await waitFor(
			'a few looks',
			() => platforms().ccaip.requests.filter(({ path }) => path.endsWith(`/calls/${id}`)).length >= 3,
		);
		expect(filesOf(externalId).map((file) => file.name)).toEqual([`${name}-photo-7.jpg`]);

		storedFile('recording', 123_456);
		platforms().ccaip.store.add(
			'call',
			callRecord({
				id,
				phone: PHONE,
				photos: [photo],
				recordingUrl: platforms().ccaip.recordingUrl('recording'),
			}),
		);
		const files = await waitForFiles(externalId, 2);
		expect(files).toEqual([
			expect.objectContaining({ name: `${name}-photo-7.jpg`, length: 4_321, hash: sha256Of(4_321) }),
			expect.objectContaining({ name: `${name}.mp3`, length: 123_456, hash: sha256Of(123_456) }),
		]);
		await sandbox.currentRunsOver();
		await play(webhooksOf(id, 'inboundCall'));
		await sandbox.currentRunsOver();
		expect(filesOf(externalId)).toEqual(files);
		expect(announced(`${name}.mp3`)).toBe(1);
	});

	it.concurrent('C11: photos and videos of a chat are stored, and nothing is waited for', async () => {
		nextId += 1;
		const id = nextId;
		const [photo, video] = [
			storedFile('chat.jpg', 1_111, 'image/jpeg'),
			storedFile('chat.mp4', 2_345, 'video/mp4'),
		];
		platforms().ccaip.store.add(
			'chat',
			chatRecord({ id, photos: [{ id: 1, url: photo }], videos: [{ id: 2, url: video }] }),
		);
		const webhooks = ccaipScenario('chatWithTransferAndRating', {
			id,
			agents: CCAIP_AGENTS,
			customer: { phone: undefined, identifier: 'shop-77' },
		});
		await play(webhooks.filter(({ target }) => target === 'events'));
		expect(await waitForFiles(`ccaip:chat-${id}`, 2)).toMatchObject([
			{ name: `chat-${id}-photo-1.jpg`, length: 1_111, hash: sha256Of(1_111) },
			{ name: `chat-${id}-video-2.mp4`, length: 2_345, hash: sha256Of(2_345) },
		]);
		const done = await waitForRun(ccaipUpload, `ccaip:chat-${id}`, 'success');
		expect(Object.keys(done.nodes)).not.toContain('Wait and Look Again');
	});

	it.concurrent(
		'X2, C11: a lost photo holds up neither the recording nor other photos, is reported, and can be repeated',
		async () => {
			const url = storedFile('lost.jpg', 5_001, 'image/jpeg');
			platforms().ccaip.store.files.delete('lost.jpg');
			const photos = [
				{ id: 1, url },
				{ id: 2, url: storedFile('found.jpg', 5_002, 'image/jpeg') },
			];
			storedFile('beside-lost', 5_003);
			// Told so late that a few looks are left.
			const endedAgo = 3600 - 6;
			const { id, name, externalId } = platformCall(
				{ photos, recordingUrl: platforms().ccaip.recordingUrl('beside-lost') },
				endedAgo,
			);
			await play(webhooksOf(id, 'inboundCall', endedAgo));
			const failed = await waitForRun(ccaipUpload, externalId, 'error');
			expect(failed.error?.message).toContain(`download photo 1 of ${name}`);
			expect(filesOf(externalId).map((file) => file.name)).toEqual([`${name}-photo-2.jpg`, `${name}.mp3`]);

			storedFile('lost.jpg', 5_001, 'image/jpeg');
			await sandbox.stack.api.retry(failed.id);
			await waitForFiles(externalId, 3);
			await sandbox.currentRunsOver();
			expect(filesOf(externalId).map((file) => file.name)).toEqual([
				`${name}-photo-1.jpg`,
				`${name}-photo-2.jpg`,
				`${name}.mp3`,
			]);
			expect(announced(`${name}-photo-2.jpg`)).toBe(1);
		},
	);

	it.concurrent('C5: a voicemail is stored with its conversation', async () => {
		storedFile('voicemail', 9_999);
		const { id, name, externalId } = platformCall({
			status: 'voicemail_received',
			agent: undefined,
			connectedAt: undefined,
			recordingUrl: platforms().ccaip.recordingUrl('voicemail'),
		});
		await play(webhooksOf(id, 'voicemail'));
		expect(await waitForFiles(externalId, 1)).toMatchObject([
			{ name: `${name}.mp3`, length: 9_999, hash: sha256Of(9_999) },
		]);
	});

	it.concurrent(
		'X2: sessions of one delivery are independent of each other, each in a run of its own',
		async () => {
			storedFile('ready', 2_222);
			const recordingUrl = platforms().ccaip.recordingUrl('ready');
			const [ready, late, lost] = [
				platformCall({ recordingUrl }),
				platformCall(),
				platformCall({}, 3600 - 2),
			] as const;
			const webhooks = [ready, late, lost].map(({ id }, index) =>
				webhooksOf(id, 'inboundCall', index === 2 ? 3600 - 2 : 5),
			);
			const isEnd = ({ name }: SimulatedWebhook) => name === 'disconnected';
			for (const one of webhooks) await play(one.filter((webhook) => !isEnd(webhook)));
			const events = webhooks
				.map((list) => list.find(isEnd))
				.flatMap((webhook) => (webhook?.body.events ?? []) as unknown[]);
			await sendTo(ccaipSessions.url, {
				name: 'batch',
				target: 'events',
				sessionId: '',
				at: 0,
				body: { count: 3, events },
			});

			await waitForFiles(ready.externalId, 1);
			const failed = await waitForRun(ccaipUpload, lost.externalId, 'error');
			expect(failed.error?.message).toBe(`${lost.name} has no recording, or not yet.`);
			expect(failed.error?.description).toMatch(/later/);
			platforms().ccaip.store.add('call', callRecord({ id: late.id, phone: PHONE, recordingUrl }));
			await waitForFiles(late.externalId, 1);

			platforms().ccaip.store.add('call', callRecord({ id: lost.id, phone: PHONE, recordingUrl }));
			await sandbox.stack.api.retry(failed.id);
			await waitForFiles(lost.externalId, 1);
		},
	);

	it.concurrent(
		'C7: an abandoned call, and one whose recording was not permitted, neither wait nor fail',
		async () => {
			const abandoned = platformCall({
				status: 'failed',
				failReason: 'eu_abandoned',
				agent: undefined,
				connectedAt: undefined,
			});
			const refused = platformCall();
			const record = platforms().ccaip.store.get('call', String(refused.id));
			platforms().ccaip.store.add('call', { ...record, id: refused.id, recording_permission: 'denied' });
			await play(webhooksOf(abandoned.id, 'abandonedCall'));
			await play(webhooksOf(refused.id, 'inboundCall'));
			for (const { externalId } of [abandoned, refused]) {
				const done = await waitForRun(ccaipUpload, externalId, 'success');
				expect(Object.keys(done.nodes)).not.toContain('Wait and Look Again');
			}
		},
	);
});

// Last, because it waits longest.
describe('babelforce: a recording that comes late', () => {
	it(
		'X5: a longer wait is not held in memory, and the run goes on after it',
		async () => {
			const externalId = externalIdOf(offloadedCall);
			const waiting = await waitForRun(offloadingUpload, externalId, 'waiting');
			expect(waiting.nodes['Wait and Look Again']).toBeDefined();
			keepRecordings(platforms().babelforce, offloadedCall, [{ isStored: true }]);
			await waitForFiles(externalId, 1, OFFLOADED_TIMEOUT_MS);
			expect((await waitForRun(offloadingUpload, externalId, 'success')).id).toBe(waiting.id);
		},
		OFFLOADED_TIMEOUT_MS + 30_000,
	);
});
