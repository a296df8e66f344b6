/** One session in Kustomer, files for it, and a look at what has become of them. */
import { createHash } from 'node:crypto';
import type { ICredentialType, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { SANDBOX, startKustomerStandIn, type KustomerStandInOptions } from '../../sandbox/kustomer';
import { useStandIn } from '../setup/stand-in';
import { executeNode, itemsOf, type CredentialData, type NodeResult } from './execute-harness';
import { startFileServer } from './kustomer-recording-setup';
import { KUSTOMER, locator, only, run, setupFor } from './kustomer-setup';

export const SESSION = 'babelforce:7c3f';

/** How one upload differs from the usual: one item, the file in its binary data, for {@link SESSION}. */
export interface Upload {
	parameters?: INodeParameters;
	options?: INodeParameters;
	items?: INodeExecutionData[];
	credentials?: CredentialData;
	onError?: 'continueRegularOutput';
	cancelWhen?: Promise<unknown>;
}

/** An item with one file. */
export function binary(content: Buffer, fileName: string, mimeType = 'audio/mpeg'): INodeExecutionData[] {
	return [{ json: {}, binary: { data: { data: content.toString('base64'), mimeType, fileName } } }];
}

/** Tells contents apart. */
export const hash = (content: Buffer | undefined) =>
	content === undefined ? undefined : createHash('sha256').update(content).digest('hex');

/** A Kustomer with a logged session, and a server that files come from, for all tests of a file. */
export function useUploads(options: KustomerStandInOptions, credentialTypes: ICredentialType[] = []) {
	const standIn = useStandIn(() => startKustomerStandIn(options));
	const source = useStandIn(() => startFileServer());
	const ids = { conversationId: '', messageId: '' };
	beforeEach(async () => {
		const customer = locator('id', SANDBOX.customers.jonas.id);
		const created = only(await run(standIn, 'conversation.create', { customer, externalId: SESSION }));
		ids.conversationId = String(created.id);
		const conversation = locator('externalId', SESSION);
		const message = { target: 'conversation', conversation, channel: 'voice', externalId: SESSION };
		ids.messageId = String(only(await run(standIn, 'message.create', message)).id);
	});

	async function upload(one: Upload = {}): Promise<NodeResult> {
		const setup = setupFor(standIn);
		const { parameters, options: changes, items = itemsOf({}), credentials, ...how } = one;
		return await executeNode({
			...setup,
			credentialTypes: [...(setup.credentialTypes ?? []), ...credentialTypes],
			credentials: { ...setup.credentials, ...credentials },
			type: KUSTOMER,
			parameters: {
				...{ resource: 'recording', operation: 'upload', externalId: SESSION, ...parameters },
				options: { allowPrivate: true, ...changes },
			},
			items,
			...how,
		});
	}
	const fromUrl = (path = '/a.mp3', more: Upload = {}) =>
		upload({ ...more, parameters: { source: 'url', url: `${source.url}${path}`, ...more.parameters } });

	const notes = () =>
		[...standIn.store.notes.values()].filter((note) => note.conversationId === ids.conversationId);
	const attachments = () => [...standIn.store.attachments.values()];
	const stored = () => attachments().filter(({ content }) => content !== undefined);

	/** Whatever a note or message refers to is in the storage, as a whole, or is a link. */
	function expectNothingHalf(): void {
		const referring = [...standIn.store.notes.values(), ...standIn.store.messages.values()];
		for (const { _id, contentLength } of referring.flatMap((one) => one.attachments)) {
			const attachment = standIn.store.attachments.get(_id);
			if (attachment?.externalUrl === undefined) expect(attachment?.content?.length).toBe(contentLength);
		}
	}
	return { standIn, source, ids, upload, fromUrl, notes, attachments, stored, expectNothingHalf };
}
