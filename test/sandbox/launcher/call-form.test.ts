import { callForm, refusals } from '../../../sandbox/launcher/call-form';

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
