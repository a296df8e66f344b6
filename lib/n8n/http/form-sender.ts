/** Sends forms with files through n8n's own request helper. */
import type { IAllExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { stopped } from '../../files/file-error';
import { IdleWatch } from '../../files/idle-watch';
import { whenCanceled } from '../../http/when-canceled';
import type { SendForm, StorageAnswer } from '../../kustomer/form-upload';
import { NoAnswer } from '../../http/http';
import { systemClock } from './client-settings';
import { readFailure } from './http';

/** Characters of an answer that are looked at: the storage's errors are short. */
const LONGEST_ANSWER = 4_000;

/** What of n8n is needed to send. */
interface SendingContext {
	helpers: Pick<IAllExecuteFunctions['helpers'], 'httpRequest'>;
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

/**
 * Makes the function that uploads with. The file is never in memory as a whole:
 *
 * - redirects are not followed: to be able to, the client would keep every byte that it has sent;
 * - the client's own time limit is off: without redirects it counts until the answer, however long the upload takes. The
 *   time without progress is limited in its place.
 *
 * @param idleMs milliseconds without progress after which an upload is given up
 */
export function createSendForm(context: SendingContext, idleMs: number): SendForm {
	return async (url, form) => {
		const stop = new AbortController();
		let idle = false;
		const watch = new IdleWatch(systemClock, idleMs, () => {
			idle = true;
			stop.abort();
			return 'end';
		});
		form.onProgress = () => watch.progress();
		const canceled = context.getExecutionCancelSignal?.();
		const stopWaiting = whenCanceled(canceled, () => stop.abort());
		const options: IHttpRequestOptions = {
			method: 'POST',
			url,
			body: form as unknown as IHttpRequestOptions['body'],
			headers: {
				'Content-Type': form.type,
				'Content-Length': String(form.size),
				'User-Agent': 'n8n-nodes-kustomer',
			},
			timeout: 0,
			abortSignal: stop.signal,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			encoding: 'text',
		};
		try {
			return await context.helpers.httpRequest(options).then(readAnswer, async (error: unknown) => {
				if (canceled?.aborted === true) return await Promise.reject(stopped());
				if (idle) return await Promise.reject(new NoAnswer('timeout', { cause: error }));
				const { status, body } = await readFailure(error);
				return { status, text: textOf(body) };
			});
		} finally {
			watch.end();
			stopWaiting();
		}
	};
}

function readAnswer(response: IN8nHttpFullResponse): StorageAnswer {
	return { status: response.statusCode, text: textOf(response.body) };
}

function textOf(body: unknown): string {
	return typeof body === 'string' ? body.slice(0, LONGEST_ANSWER) : '';
}
