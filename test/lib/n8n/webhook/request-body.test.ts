import { jsonOf } from '../../../../lib/n8n/webhook/request-body';

describe('the JSON of a body', () => {
	it('X16: is read whatever its texts hold, and left alone where it is nothing but levels', () => {
		const entries = Array.from({ length: 9000 }, (_, id) => ({ id, text: 'a "[[{{" \\ \\" b' }));
		expect(jsonOf(JSON.stringify(entries))).toEqual(entries);
		expect(jsonOf(`\uFEFF${JSON.stringify({ a: 1 })}`)).toEqual({ a: 1 });
		expect(jsonOf(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toHaveLength(1);
		expect(jsonOf(`${'['.repeat(100_001)}${']'.repeat(100_001)}`)).toBeUndefined();
		expect(jsonOf('[1')).toBeUndefined();
	});
});
