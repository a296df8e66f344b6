/** How the simulated platform reaches the CRM API: over HTTP as the platform does, or in this process. */
import axios from 'axios';

import type { EndpointName } from '../../../lib/crm-api/request';
import type { CrmApiPlatformSettings, EndpointSettings } from './settings';

/** A file that the platform sends. */
export interface SimulatedFile {
	name: string;
	contentType: string;
	content: Uint8Array;
}

/** One request before it is written down. */
export interface CrmApiCall {
	endpoint: EndpointName;
	settings: EndpointSettings;
	/** Path with its variables replaced. */
	path: string;
	/** Evaluated; those without a value are left out, or as the settings say. */
	parameters: Readonly<Record<string, string>>;
	file?: SimulatedFile;
}

/** What came back. */
export interface CrmApiReply {
	/** 0 when nothing came in time. */
	status: number;
	/** Parsed JSON, or text. */
	body: unknown;
	milliseconds: number;
}

export type CrmApiTransport = (call: CrmApiCall, platform: CrmApiPlatformSettings) => Promise<CrmApiReply>;

/**
 * Sends over HTTP.
 *
 * @param baseUrl of the CRM API, without a slash at the end
 */
export function overHttp(baseUrl: string): CrmApiTransport {
	return async (call, platform) => {
		const { method } = call.settings;
		const hasBody = method !== 'GET';
		const body = hasBody ? bodyOf(call, platform) : undefined;
		const start = performance.now();
		const timeout = platform.timeoutSeconds * 1000;
		try {
			const answer = await axios.request<unknown>({
				url: `${baseUrl}/${call.path}`,
				method,
				params: hasBody ? undefined : call.parameters,
				data: body,
				headers: {
					...(await platform.authenticate()),
					...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
				},
				timeout,
				signal: AbortSignal.timeout(timeout),
				maxBodyLength: Infinity,
				validateStatus: () => true,
				proxy: false,
			});
			return { status: answer.status, body: answer.data, milliseconds: performance.now() - start };
		} catch (error) {
			return {
				status: 0,
				body: error instanceof Error ? error.message : String(error),
				milliseconds: performance.now() - start,
			};
		}
	};
}

/** The body, in the form that the settings say. */
export function bodyOf(
	{ settings, parameters, file }: CrmApiCall,
	{ uploadType, fileParameter }: CrmApiPlatformSettings,
): FormData | string {
	if (file !== undefined && uploadType === 'multipart') {
		const form = new FormData();
		for (const [name, value] of Object.entries(parameters)) form.append(name, value);
		form.append(fileParameter, new Blob([file.content as BlobPart], { type: file.contentType }), file.name);
		return form;
	}
	const values = {
		...parameters,
		...(file === undefined ? {} : { [fileParameter]: Buffer.from(file.content).toString('base64') }),
	};
	const { dataFormat } = settings;
	if (dataFormat.kind === 'property') return JSON.stringify(values);
	return JSON.stringify({ [dataFormat.container]: dataFormat.kind === 'map' ? values : [values] });
}
