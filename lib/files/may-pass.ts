import { ServiceError } from '../http/errors';
import { FileError } from './file-error';

/** What passes by itself: it is not there yet, the rate is limited, there is trouble on the other side. */
const PASSING = new Set(['notFound', 'notReady', 'rateLimit', 'server', 'noAnswer']);

/** Whether waiting may cure what went wrong with a file on its way (rule X5). */
export function mayPass(error: unknown): boolean {
	return error instanceof FileError
		? error.mayHelp
		: error instanceof ServiceError && PASSING.has(error.kind);
}
