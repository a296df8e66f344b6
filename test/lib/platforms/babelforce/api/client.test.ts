import { MAX_PAGES, pathOf } from '../../../../../lib/platforms/babelforce/api/client';
import {
	BabelforceError,
	SIGN_IN,
	errorFromResponse,
} from '../../../../../lib/platforms/babelforce/api/errors';
import { answer, failure } from '../../../http/scripted';
import { scripted } from './scripted';

const list = { operation: 'list calls', path: ['calls', 'reporting'] } as const;
const entries = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({ id: String(from + index) }));

describe('the path', () => {
	it('encodes segments and query, and repeats names of lists', () => {
		expect(
			pathOf(['calls', 'a/b?c'], { from: '+49 30', state: ['a', 'b'], none: undefined, empty: [], on: true }),
		).toBe('/api/v2/calls/a%2Fb%3Fc?from=%2B49%2030&state=a&state=b&on=true');
	});

	it('survives half an emoji', () => {
		expect(pathOf(['calls'], { q: 'a\ud83c' })).toBe('/api/v2/calls?q=a%EF%BF%BD');
	});
});

describe('lists', () => {
	const page = (items: unknown[], pagination?: object) => answer(200, { items, pagination, success: true });

	it('follow the number of pages', async () => {
		const { client, requests } = scripted([
			page(entries(0, 100), { pages: 3 }),
			page(entries(100, 100), { pages: 3 }),
			page(entries(200, 5), { pages: 3 }),
		]);
		expect(await client.list(list)).toHaveLength(205);
		expect(requests.map(({ path }) => path.split('?')[1])).toEqual([
			'page=1&max=100',
			'page=2&max=100',
			'page=3&max=100',
		]);
	});

	it.each([null, 7, 'a', [], {}, { id: 7 }])('X16: refuse an entry that is none: %j', async (entry) => {
		const { client } = scripted([page([...entries(0, 1), entry])]);
		await expect(client.list(list)).rejects.toMatchObject({
			kind: 'unexpectedAnswer',
			message: expect.stringContaining('no list of objects with an ID') as string,
		});
	});

	it.each([
		['the total', { total: 30, max: 10 }],
		['the next page', { next: 'more', max: 10 }],
		['the size that was granted', { max: 10 }],
		['the size that was granted, under its other name', { maxResults: 10 }],
	])('without that number follow %s', async (_, pagination) => {
		const { client, requests } = scripted([
			page(entries(0, 10), pagination),
			page(entries(10, 10), pagination),
			page(entries(20, 10), { ...pagination, next: '' }),
			page([], {}),
		]);
		expect(await client.list(list)).toHaveLength(30);
		expect(requests.length).toBeLessThanOrEqual(4);
	});

	it('without any word on pages end with a page that is not full', async () => {
		const { client, requests } = scripted([page(entries(0, 100)), page(entries(100, 3), undefined)]);
		expect(await client.list(list)).toHaveLength(103);
		expect(requests).toHaveLength(2);
	});

	it('end when the server gives the same page again and again', async () => {
		const { client, requests } = scripted([page(entries(0, 100), { pages: 1000 })]);
		expect(await client.list(list)).toHaveLength(100);
		expect(requests).toHaveLength(2);
	});

	it('ask for no more than is wanted', async () => {
		const { client, requests } = scripted([page(entries(0, 7), { pages: 9 })]);
		expect(await client.list({ ...list, limit: 5 })).toEqual(entries(0, 5));
		expect(requests[0]?.path).toContain('max=5');
	});

	it('that never end are given up, and said to be too long', async () => {
		let next = 0;
		const { client, requests } = scripted([() => page(entries((next += 10), 10), { pages: 1e9 })]);
		const error = await failure(client.list(list), BabelforceError);
		expect(error).toMatchObject({
			kind: 'tooMany',
			message: 'Could not list calls: there are more than 5000.',
		});
		expect(requests).toHaveLength(MAX_PAGES);
	});

	it.each([{}, { items: 'x' }, 'text', undefined, null, []])('refuse %j', async (body) => {
		const { client } = scripted([answer(200, body)]);
		expect((await failure(client.list(list), BabelforceError)).kind).toBe('unexpectedAnswer');
	});
});

describe('error texts', () => {
	const of = (status: number, body: unknown) => errorFromResponse(answer(status, body), 'read the call');

	it.each([
		[{ message: 'm', error: 'e', detail: 'd' }, 'm'],
		[{ message: '', error: 'e', detail: 'd' }, 'e'],
		[{ detail: 'd' }, 'd'],
		[{ error: { message: 'inner' } }, 'inner'],
		['<html><title>Bad Gateway</title></html>', 'Bad Gateway'],
		['plain', 'plain'],
	])('of %j say "%s"', (body, said) => {
		expect(of(400, body).message).toBe(`babelforce refused to read the call: ${said}.`);
	});

	it.each([undefined, null, 5, [], { message: { a: 1 } }])('of %j say that there was no reason', (body) => {
		expect(of(400, body).message).toBe('babelforce refused to read the call: it gave no reason.');
	});

	it('hold no numbers, addresses and secrets, and no novels', () => {
		const { message } = of(400, {
			message: `+49 30 901820 a@b.example ${'s'.repeat(60)} ${'word '.repeat(200)}`,
		});
		expect(message).toContain('[number] [email] [secret]');
		expect(message.length).toBeLessThan(400);
	});

	it.each([
		[401, 'unauthorized'],
		[403, 'forbidden'],
		[404, 'notFound'],
		[422, 'badRequest'],
		[429, 'rateLimit'],
		[418, 'unexpectedAnswer'],
		[503, 'server'],
	])('status %i is %s', (status, kind) => {
		expect(of(status, {}).kind).toBe(kind);
	});

	it('of the sign-in say that user and password were refused', () => {
		expect(
			of(400, { error: 'invalid_grant', error_description: 'Bad credentials', [SIGN_IN]: true }),
		).toMatchObject({
			kind: 'unauthorized',
			message: 'babelforce did not accept user and password when asked to read the call: Bad credentials.',
		});
		expect(of(503, { [SIGN_IN]: true }).kind).toBe('server');
		expect(of(404, { [SIGN_IN]: true }).advice).toContain('environment');
	});
});
