import { errorFromResponse, isConflict } from '../../../lib/kustomer/errors';
import { type RequestName, REQUEST_ROLES } from '../../../lib/kustomer/roles';
import { answer, unknownAttribute } from './scripted';

const read = (status: number, body?: unknown, headers = {}, operation: RequestName = 'conversation.create') =>
	errorFromResponse(answer(status, body, headers), { operation, organization: 'acme' });

describe('error bodies', () => {
	it('are read in the JSON:API shape', () => {
		const error = read(400, {
			errors: [
				{
					status: 400,
					source: { parameter: 'priority' },
					code: 'badparam',
					title: 'Value 7 is greater than maximum 5',
					detail: '/properties/priority/maximum',
				},
			],
		});
		expect(error).toMatchObject({
			kind: 'badRequest',
			status: 400,
			title: 'Value 7 is greater than maximum 5',
			detail: '/properties/priority/maximum',
			parameter: 'priority',
			operation: 'conversation.create',
		});
		expect(error.message).toBe(
			'Kustomer refused to create a conversation: Value 7 is greater than maximum 5: /properties/priority/maximum (field "priority").',
		);
		expect(error.advice).toContain('"priority"');
	});

	it('are read in the shape with code and message, and with a pointer', () => {
		const error = read(400, {
			errors: [
				{ code: 'bad_request', message: 'status is wrong', source: { pointer: '/data/attributes/status' } },
			],
		});
		expect(error).toMatchObject({ title: 'status is wrong', parameter: 'status' });
		expect(error.message).toContain('status is wrong (field "status")');
	});

	it.each([
		['nothing', undefined],
		['an empty text', ''],
		['an empty object', {}],
		['an empty list of errors', { errors: [] }],
		['errors of the wrong type', { errors: [null, 5, []] }],
	])('may be %s', (_what, body) => {
		const error = read(400, body);
		expect(error.kind).toBe('badRequest');
		expect(error.message).toBe('Kustomer refused to create a conversation: it gave no reason.');
	});

	it('may be a web page of a proxy', () => {
		const page = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>x</body></html>';
		const error = read(502, page);
		expect(error).toMatchObject({ kind: 'server', title: '502 Bad Gateway' });
		expect(error.message).not.toContain('<');
		expect(read(400, '<html><body>no</body></html>').title).toContain('a web page');
	});

	it('may be plain text or other JSON', () => {
		expect(read(403, 'Forbidden').title).toBe('Forbidden');
		expect(read(403, { message: 'Forbidden' }).title).toBe('Forbidden');
		expect(read(400, { error: 'bad' }).title).toBe('bad');
	});

	it('are cut when they are long', () => {
		expect(read(400, 'x y '.repeat(500)).title?.length).toBeLessThanOrEqual(301);
	});

	it("carry Kustomer's request id, when it looks like one", () => {
		expect(read(500, undefined, { 'x-request-id': 'abc-123' }).requestId).toBe('abc-123');
		expect(read(500, undefined, { 'x-amz-cf-id': ['Zk9_-w=='] }).requestId).toBe('Zk9_-w==');
		expect(read(500, undefined, { 'x-request-id': '<script>' }).requestId).toBeUndefined();
	});

	it('never repeat phone numbers, email addresses or keys', () => {
		const error = read(409, {
			errors: [
				{
					title: 'duplicate detected for +49 (30) 123-4567 and jane.doe+x@example.com',
					detail: 'phone=%2B493012345678 Bearer abc.def externalId 00493012345678',
					source: { parameter: 'jane@example.com' },
				},
			],
		});
		const everything = [error.message, error.advice, error.title, error.detail, error.parameter].join(' ');
		expect(everything).not.toMatch(/123|jane|example\.com|abc\.def/);
		expect(error.title).toBe('duplicate detected for [number] and [email]');
	});
});

describe('kinds of errors', () => {
	it.each([
		[400, 'badRequest'],
		[402, 'plan'],
		[404, 'notFound'],
		[409, 'conflict'],
		[413, 'tooLarge'],
		[422, 'badRequest'],
		[429, 'rateLimit'],
		[500, 'server'],
		[503, 'server'],
		[302, 'unexpectedAnswer'],
		[418, 'unexpectedAnswer'],
	] as const)('status %d is %s, with a sentence on what to do', (status, kind) => {
		const error = read(status, { errors: [{ title: 'No' }] });
		expect(error.kind).toBe(kind);
		expect(error.message).toMatch(/\.$/);
		expect(error.advice.length).toBeGreaterThan(20);
	});

	it.each(Object.entries(REQUEST_ROLES))(
		'X8: a 401 and a 403 for %s name the role that is missing',
		(name, entry) => {
			const forbidden = read(403, undefined, {}, name as RequestName);
			expect(forbidden.kind).toBe('forbidden');
			const unauthorized = read(401, undefined, {}, name as RequestName);
			expect(unauthorized.kind).toBe('unauthorized');
			expect(forbidden.role).toBe(entry.role);
			expect(unauthorized.role).toBe(entry.role);
			for (const error of [forbidden, unauthorized]) {
				const text = `${error.message} ${error.advice}`;
				expect(text).toContain(entry.role ?? 'key');
				expect(text).toContain(entry.does);
			}
		},
	);

	it.each([
		[
			'The token belongs to pod prod2 but the request is handled by pod prod1',
			{},
			'EU (prod2)',
			'US (prod1)',
			'https://api.prod2.kustomerapp.com',
		],
		[
			'Request handled by pod "prod1"; token belongs to pod "prod4"',
			{},
			'India (prod4)',
			'US (prod1)',
			'https://api.prod4.kustomerapp.com',
		],
		['token pod prod1, request pod prod2', {}, 'US (prod1)', 'EU (prod2)', 'https://api.kustomerapp.com'],
		[
			'This token belongs to pod prod2',
			{ 'x-kustomer-pod': 'prod1' },
			'EU (prod2)',
			'US (prod1)',
			'https://api.prod2.kustomerapp.com',
		],
		[
			'token belongs to pod prod7, not pod prod1',
			{},
			'prod7',
			'US (prod1)',
			'https://acme.api.kustomerapp.com',
		],
	])('X9: a key of another region is recognized: %s', (title, headers, key, host, url) => {
		for (const status of [400, 401, 403, 421]) {
			const error = read(status, { errors: [{ title }] }, headers);
			expect(error.kind).toBe('wrongRegion');
			expect(error.message).toBe(
				`The API key is of the wrong region: it belongs to ${key}, but the request went to ${host}.`,
			);
			expect(error.advice).toContain(url);
			expect(error.advice).toContain('https://acme.api.kustomerapp.com');
		}
	});

	it('X9: an error that has nothing to do with regions is not taken for one', () => {
		expect(read(401, { errors: [{ title: 'Invalid token' }] }, { 'x-kustomer-pod': 'prod1' }).kind).toBe(
			'unauthorized',
		);
	});

	it('B4: an unknown custom attribute has its own kind, and is named with where to create it', () => {
		const error = errorFromResponse(unknownAttribute('callIdStr'), { operation: 'conversation.update' });
		expect(error).toMatchObject({
			kind: 'unknownAttribute',
			unknownAttributes: ['callIdStr'],
			parameter: 'custom.callIdStr',
		});
		expect(error.message).toMatch(/no custom attribute "callIdStr" for conversations\.$/);
		expect(error.advice).toContain('Settings > Platform > Klasses > Conversation');
	});

	it('B4: several unknown custom attributes are all named', () => {
		const entry = (parameter: string) => ({
			source: { parameter },
			title: 'Additional properties not allowed',
			detail: '/properties/custom/additionalProperties',
		});
		const error = read(400, { errors: [entry('aStr'), entry('custom.bNum')] });
		expect(error.unknownAttributes).toEqual(['aStr', 'bNum']);
		expect(error.message).toContain('custom attributes "aStr", "bNum"');
	});

	it('a field that Kustomer does not accept is told apart from an unknown attribute', () => {
		const error = read(400, {
			errors: [
				{
					source: { parameter: 'id' },
					title: 'Additional properties not allowed',
					detail: '/additionalProperties',
				},
			],
		});
		expect(error).toMatchObject({ kind: 'unknownField', parameter: 'id', unknownAttributes: [] });
		expect(error.advice).toContain('Switch off the option to choose IDs');
	});

	it.each(['duplicate detected', 'phone already exists', 'must be unique', 'This email is already in use'])(
		'X1: a 400 that says "%s" counts as a conflict',
		(title) => {
			expect(isConflict(read(400, { errors: [{ title }] }))).toBe(true);
		},
	);

	it('X1: an ordinary 400 is no conflict', () => {
		expect(isConflict(read(400, { errors: [{ title: 'Invalid type: string' }] }))).toBe(false);
	});
});
