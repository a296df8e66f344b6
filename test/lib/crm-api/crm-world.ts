/** The generic CRM API in front of a strict stand-in Kustomer, for tests. */
import type { FileSource } from '../../../lib/files/file-source';
import type { KustomerClient } from '../../../lib/kustomer/client';
import type { SendForm } from '../../../lib/kustomer/form-upload';
import { answerRequest } from '../../../lib/crm-api/answer-request';
import type { CrmApiAnswer, CrmApiSettings, EndpointName } from '../../../lib/crm-api/request';
import { settings, type Worker } from '../session-log/world';

/** Settings as the panel has them when nothing is changed. */
export function crmSettings(
	changes: Parameters<typeof settings>[0] = {},
	others: Partial<CrmApiSettings> = {},
): CrmApiSettings {
	const { dryRun, ...log } = settings(changes);
	void dryRun;
	return { log, source: 'ccaip', sendForm, ...others };
}

/** Sends a request as the receiving side hands it over. */
export function ask(
	worker: Worker,
	endpoint: EndpointName,
	fields: Record<string, string>,
	{
		using = crmSettings(),
		file,
		withinMs = 20_000,
		receivedAt = new Date(),
	}: {
		using?: CrmApiSettings;
		file?: FileSource;
		withinMs?: number;
		receivedAt?: Date;
	} = {},
): Promise<CrmApiAnswer> {
	const client = patient(worker.client);
	const deadline = client.clock.now() + withinMs;
	return answerRequest(client, using, { endpoint, fields, file, receivedAt }, deadline);
}

/** The client with a clock that really waits, so that deadlines are deadlines. What it forks keeps the quick one of the tests. */
export function patient(client: KustomerClient): KustomerClient {
	const clock = {
		...client.clock,
		sleep: (milliseconds: number) =>
			new Promise<void>((resolve) => void setTimeout(resolve, milliseconds).unref()),
	};
	return Object.create(client, { clock: { value: clock } }) as KustomerClient;
}

/** A file that can be opened as often as needed. */
export function fileOf(content: Uint8Array, name: string, contentType: string): FileSource {
	return {
		label: 'the request',
		open: async () => {
			async function* pieces() {
				yield content;
			}
			return await Promise.resolve({
				content: pieces(),
				length: content.byteLength,
				name,
				contentType,
				close: () => undefined,
			});
		},
	};
}

/** A little MP3: an ID3 tag and silence. */
export function recordingFile(name = 'call-4711.mp3'): FileSource {
	const content = Buffer.concat([
		Buffer.from('ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000'),
		Buffer.alloc(4000, 1),
	]);
	return fileOf(content, name, 'audio/mpeg');
}

const sendForm: SendForm = async (url, form) => {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': form.type, 'content-length': String(form.size) },
		body: form.stream() as unknown as ReadableStream,
		duplex: 'half',
	} as RequestInit);
	return { status: answer.status, text: await answer.text() };
};
