import fc from 'fast-check';

import { Fields, sessionFiles } from '../../../lib/platforms/fields';

describe('Fields', () => {
	const spellings: Array<[string, unknown]> = [
		['dotted', { 'call.id': 'a1' }],
		['nested', { call: { id: 'a1' } }],
		['bracketed', { 'call[id]': 'a1' }],
		['upper case', { 'CALL.ID': 'a1' }],
		['camel case', { callId: 'a1' }],
		['snake case', { call_id: 'a1' }],
		['with spaces around the value', { 'call.id': '  a1 ' }],
		['several times in the URL', { 'call.id': ['', 'a1', 'b2'] }],
	];
	it.each(spellings)('B2: finds an id that is written %s', (_name, source) => {
		expect(new Fields(source).text('call.id')).toBe('a1');
	});

	it.each([
		'{call.id}',
		'{{call.id}}',
		'{{ call.id }}',
		'${call.id}',
		'',
		'   ',
		'null',
		'undefined',
		null,
		undefined,
		{},
		[],
	])('B2: treats %j as missing', (value) => {
		expect(new Fields({ 'call.id': value }).text('call.id')).toBeUndefined();
	});

	it('knows a placeholder that was not filled in from a field that is not there', () => {
		expect(new Fields({ 'call.id': '{call.id}' }).isUnfilled('call.id')).toBe(true);
		expect(new Fields({ call: { id: '{{call.id}}' } }).isUnfilled('call.id')).toBe(true);
		expect(new Fields({ 'call.id': '' }).isUnfilled('call.id')).toBe(false);
		expect(new Fields({}).isUnfilled('call.id')).toBe(false);
	});

	it.each([
		['nested', { data: { id: 'inner' }, id: 'outer' }],
		['dotted', { 'data.id': 'inner', id: 'outer' }],
		['JSON text', { data: '{"id":"inner"}', id: 'outer' }],
	])('finds what stands under a name without it, %s', (_name, source) => {
		expect(new Fields(source).under('data').text('id')).toBe('inner');
		expect(new Fields({ ...source, data: null, 'data.id': '' }).under('data').text('id')).toBe('outer');
	});

	it('reads what stands on top, however long a list inside is', () => {
		const list = Array.from({ length: 10_000 }, (_, id) => ({ id }));
		expect(new Fields({ list, status: 'finished' }).text('status')).toBe('finished');
	});

	it('prefers the later source, unless it is empty or unfilled there', () => {
		expect(new Fields({ event: 'a' }, { event: 'b' }).text('event')).toBe('b');
		expect(new Fields({ event: 'a' }, { event: '' }).text('event')).toBe('a');
		expect(new Fields({ event: 'a' }, { event: '{event.name}' }).text('event')).toBe('a');
	});

	it('keeps names that look like words for nothing', () => {
		expect(new Fields({ name: 'Null' }).text('name')).toBe('Null');
		expect(new Fields({ name: '{"a":1}' }).text('name')).toBe('{"a":1}');
	});

	it('reads numbers as text without an exponent', () => {
		expect(new Fields({ from: 493012345678 }).phone('from')).toBe('493012345678');
		expect(new Fields({ from: 1e21 }).phone('from')).toBe('1e+21');
		expect(new Fields({ from: Number.NaN }).phone('from')).toBeUndefined();
	});

	it('restores the plus sign that a URL has turned into a space', () => {
		expect(new Fields({ from: ' 493012345678' }).phone('from')).toBe('+493012345678');
		expect(new Fields({ from: ' 12' }).phone('from')).toBe('12');
	});

	it('cuts names that are too long for any note or title, but not in the middle of an emoji', () => {
		expect(new Fields({ name: 'n'.repeat(256) }).name('name')).toBe('n'.repeat(256));
		expect(new Fields({ name: 'n'.repeat(10_000) }).name('name')).toBe(`${'n'.repeat(255)}…`);
		expect(new Fields({ name: '🚀'.repeat(5000) }).name('name')).toBe(`${'🚀'.repeat(127)}…`);
		expect(new Fields({ name: '' }).name('name')).toBeUndefined();
	});

	it('X4: takes nothing for a phone number that is longer than a SIP address can be', () => {
		expect(new Fields({ from: '9'.repeat(257), to: '9'.repeat(256) }).phone('from', 'to')).toHaveLength(256);
		expect(new Fields({ from: 'n'.repeat(10_000) }).phone('from')).toBeUndefined();
	});

	it('is not fooled by keys of the prototype', () => {
		const source = JSON.parse(
			'{"__proto__":{"call":{"id":"x"}},"constructor":{"prototype":{"id":"x"}}}',
		) as unknown;
		expect(new Fields(source).text('call.id')).toBeUndefined();
		expect(({} as Record<string, unknown>).id).toBeUndefined();
		expect(new Fields({}).text('constructor', 'toString', '__proto__')).toBeUndefined();
	});

	it('stops at deep nesting and at thousands of fields', () => {
		let deep: unknown = 'a1';
		for (let level = 0; level < 10_000; level += 1) deep = { call: deep };
		expect(new Fields(deep).text('call.id')).toBeUndefined();
		const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, index]));
		expect(new Fields({ id: 'a1' }, wide).text('id')).toBe('a1');
	});

	it('finds lists as array, JSON text, numbered fields, or one value alone', () => {
		const rows = [{ url: 'https://a.example/1' }];
		expect(new Fields({ recordings: rows }).list('recordings')).toEqual(rows);
		expect(new Fields({ recordings: JSON.stringify(rows) }).list('recordings')).toEqual(rows);
		expect(new Fields({ 'recordings[0][url]': 'https://a.example/1' }).list('recordings')).toEqual(rows);
		expect(new Fields({ recordings: { 0: rows[0] } }).list('recordings')).toEqual(rows);
		expect(new Fields({ recordings: 'https://a.example/1' }).list('recordings')).toEqual([
			'https://a.example/1',
		]);
		expect(new Fields({}).list('recordings')).toEqual([]);
		expect(new Fields({ recordings: '[not json' }).list('recordings')).toEqual(['[not json']);
	});

	it.each([
		[12, 12],
		['12', 12],
		['12.5', 12.5],
		['1:05', 65],
		['01:01:05', 3665],
		['-3', undefined],
		['soon', undefined],
		[true, undefined],
	])('reads a duration of %j', (value, expected) => {
		expect(new Fields({ duration: value }).seconds('duration')).toBe(expected);
	});

	it.each([
		[true, true],
		['true', true],
		['1', true],
		['YES', true],
		[false, false],
		['0', false],
		['maybe', undefined],
	])('reads the flag %j', (value, expected) => {
		expect(new Fields({ anonymous: value }).flag('anonymous')).toBe(expected);
	});

	it('reads anything without throwing', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (source) => {
				const fields = new Fields(source, { a: source });
				fields.text('a', 'a.b');
				fields.phone('a');
				fields.time('a');
				fields.seconds('a');
				fields.number('a');
				fields.flag('a');
				fields.object('a');
				sessionFiles(fields.list('a'), 'recording');
				expect(typeof fields.isEmpty).toBe('boolean');
			}),
		);
	});
});

describe('sessionFiles', () => {
	it('reads objects, addresses and ids, and leaves out the rest', () => {
		expect(
			sessionFiles(
				[
					{
						id: 'r1',
						url: 'https://a.example/r1',
						duration: 9,
						file: { name: 'r1.wav', size: 12, contentType: 'audio/wav' },
					},
					'https://a.example/r2.mp3',
					'r3',
					{ name: 'without id' },
					null,
					7,
				],
				'recording',
			),
		).toEqual([
			{
				kind: 'recording',
				id: 'r1',
				url: 'https://a.example/r1',
				duration: 9,
				name: 'r1.wav',
				size: 12,
				contentType: 'audio/wav',
			},
			{ kind: 'recording', url: 'https://a.example/r2.mp3' },
			{ kind: 'recording', id: 'r3' },
			{ kind: 'recording', id: '7' },
		]);
	});
});
