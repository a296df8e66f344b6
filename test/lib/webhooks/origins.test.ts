import { mayCall, originsIn } from '../../../lib/webhooks/origins';

describe('origins of web pages', () => {
	it.each([
		['https://desk.example.com', ['https://desk.example.com']],
		[
			' https://desk.example.com/ , http://localhost:8080\nhttps://Other.Example/path?x ',
			['https://desk.example.com', 'http://localhost:8080', 'https://other.example'],
		],
		['', []],
		['*', []],
		['desk.example.com', []],
		['javascript:alert(1)', []],
		[undefined, []],
		[{ a: 1 }, []],
	])('U7: in %j', (written, origins) => {
		expect(originsIn(written)).toEqual(origins);
	});
});

describe('whether a page may call', () => {
	it.each([
		['https://desk.example.com', '', true],
		['https://desk.example.com', '*', true],
		['https://desk.example.com', undefined, true],
		['https://desk.example.com', 'https://desk.example.com', true],
		['https://other.example', 'https://desk.example.com', false],
		// Somebody meant one page: that it cannot be read must not let in all of them.
		['https://other.example', 'desk.example.com', false],
		['https://other.example', 'desk.example.com:8443', false],
	])('U7: %s where %j is written: %s', (origin, written, may) => {
		expect(mayCall(origin, written)).toBe(may);
	});
});
