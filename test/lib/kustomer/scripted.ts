/**
 * A scripted way to Kustomer: a client that gets the answers that were written down, and shapes of such answers.
 */
import {
	type KustomerClient,
	type KustomerClientOptions,
	createKustomerClient,
} from '../../../lib/kustomer/client';
import { KustomerError } from '../../../lib/kustomer/errors';
import { InputError } from '../../../lib/http/errors';
import type { HttpRequest } from '../../../lib/http/http';
import { Answers, FakeClock, type Step, answer, failure } from '../http/scripted';

export { answer };

export const CUSTOMER_ID = '5f3a0000000000000000aaaa';
export const CONVERSATION_ID = '5f3a0000000000000000bbbb';
export const USER_A = '5f3a0000000000000000c001';
export const USER_B = '5f3a0000000000000000c002';
export const TEAM_A = '5f3a0000000000000000d001';

/** Whether somebody shares a phone: asked once an hour. In scripts nobody does. */
export function asksForSharedPhones({ path, body }: HttpRequest): boolean {
	return path.endsWith('/customers/search') && JSON.stringify(body).includes('customer_shared_phone');
}
export const nobodyShares = answer(200, { data: [] });

/** The requests that were sent, and the answers still to give: no request more is expected. */
export class Script extends Answers<HttpRequest> {
	readonly clock = new FakeClock();

	constructor(...steps: Array<Step<HttpRequest>>) {
		super(steps, 'an error');
	}

	client(options: Partial<KustomerClientOptions> = {}): KustomerClient {
		return createKustomerClient({
			send: (request) => (asksForSharedPhones(request) ? Promise.resolve(nobodyShares) : this.send(request)),
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

export const kustomerFailure = (promise: Promise<unknown>) => failure(promise, KustomerError);
export const inputFailure = (promise: Promise<unknown>) => failure(promise, InputError);

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
