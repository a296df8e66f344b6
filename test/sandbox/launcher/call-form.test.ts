import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { callForm, offeredCcaipScenarios, refusals } from '../../../sandbox/launcher/call-form';
import { CCAIP_AGENTS, unpublishedText, type Stack } from '../../../sandbox/launcher/stack';
import { CCAIP_SCENARIOS } from '../../../sandbox/telephony/ccaip';

describe('what is said about deliveries that were refused', () => {
	const delivery = (status: number, body: unknown) => ({
		event: 'call.inbound' as const,
		status,
		body,
		ms: 1,
	});

	it('leaves out what was accepted', () => {
		expect(refusals([delivery(200, {}), delivery(204, '')])).toEqual([]);
	});

	it.each<[string, number, unknown, string]>([
		['the message of n8n, without its stack', 404, { message: 'gone', stacktrace: 'at' }, '404 gone'],
		[
			'the error of the trigger',
			422,
			{ error: "'call.id' is missing.", field: 'call.id' },
			"422 'call.id' is missing.",
		],
		['a text', 502, 'Bad Gateway', '502 Bad Gateway'],
		['an answer of another form', 500, { code: 7 }, '500 {"code":7}'],
		['that there is no text', 500, '', '500 without a text'],
		['why no answer came', 0, 'socket hang up', 'no answer (socket hang up)'],
	])('says %s', (_name, status, body, expected) => {
		expect(refusals([delivery(status, body)])).toEqual([`call.inbound: ${expected}`]);
	});
});

describe('the form on the page', () => {
	const form = callForm(() => undefined);

	it('is filled in, so that one click places a call', () => {
		const first = Object.values(form.callForm ?? {}).map((choices) => choices[0]?.value);
		expect(first).toHaveLength(4);
		expect(first).not.toContain(undefined);
		expect(first).not.toContain('');
	});

	it('asks for patience while n8n is still starting', async () => {
		expect(await form.placeCall?.({})).toEqual({
			ok: false,
			message: expect.stringContaining('still starting'),
		});
	});
});

describe('the scenarios of CCAI Platform', () => {
	let server: Server;
	let url: string;
	const received: Array<{ path: string; authorization?: string; body: string }> = [];
	const ccaipCredential = { method: 'basicAuth', user: 'ccaip', password: 'secret' } as const;
	beforeAll(async () => {
		server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				received.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
				response.end();
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		await new Promise((done) => server.close(done));
	});
	beforeEach(() => {
		received.length = 0;
	});

	const stack = (parts: Partial<Stack['ccaip']['urls']>) =>
		({ ccaip: { urls: parts, credential: ccaipCredential } }) as unknown as Stack;
	const both = () => ({ events: `${url}/events`, metadata: `${url}/metadata` });

	it('are offered when both of their workflows are published, after those of babelforce', () => {
		expect(offeredCcaipScenarios(undefined)).toEqual([]);
		expect(offeredCcaipScenarios({ urls: { events: 'http://127.0.0.1/events' } })).toEqual([]);
		const running: Stack[] = [];
		const form = callForm(() => running[0]);
		const groups = () => (form.callForm?.scenarios ?? []).map(({ group }) => group);
		expect(new Set(groups())).toEqual(new Set(['babelforce']));
		running.push(stack(both()));
		expect(groups()[0]).toBe('babelforce');
		expect(groups().filter((group) => group === 'CCAI Platform')).toHaveLength(
			Object.keys(CCAIP_SCENARIOS).length,
		);
	});

	it('go to their own webhooks with their own password; the chosen agent answers', async () => {
		const ben = CCAIP_AGENTS[1];
		const form = callForm(() => stack(both()), 0);
		const result = await form.placeCall?.({
			scenario: 'ccaip:inboundCall',
			from: '+442079460123',
			agent: ben?.email ?? '',
		});
		expect(result).toEqual({
			ok: true,
			message: expect.stringMatching(/^Session call-\d+: sent start, routing, accepted, .*metadataAgain\.$/),
		});
		expect(received.map(({ path }) => path)).toEqual([
			...Array<string>(6).fill('/events'),
			'/metadata',
			'/metadata',
		]);
		const pair = Buffer.from('ccaip:secret').toString('base64');
		expect(new Set(received.map(({ authorization }) => authorization))).toEqual(new Set([`Basic ${pair}`]));
		expect(received[0]?.body).toContain('+442079460123');
		expect(JSON.parse(received[6]?.body ?? '{}')).toMatchObject({ agent_info: { email: ben?.email } });
	});

	it.each([
		['ccaip:nothing', both, 'There is no scenario "nothing".'],
		['ccaip:voicemail', () => ({}), 'The workflows for CCAI Platform are not published.'],
	])('%s is refused when it cannot be played', async (scenario, urls, message) => {
		const form = callForm(() => stack(urls()), 0);
		expect(await form.placeCall?.({ scenario, from: '+442079460123' })).toEqual({ ok: false, message });
		expect(received).toEqual([]);
	});
});

it('B6: a workflow without its credentials is told of in one line', () => {
	const text = unpublishedText({
		id: 'w1',
		name: 'Recordings',
		webhookPaths: [],
		missingCredentials: ['googleCloudApi', 'sftp'],
	});
	expect(text).toContain('"Recordings"');
	expect(text).toContain('googleCloudApi, sftp');
	expect(text).not.toContain('\n');
});
