import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import { InputError, type ServiceErrorDetails } from '../../http/errors';

/** Where an error belongs. */
export interface ErrorPlace {
	node: INode;
	itemIndex?: number;
}

/** What the errors of services and of files say. */
interface ExplainedError extends Error, ServiceErrorDetails {
	message: string;
	title?: string;
	parameter?: string;
	role?: string;
}

function isExplained(thrown: unknown): thrown is ExplainedError {
	if (!(thrown instanceof Error)) return false;
	const { kind, advice } = thrown as Partial<ExplainedError>;
	return typeof kind === 'string' && typeof advice === 'string';
}

/**
 * The error that n8n shows for whatever went wrong with one item: what happened, what to do, and for which item.
 *
 * The refusal of a service becomes a NodeApiError that is built new: n8n ignores message and item when it is asked to wrap a
 * NodeApiError.
 */
export function toNodeError(thrown: unknown, place: ErrorPlace): NodeApiError | NodeOperationError {
	const { node, itemIndex } = place;
	if (thrown instanceof InputError) {
		const error = new NodeOperationError(node, thrown.message, { description: thrown.advice, itemIndex });
		error.context.kind = 'invalidInput';
		error.context.parameter = thrown.parameter;
		return error;
	}
	if (isExplained(thrown)) return apiError(thrown, place);
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) {
		thrown.context.itemIndex ??= itemIndex;
		return thrown;
	}
	const error = thrown instanceof Error ? thrown : new Error(String(thrown));
	return new NodeOperationError(node, error, { itemIndex });
}

function apiError(error: ExplainedError, { node, itemIndex }: ErrorPlace): NodeApiError {
	const description =
		error.requestId === undefined ? error.advice : `${error.advice} Request ID: ${error.requestId}.`;
	const response: JsonObject = { kind: error.kind, title: error.title ?? null, detail: error.detail ?? null };
	const built = new NodeApiError(node, response, {
		message: error.message,
		description,
		httpCode: error.status === undefined ? undefined : String(error.status),
		itemIndex,
		...failureOf(error),
	});
	built.context.kind = error.kind;
	if (error.parameter !== undefined) built.context.parameter = error.parameter;
	if (error.role !== undefined) built.context.role = error.role;
	return built;
}

type Failure = NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure'];

/** What newer n8n versions want to know: whether trying again later or another credential would help. */
function failureOf(error: ExplainedError): { failure?: Failure } {
	switch (error.kind) {
		case 'rateLimit':
			return {
				failure: {
					cause: 'rate-limited',
					...(error.retryAfter === undefined ? {} : { retryAfterMs: error.retryAfter * 1000 }),
				},
			};
		case 'server':
		case 'noAnswer':
			return { failure: { cause: 'temporarily-unavailable' } };
		case 'unauthorized':
		case 'forbidden':
		case 'wrongRegion':
			return { failure: { cause: 'credential-invalid' } };
		default:
			return {};
	}
}

/**
 * What an item on the error output shows of an error: `message`, `description` (what to do), and, where they are known,
 * `httpCode`, `kind` (for example `notFound`) and `parameter`. Workflows branch on `kind`.
 */
export function errorFields(error: NodeApiError | NodeOperationError): IDataObject {
	const fields: IDataObject = { message: error.message };
	if (typeof error.description === 'string' && error.description !== '')
		fields.description = error.description;
	if (error instanceof NodeApiError && error.httpCode !== null) fields.httpCode = error.httpCode;
	if (typeof error.context.kind === 'string') fields.kind = error.context.kind;
	if (typeof error.context.parameter === 'string') fields.parameter = error.context.parameter;
	return fields;
}
