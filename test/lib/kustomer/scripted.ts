/**
 * A scripted stand-in for the way to Kustomer: gives the answers in the order in which they were written down, and keeps
 * what was asked. With it come a clock that needs no waiting, and shapes of answers.
 */
import {
	type KustomerClient,
	type KustomerClientOptions,
	createKustomerClient,
} from '../../../lib/kustomer/client';
import { KustomerError } from '../../../lib/kustomer/errors';
import { InputError } from '../../../lib/http/errors';
import { type Clock, type HttpRequest, type HttpResponse, NoAnswer } from '../../../lib/http/http';

export const CUSTOMER_ID = '5f3a0000000000000000aaaa';
export const CONVERSATION_ID = '5f3a0000000000000000bbbb';
export const USER_A = '5f3a0000000000000000c001';
export const USER_B = '5f3a0000000000000000c002';
export const TEAM_A = '5f3a0000000000000000d001';

/** A clock that jumps instead of waiting. */
export class FakeClock implements Clock {
	readonly sleeps: number[] = [];
	chance = 0.5;

	constructor(private time = 1_700_000_000_000) {}

	now(): number {
		return this.time;
	}

	sleep(milliseconds: number): Promise<void> {
		this.sleeps.push(milliseconds);
		this.advance(milliseconds);
		return Promise.resolve();
	}

	random(): number {
		return this.chance;
	}

	advance(milliseconds: number): void {
		this.time += milliseconds;
	}
}

type Step = HttpResponse | NoAnswer | ((request: HttpRequest) => HttpResponse | NoAnswer);

/** The requests that were sent, and the answers still to give. */
export class Script {
	readonly requests: HttpRequest[] = [];
	readonly clock = new FakeClock();
	private readonly steps: Step[];

	constructor(...steps: Step[]) {
		this.steps = steps;
	}

	readonly send = (request: HttpRequest): Promise<HttpResponse> => {
		this.requests.push(request);
		const step = this.steps.shift();
		if (step === undefined) {
			return Promise.reject(new Error(`Unexpected request: ${request.method} ${request.path}`));
		}
		const result = typeof step === 'function' ? step(request) : step;
		return result instanceof NoAnswer ? Promise.reject(result) : Promise.resolve(result);
	};

	client(options: Partial<KustomerClientOptions> = {}): KustomerClient {
		return createKustomerClient({
			send: this.send,
			clock: this.clock,
			credentialKey: 'key',
			organization: 'acme',
			...options,
		});
	}

	/** Method and path of every request. */
	get lines(): string[] {
		return this.requests.map(({ method, path }) => `${method} ${path}`);
	}

	/** Body of a request. */
	body(index: number): Record<string, unknown> {
		return this.requests[index]?.body as Record<string, unknown>;
	}

	/** Answers that were written down and not asked for. */
	get left(): number {
		return this.steps.length;
	}
}

export function answer(status: number, body?: unknown, headers: HttpResponse['headers'] = {}): HttpResponse {
	return { status, body, headers };
}

export function object(
	type: string,
	id: string,
	attributes: Record<string, unknown> = {},
): { data: { type: string; id: string; attributes: Record<string, unknown> } } {
	return { data: { type, id, attributes } };
}

export const ok = {
	customer: (attributes = {}, id = CUSTOMER_ID) => answer(200, object('customer', id, attributes)),
	conversation: (attributes = {}, id = CONVERSATION_ID) =>
		answer(200, object('conversation', id, { status: 'open', tags: [], ...attributes })),
	note: (id = '5f3a0000000000000000eeee') => answer(201, object('note', id, { body: 'x' })),
	message: (id = '5f3a0000000000000000ffff') =>
		answer(201, object('message', id, { channel: 'voice', app: 'x' })),
	list: (...data: unknown[]) => answer(200, { data, links: { next: null } }),
};

export const notFound = answer(404, {
	errors: [{ status: 404, source: { parameter: 'id' }, code: 'notfound', title: 'Not Found' }],
});
export const conflict = answer(409, { errors: [{ status: 409, code: 'conflict', title: 'Conflict' }] });
export const unknownAttribute = (name: string) =>
	answer(400, {
		errors: [
			{
				status: 400,
				source: { parameter: name },
				code: 'badparam',
				title: 'Additional properties not allowed',
				detail: '/properties/custom/additionalProperties',
			},
		],
	});

/** The error that a promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
	const result = await promise.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (result instanceof Error) return result;
	throw new Error('It was expected to fail, and it did not.');
}

export async function kustomerFailure(promise: Promise<unknown>): Promise<KustomerError> {
	const error = await failure(promise);
	expect(error).toBeInstanceOf(KustomerError);
	return error as KustomerError;
}

export async function inputFailure(promise: Promise<unknown>): Promise<InputError> {
	const error = await failure(promise);
	expect(error).toBeInstanceOf(InputError);
	return error as InputError;
}

/** Runs a check and gives the error that it throws. */
export function thrown(run: () => unknown): InputError {
	try {
		run();
	} catch (error) {
		expect(error).toBeInstanceOf(InputError);
		return error as InputError;
	}
	throw new Error('It was expected to be refused, and it was not.');
}
