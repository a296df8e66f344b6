import type { HttpMethod, NoAnswer } from '../../../lib/http/http';
import { MAX_ATTEMPTS, shouldRetry, waitBefore } from '../../../lib/http/retry';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

describe('shouldRetry', () => {
	const methods: HttpMethod[] = ['GET', 'PUT', 'PATCH', 'DELETE', 'POST'];

	it.each(methods)('X6: repeats %s after 429, whether repeatable or not, however often', (method) => {
		expect(shouldRetry({ method, status: 429, attempt: 1, repeatable: false })).toBe(true);
		expect(shouldRetry({ method, status: 429, attempt: 50, repeatable: false })).toBe(true);
	});

	it.each([400, 401, 402, 403, 404, 409, 413, 422, 301])('X6: never repeats status %d', (status) => {
		for (const method of methods) {
			expect(shouldRetry({ method, status, attempt: 1, repeatable: true })).toBe(false);
		}
	});

	it.each([500, 502, 503, 504])('X6: repeats status %d only where a second time does no harm', (status) => {
		for (const method of methods) {
			const safe = method !== 'POST';
			expect(shouldRetry({ method, status, attempt: 1, repeatable: false })).toBe(safe);
			expect(shouldRetry({ method, status, attempt: 1, repeatable: true })).toBe(true);
		}
	});

	it.each<[NoAnswer['reason'], boolean, boolean]>([
		['timeout', false, true],
		['connection', false, true],
		['dns', true, true],
		['tls', false, false],
		['blocked', false, false],
	])('X6: after %s, repeats a plain POST: %s, one with our own id: %s', (noAnswer, plain, repeatable) => {
		expect(shouldRetry({ method: 'POST', noAnswer, attempt: 1, repeatable: false })).toBe(plain);
		expect(shouldRetry({ method: 'POST', noAnswer, attempt: 1, repeatable: true })).toBe(repeatable);
	});

	it('X6: gives up after a number of attempts, sooner when the host is not found', () => {
		expect(shouldRetry({ method: 'GET', status: 500, attempt: MAX_ATTEMPTS - 1, repeatable: false })).toBe(
			true,
		);
		expect(shouldRetry({ method: 'GET', status: 500, attempt: MAX_ATTEMPTS, repeatable: false })).toBe(false);
		expect(shouldRetry({ method: 'GET', noAnswer: 'dns', attempt: 3, repeatable: false })).toBe(false);
	});
});

describe('waitBefore', () => {
	const wait = (headers?: Record<string, string>, attempt = 1, random = 0.5) =>
		waitBefore({ attempt, headers, now: NOW, random: () => random });

	it('X6: waits as many seconds as Retry-After says', () => {
		expect(wait({ 'retry-after': '7' })).toBe(7_000);
		expect(wait({ 'retry-after': ' 1.5 ' })).toBe(1_500);
	});

	it('X6: waits until the HTTP date that Retry-After says', () => {
		expect(wait({ 'retry-after': 'Sun, 01 Mar 2026 12:00:20 GMT' })).toBe(20_000);
	});

	it.each([
		['seconds since the epoch', String(NOW / 1000 + 9)],
		['milliseconds since the epoch', String(NOW + 9_000)],
		['seconds from now', '9'],
	])('X6: understands x-ratelimit-reset as %s', (_unit, value) => {
		expect(wait({ 'x-ratelimit-reset': value })).toBe(9_000);
	});

	it('X6: prefers Retry-After', () => {
		expect(wait({ 'retry-after': '2', 'x-ratelimit-reset': '30' })).toBe(2_000);
	});

	it.each([
		['a reset in the past', { 'x-ratelimit-reset': String(NOW / 1000 - 5) }],
		[
			'a reset in an hour, which only a wrong clock gives',
			{ 'x-ratelimit-reset': String(NOW / 1000 + 3_601) },
		],
		['words', { 'retry-after': 'soon' }],
		['an empty header', { 'retry-after': '' }],
		['a negative number', { 'retry-after': '-3' }],
		['zero', { 'retry-after': '0' }],
		['no headers', undefined],
	])('X6: falls back to a random time after %s', (_what, headers) => {
		expect(wait(headers as Record<string, string> | undefined)).toBe(250);
	});

	it('X6: draws the random time from zero to a limit that doubles up to eight seconds', () => {
		expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => wait(undefined, attempt, 0.999))).toEqual(
			[500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000].map((limit) => Math.floor(limit * 0.999)),
		);
		expect(wait(undefined, 5, 0)).toBe(0);
	});
});
