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

it('reads an option alone: the expressions of others are left to the items', () => {
	const { parameters, resolved } = contextWith({
		options: { timeout: 5, maxWait: '={{ 3 }}', fileName: '={{ $json.name }}', chooseId: null },
	});
	expect(['timeout', 'maxWait', 'chooseId', 'constructor'].map((name) => parameters.option(name))).toEqual([
		5,
		'null for 0',
		undefined,
		undefined,
	]);
	expect(resolved).toEqual(['options.maxWait/0']);
	// What no item has read is not resolved ahead.
	parameters.resolveAhead(1);
	expect(resolved).toHaveLength(1);
});

it.each([['={{ $json.options }}'], [null], ['text'], [7]])(
	'has no option when the options are %j',
	(options) => {
		const { parameters } = contextWith({ options });
		expect(parameters.option('timeout')).toBeUndefined();
	},
);

it('asks n8n once for a parameter without expressions, however many items and options there are', () => {
	let asked = 0;
	const context = {
		getTimezone: () => 'UTC',
		getNodeParameter() {
			asked += 1;
			return { timeout: 5 };
		},
	} as unknown as IExecuteFunctions;
	const parameters = new NodeParameters(context);
	parameters.option('timeout');
	parameters.option('maxWait');
	for (const item of [0, 1, 2]) parameters.forItem(item).get('options');
	expect(asked).toBe(1);
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
