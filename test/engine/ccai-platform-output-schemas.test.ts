import type { INodeParameters } from 'n8n-workflow';

import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import { callRecord, chatRecord, startCcaiPlatformStandIn } from '../../sandbox/ccai-platform';
import { SANDBOX } from '../../sandbox/kustomer';
import { useStandIn } from '../setup/stand-in';
import { jsonOf, runOn } from './ccai-platform-setup';
import type { RunResult } from './execute-harness';
import { locator } from './kustomer-setup';
import { testOutputSchemas, type Outputs } from './output-schemas';
import { FOLDER, listedFile, runChooseFiles, runStorageFile } from './storage-file-setup';

const standIn = useStandIn(() => startCcaiPlatformStandIn());

/** Runs that fill every field, so that the schema is held against real output. */
async function outputsOf(): Promise<Outputs> {
	const outputs: Outputs = {};
	const keep = async (operation: string, parameters: INodeParameters) => {
		(outputs[operation] ??= []).push(...jsonOf(await runOn(standIn, operation, parameters)));
	};
	standIn.store.files.set('f', { size: 10 });
	const photos = [{ id: 9, url: standIn.storageFileUrl('f') }];
	standIn.store.add(
		'call',
		callRecord({ id: 1, recordingUrl: standIn.recordingUrl('f'), photos }),
		callRecord({ id: 2 }),
	);
	standIn.store.add('chat', chatRecord({ id: 1 }));
	standIn.agents.add({ id: 5, name: 'Eva Lund', status: 'Training', teams: [{ id: 1, name: 'Voice' }] });
	standIn.agents.callStarts(5);
	await keep('agent.get', { agent: locator('id', '5') });
	await keep('agent.getMany', {});
	await keep('agentStatus.getStatuses', {});
	await keep('agentStatus.set', { agent: locator('id', '5'), status: 'Email' });
	await keep('agentStatus.set', { agent: locator('id', '12'), status: 'Email' });
	await keep('session.getCall', { callId: '1' });
	await keep('session.getChat', { chatId: '1' });
	await keep('session.getMany', { updatedFrom: '' });
	await keep('recording.download', { callId: '1' });
	await keep('recording.download', { callId: '2', options: { whenMissing: 'goOn' } });
	await keep('recording.getWhenReady', {
		session: { source: 'ccaip', id: 'call-1', channel: 'voice', state: 'ended' },
	});
	await keep('call.start', {
		callAgentEmail: SANDBOX.users.ana.email,
		callTo: '+4930901820',
		conversationId: '5f3a0000000000000000bbbb',
	});
	await keep('media.download', { sessionId: 'call-1' });
	standIn.store.list('call')[0]!.id = 'x y';
	await keep('session.getMany', { updatedFrom: '', sessions: 'calls' });
	for (const [kind, operation, id] of [
		['call', 'session.getCall', 'callId'],
		['chat', 'session.getChat', 'chatId'],
	] as const) {
		standIn.store.get(kind, kind === 'call' ? '2' : '1')!.id = 'x y';
		await keep(operation, { [id]: kind === 'call' ? '2' : '1' });
	}
	await keepStorageFiles(outputs);
	return outputs;
}

async function keepStorageFiles(outputs: Outputs): Promise<void> {
	const keep = (operation: string, { error, outputOf }: RunResult) => {
		if (error !== undefined) throw error;
		const items = outputOf('Node').flat();
		(outputs[`storageFile.${operation}`] ??= []).push(...items.map(({ json }) => json));
		return items;
	};
	const place = { storage: 'googleCloud', bucket: 'acme' };
	keep('getFolders', await runStorageFile('getFolders', place));
	const updated = new Date(Date.now() - 300_000).toISOString();
	const objects = ['call-1.mp3', 'holiday.mp3'].map((name) => `ujet-voice-recordings/${name}`);
	const listed = [
		{ json: { items: objects.map((name) => ({ name, size: '9', updated })) }, pairedItem: { item: 3 } },
	];
	const chosen = keep('chooseFiles', await runChooseFiles({ listed, known: [], place }));
	keep(
		'chooseFiles',
		await runChooseFiles({ listed: [listedFile(FOLDER.metadata, 'call-1.json')], known: [] }),
	);
	const content = { data: { data: Buffer.from('{"id": 1}').toString('base64'), mimeType: 'text/plain' } };
	const [first] = chosen;
	const items = [
		...chosen.map(({ json }) => ({ json, binary: content })),
		{ json: { ...first?.json, todo: 'metadata' }, binary: content },
		{ json: { ...first?.json, error: { message: 'No.', description: 'Ask somebody.' } } },
	];
	keep('read', await runStorageFile('read', {}, items));
	const results = [{ json: { ...first?.json, error: { kind: 'forbidden', message: 'No.' } } }];
	keep('noteResults', await runStorageFile('noteResults', { tableName: 'Files' }, results));
}

testOutputSchemas(new CcaiPlatform(), 'CcaiPlatform', outputsOf, { mayBeNull: true });
