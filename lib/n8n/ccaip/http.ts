/**
 * Sends the platform's requests through n8n's own request helper, so that the proxy, the certificates and the protection
 * against internal addresses that the administrator has set up apply.
 */
import type { IAllExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { HttpRequest, HttpResponse, SendHttp } from '../../platforms/ccaip/api/http';
import type { CredentialInUse } from '../http/client-settings';
import { readFailure } from '../http/http';
import { createOpenAddress } from '../http/open-address';

export const CREDENTIAL_TYPE = 'ccaiPlatformApi';

/** Makes the function that the client sends with. */
export function createCcaiPlatformSend(context: IAllExecuteFunctions, credential: CredentialInUse): SendHttp {
	const additional = { credentialsDecrypted: { type: CREDENTIAL_TYPE, ...credential } };
	const open = createOpenAddress({
		context,
		credentialType: CREDENTIAL_TYPE,
		credential: { type: CREDENTIAL_TYPE, ...credential },
	});
	return async (request) => {
		if (request.stream) return await open(request);
		const options = optionsFor(request);
		const sending = request.signedIn
			? context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_TYPE, options, additional)
			: context.helpers.httpRequest(options);
		return await sending.then(readResponse, readFailure);
	};
}

function optionsFor({
	method = 'GET',
	url,
	query,
	body,
	timeoutMs,
	signal,
}: HttpRequest): IHttpRequestOptions {
	return {
		method,
		url,
		qs: query,
		body: body as IHttpRequestOptions['body'],
		headers: {
			Accept: 'application/json',
			'User-Agent': 'n8n-nodes-kustomer',
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		timeout: timeoutMs,
		abortSignal: signal,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would carry the credential to wherever it points.
		disableFollowRedirect: true,
	};
}

function readResponse(response: IN8nHttpFullResponse): HttpResponse {
	return {
		status: response.statusCode,
		headers: { ...response.headers } as HttpResponse['headers'],
		body: response.body === '' ? undefined : response.body,
	};
}
