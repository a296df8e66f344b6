import { readFlatted } from '../../../sandbox/launcher/flatted';

describe('readFlatted', () => {
	it('turns references back into objects, lists and texts', () => {
		const text = '[{"a":"1","list":"2","n":5,"yes":true,"none":null},"hello",["1",7,"3"],{"deep":"1"}]';
		expect(readFlatted(text)).toEqual({
			a: 'hello',
			list: ['hello', 7, { deep: 'hello' }],
			n: 5,
			yes: true,
			none: null,
		});
	});

	it('keeps texts that look like references', () => {
		expect(readFlatted('[{"number":"1"},"42"]')).toEqual({ number: '42' });
	});

	it('survives an object that holds itself', () => {
		const value = readFlatted('[{"self":"0"}]') as { self: unknown };
		expect(value.self).toBe(value);
	});

	it('throws on text that is not JSON', () => {
		expect(() => readFlatted('no')).toThrow(SyntaxError);
	});
});
