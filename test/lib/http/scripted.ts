/**
 * A scripted stand-in for the way to any service: gives the answers that were written down, one after the other, and keeps
 * what was asked. With it come a clock that needs no waiting, and bodies that arrive in pieces.
 */
import { type Clock, type HttpResponse, NoAnswer } from '../../../lib/http/http';

/** A clock that jumps instead of waiting. */
export class FakeClock implements Clock {
	readonly sleeps: number[] = [];
	chance = 0.5;

	constructor(private time = 1_700_000_000_000) {}

	now(): number {
		return this.time;
	}

	async sleep(milliseconds: number): Promise<void> {
		this.sleeps.push(milliseconds);
		this.advance(milliseconds);
		// Work that waits for nothing but this clock must let others have their turn, such as whoever cancels it.
		await new Promise((resolve) => setImmediate(resolve));
	}

	random(): number {
		return this.chance;
	}

	advance(milliseconds: number): void {
		this.time += milliseconds;
	}
}

/** A status, a whole answer, why there is none, what sending fails with, or a function that gives one of them for a request. */
export type Step<Request = unknown> =
	| number
	| Partial<HttpResponse>
	| NoAnswer['reason']
	| Error
	| ((request: Request) => Step<Request>);

/** The answers still to give, and the requests that they were given to, in the order of sending. */
export class Answers<Request = unknown> {
	readonly requests: Request[] = [];
	private readonly steps: Array<Step<Request>>;

	/** @param more what is asked when all answers were given: the last one again and again, or an error */
	constructor(
		steps: Array<Step<Request>>,
		private readonly more: 'the last again' | 'an error' = 'the last again',
	) {
		this.steps = [...steps];
	}

	readonly send = async (request: Request): Promise<HttpResponse> => {
		this.requests.push(request);
		const [step] = this.steps;
		if (step === undefined) {
			const { method = '', path = '' } = request as { method?: string; path?: string };
			throw new Error(`Unexpected request: ${method} ${path}`);
		}
		if (this.steps.length > 1 || this.more === 'an error') this.steps.shift();
		return given(step, request);
	};

	/** Answers that were written down and not asked for. */
	get left(): number {
		return this.steps.length;
	}
}

function given<Request>(step: Step<Request>, request: Request): HttpResponse {
	if (typeof step === 'function') return given(step(request), request);
	if (typeof step === 'string') throw new NoAnswer(step);
	if (step instanceof Error) throw step;
	if (typeof step === 'number') return answer(step);
	return { status: 200, headers: {}, body: undefined, ...step };
}

export function answer(status: number, body?: unknown, headers: HttpResponse['headers'] = {}): HttpResponse {
	return { status, body, headers };
}

/** The error that a promise fails with, which has to be of this kind. */
export async function failure<Kind extends Error>(
	promise: Promise<unknown>,
	// Any constructor of errors, whatever it is made from.
	kind: abstract new (...parts: never[]) => Kind,
): Promise<Kind> {
	const result = await promise.then(
		() => new Error('It was expected to fail, and it did not.'),
		(error: unknown) => error,
	);
	expect(result).toBeInstanceOf(kind);
	return result as Kind;
}

/** In a scripted body: nothing comes any more, and the body does not end either. */
export const STANDSTILL = Symbol('standstill');

/** What arrives of a body: a text, so many bytes, or what it breaks off with. */
export type Piece = string | number | Error | typeof STANDSTILL;

/** The body of an answer, which arrives in these pieces. */
export function bodyOf(...pieces: Piece[]) {
	let destroyed = false;
	async function* read(): AsyncGenerator<Uint8Array> {
		for (const piece of pieces) {
			if (piece instanceof Error) throw piece;
			// As a stream that is made of another one: ending it does not end the wait for the next bytes.
			if (piece === STANDSTILL) await new Promise(() => undefined);
			else if (destroyed) throw new Error('Premature close');
			else yield typeof piece === 'number' ? Buffer.alloc(piece) : Buffer.from(piece);
		}
	}
	const reading = read();
	return {
		[Symbol.asyncIterator]: () => reading,
		destroy: () => {
			destroyed = true;
		},
		get destroyed() {
			return destroyed;
		},
	};
}
