import { filled, present } from '../../../../lib/n8n/run/present';

const fields = { a: undefined, b: null, c: '', d: 0, e: false, f: [], g: 'x' };

it('leaves out fields without a value, and nothing else', () => {
	expect(present(fields)).toEqual({ c: '', d: 0, e: false, f: [], g: 'x' });
	expect(Object.keys(present(fields))).not.toContain('a');
});

it('leaves out empty text too, for services that write it where they have nothing', () => {
	expect(Object.keys(filled(fields))).toEqual(['d', 'e', 'f', 'g']);
});
