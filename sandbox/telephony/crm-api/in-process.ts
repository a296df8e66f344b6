/** The CRM API without HTTP: requests go straight to what answers them. For tests of many settings and many orders. */
import { answerRequest } from '../../../lib/crm-api/answer-request';
import type { CrmApiSettings } from '../../../lib/crm-api/request';
import { Fields } from '../../../lib/platforms/fields';
import type { FileSource } from '../../../lib/files/file-source';
import type { KustomerClient } from '../../../lib/kustomer/client';
import type { CrmApiTransport, SimulatedFile } from './transport';

/**
 * Answers in this process.
 *
 * @param worker gives the client and the settings of whoever gets the next request
 */
export function inProcess(
	worker: () => { client: KustomerClient; settings: CrmApiSettings },
): CrmApiTransport {
	return async ({ endpoint, path, parameters, file }, { timeoutSeconds }) => {
		const { client, settings } = worker();
		const start = performance.now();
		const id = endpoint === 'findAccountById' ? path.split('/').at(-1) : undefined;
		const sent = { ...parameters, ...(id === undefined ? {} : { id }) };
		const filled = Object.entries(sent).filter(
			([, value]) => new Fields({ value }).text('value') !== undefined,
		);
		const { status, body } = await answerRequest(
			client,
			settings,
			{
				endpoint,
				fields: Object.fromEntries(filled),
				file: file === undefined ? undefined : sourceOf(file),
				receivedAt: new Date(client.clock.now()),
			},
			client.clock.now() + timeoutSeconds * 1000,
		);
		return {
			status,
			body: JSON.parse(JSON.stringify(body)) as unknown,
			milliseconds: performance.now() - start,
		};
	};
}

function sourceOf({ name, contentType, content }: SimulatedFile): FileSource {
	return {
		label: 'the request',
		open: async () => {
			async function* pieces() {
				yield await Promise.resolve(content);
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
