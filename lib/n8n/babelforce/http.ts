/** Sends babelforce's requests through n8n's own request helper. */
import type { IAllExecuteFunctions, ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readHead } from '../../files/content-streams';
import { watchContent, type ByteStream } from '../../files/watched-content';
import type { OpenHttp, SendHttp } from '../../http/http';
import { inTurn } from '../../process/turns';
import { createSendHttp } from '../http/http';
import { createOpenAddress } from '../http/open-address';
import { systemClock } from '../http/client-settings';

/** What a request needs of the execution that it is made in. */
export interface BabelforceHttpSettings {
	context: IAllExecuteFunctions;
	/** The decrypted credential. n8n puts a renewed token into `data`. */
	credential: { id: string; name: string; data: ICredentialDataDecryptedObject };
	baseUrl: string;
	/** Whether n8n can renew the token after a 401. */
	renewable: boolean;
	/** Names the credential. */
	credentialKey: string;
}

export const CREDENTIAL_TYPE = 'babelforceApi';

/** Makes the function that the client sends with. Requests that find no valid token sign in once, not each by itself. */
export function createBabelforceSend(settings: BabelforceHttpSettings): SendHttp {
	const { context, credential, baseUrl, renewable, credentialKey } = settings;
	const way = { context, credentialType: CREDENTIAL_TYPE, baseUrl, credential };
	const send = createSendHttp({ ...way, renewable: false });
	if (!renewable) return send;
	const sendAndRenew = createSendHttp({ ...way, renewable: true });
	const token = () => credential.data.sessionToken;

	return async (request) => {
		const used = token();
		if (used === '' || used === undefined) {
			return await inTurn(`sign-in:${credentialKey}`, async () => await sendAndRenew(request));
		}
		const response = await send(request);
		if (response.status !== 401) return response;
		return await inTurn(`sign-in:${credentialKey}`, async () =>
			token() === used ? await sendAndRenew(request) : await send(request),
		);
	};
}

/** Makes the function that the client downloads with. */
export function createBabelforceOpen({ context, credential }: BabelforceHttpSettings): OpenHttp {
	const open = createOpenAddress({
		context,
		credentialType: CREDENTIAL_TYPE,
		credential: { type: CREDENTIAL_TYPE, ...credential },
		accept: 'audio/*, */*;q=0.5',
	});
	return async (request) => {
		const answer = await open(request);
		if (answer.status === 200) return answer;
		return { ...answer, body: await beginningOf(answer.body as ByteStream, request.timeoutMs) };
	};
}

/** More of an error text is not shown. */
const LONGEST_TEXT = 4_000;

/** The beginning of an error's body, parsed when it is JSON. */
async function beginningOf(stream: ByteStream, idleMs: number): Promise<unknown> {
	const watched = watchContent(stream, { clock: systemClock, idleMs, label: 'babelforce' });
	const head = await readHead(watched.content, LONGEST_TEXT).then(
		(read) => read.head,
		// The status says enough.
		() => new Uint8Array(),
	);
	watched.close();
	const text = Buffer.from(head).toString('utf8');
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
