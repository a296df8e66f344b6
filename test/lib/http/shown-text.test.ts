import { requestIdOf } from '../../../lib/http/headers';
import { shownBody, shownField, shownText } from '../../../lib/http/shown-text';

it.each([
	['  two\n lines ', 'two lines'],
	[5, '5'],
	['a\u202eb\u2066c', 'abc'],
	['a\ud83d', 'a\ufffd'],
	['', undefined],
	[' \n', undefined],
	[true, undefined],
	[{}, undefined],
	[undefined, undefined],
])('shownText(%j) is %j', (value, shown) => expect(shownText(value)).toBe(shown));

it('a shown text holds no numbers, addresses and secrets, and no novels', () => {
	const shown = shownText(`+49 30 901820 a@b.example ${'s'.repeat(60)} ${'word '.repeat(200)}`) ?? '';
	expect(shown).toContain('[number] [email] [secret]');
	expect(shown).toHaveLength(301);
	expect(shownText('abcdef', 3)).toBe('abc…');
	expect(shownText('ab😀cd', 3)).toBe('ab…');
});

it.each([
	['<html><title>Bad\nGateway</title></html>', 'Bad Gateway'],
	['<!DOCTYPE html><body>x</body>', 'a web page instead of an answer of the API'],
	['<html><title> </title></html>', 'a web page instead of an answer of the API'],
	['plain', 'plain'],
])('of a body like %j shows "%s"', (body, shown) => expect(shownBody(body)).toBe(shown));

it.each([
	[{ a: 'x', b: 'y' }, 'x'],
	[{ a: ' ', b: 'y' }, 'y'],
	[{ a: { message: 'inner' } }, 'inner'],
	[{ a: { message: { x: 1 } } }, undefined],
	[{ c: 'z' }, undefined],
	[null, undefined],
	['a', undefined],
	[[], undefined],
])('of the fields a and b of %j shows %j', (body, shown) => {
	expect(shownField(body, ['a', 'b'])).toBe(shown);
});

it.each([
	[{ 'x-request-id': 'abc-123' }, 'abc-123'],
	[{ 'x-other-id': ['Zk9_-w=='] }, 'Zk9_-w=='],
	[{ 'x-request-id': '', 'x-other-id': 'b' }, 'b'],
	[{ 'x-request-id': '<script>' }, undefined],
	[{}, undefined],
])('the id of the request in %j is %j', (headers, id) => {
	expect(requestIdOf(headers, ['x-request-id', 'x-other-id'])).toBe(id);
});

it('of several ids of a request the first name counts', () => {
	const headers = { 'x-other-id': 'b-2', 'x-request-id': 'a-1' };
	expect(requestIdOf(headers, ['x-request-id', 'x-other-id'])).toBe('a-1');
	expect(requestIdOf(headers, ['x-missing', 'x-other-id', 'x-request-id'])).toBe('b-2');
});
