import { NoAnswer } from '../../../lib/http/http';
import { RESTART_SPREAD } from '../../../lib/http/pauses';
import type { ClientSettings } from '../../../lib/http/sending-loop';
import { createKustomerClient } from '../../../lib/kustomer/client';
import { createBabelforceClient } from '../../../lib/platforms/babelforce/api/client';
import { createCcaiPlatformClient } from '../../../lib/platforms/ccaip/api/client';
import { Answers, FakeClock, type Step, answer } from './scripted';

const FOUND = answer(200, { item: { id: 'x' } });
const BASE = 'https://acme.example.com';

/** A client of each service, and one request that reads. */
const SERVICES = {
	kustomer: (settings: Settings) => {
		const client = createKustomerClient({ ...settings, credentialKey: 'key' });
		return client.request({ operation: 'customer.get', method: 'GET', path: ['customers', 'x'] });
	},
	babelforce: (settings: Settings) => {
		const client = createBabelforceClient({ ...settings, credentialKey: 'key', baseUrl: BASE });
		return client.item({ operation: 'read the call', path: ['calls', 'x'] });
	},
	ccaip: (settings: Settings) => {
		const client = createCcaiPlatformClient({ ...settings, tenant: { baseUrl: BASE, subdomain: 'acme' } });
		return client.get({ operation: 'get call-1', path: ['calls', '1'] });
	},
};
type Settings = ClientSettings & Pick<Answers, 'send'>;
type Service = keyof typeof SERVICES;
const services = Object.keys(SERVICES) as Service[];

/** Asks once; the answers come one after the other, the last one again and again. */
function ask(service: Service, steps: Step[], settings: Partial<ClientSettings> = {}) {
	const clock = new FakeClock();
	const started = clock.now();
	const answers = new Answers(steps.map((step) => (step === 200 ? FOUND : step)));
	const asked = SERVICES[service]({ clock, send: answers.send, ...settings });
	return { asked, sent: () => answers.requests.length, waited: () => clock.now() - started };
}

const eachWith = <Case extends unknown[]>(cases: Case[]): Array<[Service, ...Case]> =>
	services.flatMap((service) => cases.map((one): [Service, ...Case] => [service, ...one]));

describe('X6: every client', () => {
	it.each<[Service, number, number]>([
		...[500, 502, 503, 504].map((status): [Service, number, number] => ['kustomer', status, 8]),
		...[302, 400, 401, 403, 404, 409, 410, 422].map((status): [Service, number, number] => [
			'kustomer',
			status,
			1,
		]),
		...[502, 503, 504].map((status): [Service, number, number] => ['babelforce', status, 8]),
		...[302, 400, 401, 403, 404, 410, 422, 500, 501].map((status): [Service, number, number] => [
			'babelforce',
			status,
			1,
		]),
		...[500, 502, 503, 504].map((status): [Service, number, number] => ['ccaip', status, 8]),
		...[302, 400, 401, 403, 404, 410, 422].map((status): [Service, number, number] => ['ccaip', status, 1]),
	])('%s sends after status %i at most %i times', async (service, status, times) => {
		const { asked, sent } = ask(service, [status]);
		await expect(asked).rejects.toMatchObject(times === 1 ? { status } : { status, kind: 'server' });
		expect(sent()).toBe(times);
	});

	it.each(
		eachWith<[NoAnswer['reason'], number]>([
			['timeout', 8],
			['connection', 8],
			['dns', 3],
			['tls', 1],
			['blocked', 1],
		]),
	)('%s sends when nobody answers because of %s at most %i times', async (service, reason, times) => {
		const { asked, sent } = ask(service, [reason]);
		await expect(asked).rejects.toMatchObject({ kind: 'noAnswer', noAnswer: reason });
		expect(sent()).toBe(times);
	});

	it.each(eachWith<[Step]>([[429], [503], ['timeout'], ['connection']]))(
		'%s goes on after %s',
		async (service, failure) => {
			const { asked, sent } = ask(service, [failure, failure, 200]);
			await asked;
			expect(sent()).toBe(3);
		},
	);

	it.each(services)('%s waits as long as the service says', async (service) => {
		const { asked, waited } = ask(service, [answer(429, {}, { 'retry-after': '7' }), 200]);
		await asked;
		expect(waited()).toBeGreaterThanOrEqual(7_000);
	});

	it.each(services)('%s does not wait longer than allowed', async (service) => {
		const limited = ask(service, [answer(429, {}, { 'retry-after': '90' })]);
		await expect(limited.asked).rejects.toMatchObject({ kind: 'rateLimit', status: 429, retryAfter: 90 });
		expect([limited.sent(), limited.waited()]).toEqual([1, 0]);
	});

	it.each(services)('%s does not wait longer than allowed for an error either', async (service) => {
		const { asked, sent } = ask(service, [answer(503, {}, { 'retry-after': '90' })]);
		await expect(asked).rejects.toMatchObject({ kind: 'server', status: 503 });
		expect(sent()).toBe(1);
	});

	it.each(services)('%s stays within a bound', async (service) => {
		const { asked, sent, waited } = ask(service, [502], { maxWaitMs: 20_000 });
		await expect(asked).rejects.toMatchObject({ kind: 'server', status: 502 });
		expect(sent()).toBeGreaterThan(2);
		expect(sent()).toBeLessThanOrEqual(8);
		expect(waited()).toBeLessThanOrEqual(20_000);
	});

	it.each(services)('%s is held back by the pause of another request of its credential', async (service) => {
		const clock = new FakeClock();
		const limited = answer(429, {}, { 'retry-after': '90' });
		await expect(ask(service, [limited], { clock }).asked).rejects.toMatchObject({ kind: 'rateLimit' });
		const patient = ask(service, [200], { clock, maxWaitMs: 100_000 });
		await patient.asked;
		expect(clock.sleeps).toEqual([90_000 + RESTART_SPREAD / 2]);
	});

	it.each(services)('%s sends nothing more when the run is stopped', async (service) => {
		const none = ask(service, [200], { signal: AbortSignal.abort() });
		await expect(none.asked).rejects.toMatchObject({ kind: 'canceled' });
		expect(none.sent()).toBe(0);

		const stop = new AbortController();
		const failingThen = () => {
			stop.abort();
			return 503;
		};
		const one = ask(service, [failingThen, 200], { signal: stop.signal });
		await expect(one.asked).rejects.toMatchObject({ kind: 'canceled' });
		expect(one.sent()).toBe(1);
	});
});
