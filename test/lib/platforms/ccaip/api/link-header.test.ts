import { nextPageQuery } from '../../../../../lib/platforms/ccaip/api/link-header';
import { tooLong } from '../../../../cpu-time';

const next = (link: string | undefined) => nextPageQuery({ link });

it.each([
	['<https://acme.ujet.co/manager/api/v1/calls?page=2&per=100>; rel="next"', { page: '2', per: '100' }],
	['<https://x/calls?page=9>; rel="last", <https://x/calls?page=2>; rel="next"', { page: '2' }],
	[
		'</calls?updated_at%5Bfrom%5D=2026-03-01T10%3A00%3A00Z&page=3>; rel=next',
		{ 'updated_at[from]': '2026-03-01T10:00:00Z', page: '3' },
	],
	['<https://x/?a=1,2&page=2>; title="a, b"; rel="prev NEXT"', { a: '1,2', page: '2' }],
])('reads the next page out of %s', (link, query) => {
	expect(next(link)).toEqual(query);
});

it.each([
	undefined,
	'',
	'<https://x/calls?page=1>; rel="prev"',
	'https://x/calls?page=2; rel="next"',
	'<https://x/calls?page=2>',
	'<http://[broken>; rel="next"',
])('finds none in %s', (link) => expect(next(link)).toBeUndefined());

it('is quick with a header that is made to be slow', () => {
	const links = [
		`<${'a'.repeat(7000)}`,
		`<a>${';a=b'.repeat(1900)}`,
		`<a>${'; '.repeat(3900)}`,
		'<'.repeat(100_000),
	];
	expect(links.map(next)).toEqual(links.map(() => undefined));
	expect(tooLong(() => links.map(next), 500)).toBeUndefined();
});
