import { originsIn } from '../../../lib/webhooks/origins';

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
