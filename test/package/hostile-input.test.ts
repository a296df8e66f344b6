/**
 * Feeds every regular expression of the product with texts that are made to be slow, and every reader of what comes from
 * outside with deep, wide and long values. Nothing may hold the process (rule X16).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import * as ts from 'typescript';

import { evaluate } from '../../lib/domain/parameter-functions';
import { PARAMETER_NAMES, readParameters } from '../../lib/crm-api/parameters';
import { readPhone } from '../../lib/crm-api/phone-format';
import { parseQuery } from '../../lib/crm-api/query';
import { factsOf, plainText, sessionOf } from '../../lib/crm-api/variables';
import { shortenData } from '../../lib/domain/custom-data';
import { emailOf } from '../../lib/domain/email-address';
import { normalizePhone } from '../../lib/domain/phone-number';
import { readSession } from '../../lib/domain/session-shape';
import { millisecondsOf } from '../../lib/domain/time';
import { redact } from '../../lib/http/redact';
import { toTag } from '../../lib/kustomer/validate/tags';
import { htmlToText } from '../../lib/platforms/html-text';
import { readBody, type WebhookServerRequest } from '../../lib/n8n/webhook/request-body';
import { jsonInText } from '../../lib/platforms/json-in-text';
import type { PlatformSettings } from '../../lib/platforms/platform';
import { PLATFORMS } from '../../lib/platforms/platforms';
import { readSessionRecord } from '../../lib/platforms/read-record';
import { renderTitle } from '../../lib/session-log/rules/conversation-title';
import { tooLong } from '../cpu-time';

const ROOT = resolve(__dirname, '../..');

/** Milliseconds of work that nothing may exceed. */
const MOST = 50;
/** Characters of the texts: work that grows with their square shows early. */
const LENGTHS = [20_000, 100_000, 1_000_000];
const LONG = 1_000_000;

interface Expression {
	where: string;
	source: string;
	flags: string;
}

/** Every regular expression that is written in the published code. */
function expressions(): Expression[] {
	const found: Expression[] = [];
	for (const folder of ['lib', 'nodes', 'credentials']) {
		for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
			if (!name.endsWith('.ts')) continue;
			const path = join(ROOT, folder, name);
			const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
			const visit = (node: ts.Node): void => {
				if (ts.isRegularExpressionLiteral(node)) {
					const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
					const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
					found.push({ where: `${relative(ROOT, path)}:${line}`, source, flags });
				}
				ts.forEachChild(node, visit);
			};
			visit(file);
		}
	}
	return found;
}

/** Pieces that, many times over, keep an expression busy: the words and signs that it is made of, and usual ones. */
function pumpsFor(source: string): string[] {
	const words = source.match(/[A-Za-z]{2,}/g) ?? [];
	const signs = source.match(/[^\w\s\\]/g) ?? [];
	return [...new Set([' ', '\t', 'a', '0', 'a ', '0 ', ' a', 'a.', 'a=', '\u3000', ...signs, ...words])];
}

/** Pieces that end in something unexpected, also behind something else. */
function textsOf(pump: string, length: number): string[] {
	const pieces = pump.repeat(Math.ceil(length / pump.length));
	return [`${pieces}\u0001`, `<${pieces}\u0001`];
}

/** Milliseconds of one search that takes too long, and in what; undefined when none does. */
function slowSearch({ source, flags }: Expression): { took: number; text: string } | undefined {
	const expression = new RegExp(source, flags.replace(/[gy]/g, ''));
	for (const pump of pumpsFor(source)) {
		// What is slow with a short text would take minutes with a long one.
		for (const length of LENGTHS) {
			for (const text of textsOf(pump, length)) {
				const took = tooLong(() => text.search(expression), MOST);
				if (took !== undefined) return { took, text: `${length} of ${JSON.stringify(pump)}` };
			}
		}
	}
	return undefined;
}

describe('regular expressions', () => {
	const all = expressions();

	it('X16: are found', () => {
		expect(all.length).toBeGreaterThan(200);
	});

	it('X16: none takes long, whatever the text', () => {
		const slow = all.flatMap((expression) => {
			const { took = 0, text = '' } = slowSearch(expression) ?? {};
			return text === '' ? [] : [`${expression.where}: ${Math.round(took)} ms for ${text}`];
		});
		expect(slow).toEqual([]);
	}, 600_000);

	it.each(['\\s+$', '<[^>]*>'])('X16: a slow one would be found: %s', (source) => {
		expect(slowSearch({ where: '', source, flags: '' })).toBeDefined();
	});
});

const nested = (depth: number, inside: unknown = 1): unknown => {
	let value = inside;
	for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
	return value;
};
const wide = (count: number) =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, index]));

/** Values that are made to be slow, for any field. */
const VALUES: Array<[string, unknown]> = [
	['a key of 80,000 brackets', { ['['.repeat(80_000)]: 1 }],
	['a key of 16,500 characters with 2,000 children', { ['a.'.repeat(8250)]: wide(2000) }],
	['20,000 lists inside each other', nested(20_000)],
	['50,000 values', wide(50_000)],
	['130,000 numbers', Array.from({ length: 130_000 }, (_, index) => index)],
	['9,000 values', wide(9000)],
	['a list of 3,000 objects', Array.from({ length: 3000 }, () => ({ id: 1, name: 'x' }))],
	['JSON of 100,000 lists inside each other, in a text', '['.repeat(100_000) + ']'.repeat(100_000)],
	['JSON of 1 MB, in a text', `[${'1,'.repeat(500_000)}1]`],
	['JSON of 60,000 objects, in a text', `[${'{},'.repeat(60_000)}{}]`],
	['JSON of 9,000 objects, in a text', `[${'{"id":1},'.repeat(9000)}{}]`],
];

const TEXTS: Array<[string, string]> = [
	...[
		' ',
		'a ',
		'{x}',
		'{"x"}',
		'{"a":1}',
		'(',
		'( ',
		'[',
		'<',
		'<a',
		'&#1',
		'>',
		'…',
		'漢',
		'a@',
		'+49 ',
		'0',
		'-',
		'.',
		'"',
		'\\"',
		'=',
		'a=1&',
	].map((pump): [string, string] => [
		`${JSON.stringify(pump)} many times`,
		pump.repeat(Math.ceil(LONG / pump.length)),
	]),
	['a path with blanks inside', `a${' '.repeat(60_000)}b`],
	['a bracket before blanks', `(${' '.repeat(200_000)}`],
];

const SETTINGS: PlatformSettings = { sourceName: 'generic', sessionIdFrom: 'call' } as PlatformSettings;

describe('readers of what comes from outside', () => {
	/** What takes too long of some work, with its milliseconds. */
	const slowOf = (works: ReadonlyArray<readonly [name: string, work: () => unknown]>) =>
		works.flatMap(([name, work]) => {
			const took = tooLong(work, MOST);
			return took === undefined ? [] : [`${name}: ${Math.round(took)} ms`];
		});

	it('X16: a slow one would be found', () => {
		const text = `${' '.repeat(30_000)}b`;
		expect(
			slowOf([
				['slow', () => text.replace(/\s+$/, '')],
				['quick', () => text.trimEnd()],
			]),
		).toEqual([expect.stringMatching(/^slow: \d+ ms$/)]);
	});

	it.each(TEXTS)('X16: %s', (_, text) => {
		const readers: Record<string, (text: string) => unknown> = {
			redact: (given) => redact(given),
			toTag,
			htmlToText,
			jsonInText,
			normalizePhone: (given) => normalizePhone(given, { defaultCountry: 'DE' }),
			emailOf,
			millisecondsOf,
			readBody: (given) => readBody({ body: given } as unknown as WebhookServerRequest, Buffer.from('')),
			'renderTitle, as template': (given) =>
				renderTitle(given, { source: 'x', id: '1', channel: 'voice', endUser: {} }, { timeZone: 'UTC' }),
		};
		expect(slowOf(Object.entries(readers).map(([name, read]) => [name, () => read(text)]))).toEqual([]);
	});

	it.each(TEXTS)('X16: in requests of the custom CRM API: %s', (_, text) => {
		const settings = { source: 'ccaip', log: { customer: { phoneRules: {} } } } as Parameters<
			typeof factsOf
		>[2];
		const fields = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, text]));
		const parameters = () => {
			const { told } = readParameters({ ...fields, callId: '1' });
			return factsOf(told, sessionOf(told, settings) ?? { id: 'call-1', channel: 'voice' }, settings);
		};
		const orRefused = (read: () => unknown) => () => {
			try {
				return read();
			} catch {
				return undefined;
			}
		};
		const works: Array<[string, () => unknown]> = [
			['parameters', parameters],
			['query', orRefused(() => parseQuery(text))],
			['short query', orRefused(() => parseQuery(text.slice(0, 10_000)))],
			['function', orRefused(() => evaluate(`=CONCAT_OR(${text.slice(0, 9900)})`, () => 'x'))],
			['number', () => readPhone(text, {})],
			['text', () => plainText(text)],
		];
		expect(slowOf(works)).toEqual([]);
	});

	it.each(PLATFORMS.map((platform) => [platform.name, platform] as const))(
		'X16: webhooks of %s',
		(_, platform) => {
			const base = { event: 'call.inbound', id: '1', callId: '1', call: { id: '1' }, from: '+4930123456' };
			const bodies = [
				...VALUES.flatMap(
					([name, value]): Array<[string, unknown]> => [
						[`${name} as body`, value],
						[`${name} in a field`, { ...base, customData: value, menuPath: value, custom_data: value }],
						[`${name} as id`, { ...base, id: value, callId: value }],
					],
				),
				...TEXTS.map(([name, text]): [string, unknown] => [
					`${name} in every field`,
					{
						...base,
						menuPath: text,
						agent: text,
						queue: text,
						email: text,
						phone: text,
						from: text,
						note: text,
					},
				]),
				['8,000 events', Array.from({ length: 8000 }, (__, index) => ({ ...base, id: String(index) }))],
				['8,000 events in an envelope', { events: Array.from({ length: 8000 }, () => base) }],
			] as Array<[string, unknown]>;
			const slow = slowOf(
				bodies.map(([name, body]) => {
					const request = { method: 'POST', headers: {}, query: {}, body };
					return [name, () => platform.parse(request, SETTINGS)] as const;
				}),
			);
			expect(slow).toEqual([]);
		},
		60_000,
	);

	it('X16: sessions and records that are told directly', () => {
		const works = VALUES.flatMap(([name, value]) => {
			const session = {
				source: 'x',
				id: '1',
				channel: 'voice',
				endUser: {},
				customData: value,
				menuPath: value,
			};
			const customData = readSession(session)?.customData ?? {};
			return [
				[`${name}, as session`, () => readSession(session)],
				[`${name}, as record`, () => readSessionRecord({ id: 1, call_type: 'Voice', custom_data: value })],
				[`${name}, cut`, () => shortenData(customData, () => false)],
			] as const;
		});
		expect(slowOf(works)).toEqual([]);
	});
});
