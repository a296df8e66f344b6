import type { IExecuteFunctions } from 'n8n-workflow';

import { hasExpression, NodeParameters } from '../../../../lib/n8n/panel/parameters';

function contextWith(values: Record<string, unknown>) {
	const resolved: string[] = [];
	const context = {
		getTimezone: () => 'UTC',
		getNodeParameter(name: string, item: number, fallback: unknown, options?: { rawExpressions?: boolean }) {
			const value = values[name] ?? fallback;
			if (options?.rawExpressions === true) return value;
			resolved.push(`${name}/${item}`);
			if (value === '=fail') throw new Error('The expression failed');
			return `${String(value)} for ${item}`;
		},
	} as unknown as IExecuteFunctions;
	return { parameters: new NodeParameters(context), resolved };
}

it('resolves a parameter without expressions never, one with expressions once per item and reading', () => {
	const { parameters, resolved } = contextWith({ fixed: 'a', moving: '=b' });
	for (const item of [0, 1]) {
		expect(parameters.forItem(item).get('fixed')).toBe('a');
		expect(parameters.forItem(item).get('moving')).toBe(`=b for ${item}`);
	}
	expect(resolved).toEqual(['moving/0', 'moving/1']);
});

it('resolves ahead what earlier items have read, and uses it once', () => {
	const { parameters, resolved } = contextWith({ moving: '=b' });
	parameters.forItem(0).get('moving');
	parameters.resolveAhead(5);
	parameters.resolveAhead(5);
	expect(resolved).toEqual(['moving/0', 'moving/5']);
	expect(parameters.forItem(5).get('moving')).toBe('=b for 5');
	expect(resolved).toHaveLength(2);
	expect(parameters.forItem(5).get('moving')).toBe('=b for 5');
	expect(resolved).toHaveLength(3);
});

it('lets an expression fail when its item is worked on, not before', () => {
	const { parameters } = contextWith({ moving: '=fail' });
	expect(() => parameters.forItem(0).get('moving')).toThrow('The expression failed');
	expect(() => parameters.resolveAhead(1)).not.toThrow();
	expect(() => parameters.forItem(1).get('moving')).toThrow('The expression failed');
});

it('gives undefined for a parameter that the node does not have', () => {
	const { parameters } = contextWith({});
	expect(parameters.forItem(0).get('nothing')).toBeUndefined();
});

it.each([
	['text', false],
	['=expression', true],
	[{ a: [{ b: '=x' }] }, true],
	[{ a: [{ b: 'x' }] }, false],
	[null, false],
	[1, false],
])('hasExpression(%j) is %p', (value, expected) => expect(hasExpression(value)).toBe(expected));
