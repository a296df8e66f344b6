/** Recording: Get When Ready of both platforms' nodes, and Recording: Upload behind it, run by n8n's engine. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { BABELFORCE, startBabelforceStandIn } from '../../sandbox/babelforce';
import { callRecord, chatRecord, startCcaiPlatformStandIn } from '../../sandbox/ccai-platform';
import { useStandIn } from '../setup/stand-in';
import { run as runBabelforce, type BabelforceRunOptions } from './babelforce-setup';
import { runOn } from './ccai-platform-setup';
import type { NodeResult } from './execute-harness';
import { binary, SESSION, useUploads } from './kustomer-uploads';

const { calls, recordings } = BABELFORCE;
const babelforce = useStandIn(() => startBabelforceStandIn());
const ccaip = useStandIn(() => startCcaiPlatformStandIn());
const uploads = useUploads({ rateLimitPerMinute: 0 });

const ENDED_AGO = 60_000;
const endedAt = () => new Date(Date.now() - ENDED_AGO).toISOString();

/** An item as the trigger gives it. */
function ended(source: string, id: string, facts: IDataObject = {}): INodeExecutionData {
	const channel = id.startsWith('chat-') ? 'chat' : 'voice';
	return {
		json: {
			event: 'ended',
			externalId: `${source}:${id}`,
			session: { source, id, channel, endUser: {}, state: 'ended', endedAt: endedAt() },
			...facts,
		},
	};
}

/** Items by the label of the output that they left by. */
function sorted(result: NodeResult) {
	if (result.error !== undefined) throw result.error;
	const [ready = [], notYet = [], none = []] = result.outputOf('Node');
	return { ready, notYet, none };
}

describe('of babelforce', () => {
	const get = async (items: INodeExecutionData[], more: object = {}, options: BabelforceRunOptions = {}) =>
		await runBabelforce(babelforce, 'recording.getWhenReady', { ...more }, { items, ...options });

	it('C7, X5, U5: a recording that is stored leaves by Ready, as a file that is called like the session', async () => {
		const { ready, notYet, none } = sorted(await get([ended('babelforce', calls.answered)]));
		expect({ notYet, none }).toEqual({ notYet: [], none: [] });
		expect(ready).toHaveLength(1);
		expect(ready[0]?.json).toMatchObject({
			ready: true,
			externalId: `babelforce:${calls.answered}`,
			sessionId: calls.answered,
			kind: 'recording',
			id: recordings.answered,
			duration: 80,
			waiting: { firstMinutes: 2, longestMinutes: 60, giveUpHours: 24 },
		});
		expect(ready[0]?.binary?.data).toMatchObject({
			fileName: `call-${calls.answered}.wav`,
			mimeType: 'audio/wav',
		});
	});

	it('X5: one that is being stored leaves by Not Yet, with the time of the next look and all that it came with', async () => {
		const item = ended('babelforce', calls.storing, { ticket: 7 });
		const { ready, notYet, none } = sorted(await get([item]));
		expect({ ready, none }).toEqual({ ready: [], none: [] });
		const [{ json = {} } = {}] = notYet;
		expect(json).toMatchObject({
			...item.json,
			handedOn: [],
			reason: expect.stringContaining('storing') as string,
		});
		expect(Date.parse(String(json.lookAgainAt)) - Date.now()).toBeGreaterThan(100_000);
		expect(Date.parse(String(json.lookAgainAt)) - Date.now()).toBeLessThanOrEqual(120_000);
	});

	it('C7: calls without a recording, of nobody, and those that go on leave by None, with the reason', async () => {
		const { ready, notYet, none } = sorted(
			await get([
				ended('babelforce', calls.missed),
				ended('babelforce', calls.deleted),
				ended('babelforce', calls.answered, { event: 'bridged' }),
				{ json: { event: 'other', problem: { reason: 'unreadable' } } },
			]),
		);
		expect({ ready, notYet }).toEqual({ ready: [], notYet: [] });
		expect(none.map(({ json }) => json.reason)).toEqual([
			'babelforce has no recording of the call.',
			'The recording was deleted in babelforce.',
			'This event is not about the end of the session.',
			'This item is about no session.',
		]);
	});

	it('X5: one that an event has told is waited for although it is not listed, and a person may want that always', async () => {
		const told = await get([ended('babelforce', calls.missed, { event: 'recording' })]);
		expect(sorted(told).notYet).toHaveLength(1);
		const always = await get([ended('babelforce', calls.missed)], { options: { waitIfNoneListed: true } });
		expect(sorted(always).notYet).toHaveLength(1);
	});

	it('X2: when the time is over the run fails with the call, and what to do', async () => {
		const waiting = { since: new Date(Date.now() - 25 * 3_600_000).toISOString() };
		const { error } = await get([ended('babelforce', calls.storing, { waiting })]);
		expect(error?.message).toBe(
			`The recording of call ${calls.storing} cannot be downloaded yet: its state is "storing".`,
		);
		expect(error?.description).toMatch(/later/);
	});

	it('X5: a file that Kustomer could not take yet passes without a further download', async () => {
		const [first] = sorted(await get([ended('babelforce', calls.answered)])).ready;
		const before = babelforce.requests.length;
		const again = { json: { ...first?.json, lookAgainAt: 'x' }, binary: first?.binary };
		const { ready } = sorted(await get([again]));
		expect(ready).toMatchObject([{ json: again.json, binary: { data: { mimeType: 'audio/wav' } } }]);
		expect(babelforce.requests).toHaveLength(before);
	});
});

describe('of CCAI Platform', () => {
	const get = async (items: INodeExecutionData[], more: object = {}) =>
		await runOn(ccaip, 'recording.getWhenReady', { ...more }, { items });
	const photo = (name: string) => {
		ccaip.store.files.set(name, { size: 10, contentType: 'image/jpeg' });
		return ccaip.storageFileUrl(name);
	};

	it('C7, C11, U5: recording and photos leave by Ready; what is not there yet, by Not Yet, and is not handed on twice', async () => {
		const photos = [
			{ id: 9, url: photo('a') },
			{ id: 10, url: photo('b') },
		];
		ccaip.store.files.delete('b');
		ccaip.store.add('call', callRecord({ id: 5, photos }));
		const first = sorted(await get([ended('ccaip', 'call-5')]));
		expect(first.ready.map(({ binary: files }) => files?.data?.fileName)).toEqual(['call-5-photo-9.jpg']);
		expect(first.notYet).toMatchObject([{ json: { handedOn: ['photo:9'] } }]);

		photo('b');
		ccaip.store.files.set('r', { size: 20, contentType: 'audio/mpeg' });
		ccaip.store.add('call', callRecord({ id: 5, photos, recordingUrl: ccaip.recordingUrl('r') }));
		const second = sorted(await get(first.notYet.map(({ json }) => ({ json }))));
		expect(second.ready.map(({ binary: files }) => files?.data?.fileName)).toEqual([
			'call-5.mp3',
			'call-5-photo-10.jpg',
		]);
		expect(second.notYet).toEqual([]);
	});

	it('C7: nothing is waited for when nobody answered, the customer did not permit it, or it is a chat', async () => {
		ccaip.store.add(
			'call',
			callRecord({
				id: 1,
				status: 'failed',
				failReason: 'eu_abandoned',
				agent: undefined,
				connectedAt: undefined,
			}),
			{ ...callRecord({ id: 2 }), recording_permission: 'denied' },
		);
		ccaip.store.add('chat', chatRecord({ id: 3 }));
		const { none } = sorted(await get(['call-1', 'call-2', 'chat-3'].map((id) => ended('ccaip', id))));
		expect(none.map(({ json }) => json.reason)).toEqual([
			'Nobody answered the call.',
			'The customer did not permit the recording.',
			'The chat has no photos and no videos.',
		]);
	});

	it('X2: an answered call without a recording is an error in the end, unless a person says otherwise', async () => {
		ccaip.store.add('call', callRecord({ id: 6 }));
		const late = ended('ccaip', 'call-6', { waiting: { since: '2026-01-01T00:00:00Z' } });
		expect((await get([late])).error?.message).toBe('call-6 has no recording, or not yet.');
		const { none } = sorted(await get([late], { options: { isExpected: false } }));
		expect(none).toHaveLength(1);
	});
});

describe('Recording: Upload that waits', () => {
	const file = () => binary(Buffer.alloc(2_000, 7), 'call-123.mp3');
	const upload = async (parameters: object, json: IDataObject = {}, fileSize = 0) =>
		await uploads.upload({
			items: file().map((item) => ({ ...item, json: { ...item.json, ...json } })),
			parameters: { ...parameters },
			options: { fileSize },
		});

	it('X2, X5: a session that Kustomer does not have yet leaves by Not Yet, with its file', async () => {
		const result = await upload({ externalId: 'nobody:1', whenNotYet: 'wait' }, { order: 5 });
		const { ready, notYet } = sorted(result);
		expect(ready).toEqual([]);
		expect(notYet).toMatchObject([
			{
				json: { order: 5, reason: 'The session nobody:1 is not in Kustomer yet.' },
				binary: { data: { fileName: 'call-123.mp3' } },
			},
		]);
		expect(Date.parse(String(notYet[0]?.json.lookAgainAt))).toBeGreaterThan(Date.now());
	});

	it('X2: when the time is over, and where waiting does not help, the run fails', async () => {
		const waiting = { since: '2026-01-01T00:00:00Z', giveUpHours: 1 };
		const late = await upload({ externalId: 'nobody:1', whenNotYet: 'wait' }, { waiting });
		expect(late.error?.message).toBe('The session nobody:1 is not in Kustomer yet.');
		uploads.standIn.faults.add({ path: /./, times: 9, fault: { kind: 'status', status: 403 } });
		expect((await upload({ externalId: SESSION, whenNotYet: 'wait' })).error).toBeDefined();
		uploads.standIn.faults.clear();
	});

	it('X5: a file that has another size than expected is not stored, and comes later', async () => {
		const stopped = await upload({ externalId: SESSION }, {}, 3_000);
		expect(stopped.error?.message).toBe(
			'The file has 2000 bytes, not 3000 as expected: it is still being written, or was cut off.',
		);
		const waiting = await upload({ externalId: SESSION, whenNotYet: 'wait' }, {}, 3_000);
		expect(sorted(waiting).notYet).toHaveLength(1);
		expect(uploads.stored()).toEqual([]);
		const whole = await upload({ externalId: SESSION }, {}, 2_000);
		expect(whole.items[0]?.json).toMatchObject({ outcome: 'uploaded', contentLength: 2_000 });
	});

	it('C7: has one output as long as nobody lets it wait', async () => {
		expect((await upload({ externalId: 'nobody:1' })).error?.message).toBe(
			'The session nobody:1 is not in Kustomer yet.',
		);
		const stored = await upload({ externalId: SESSION });
		expect(stored.outputOf('Node')).toHaveLength(1);
	});
});
