import fc from 'fast-check';

import { InputError } from '../../../../lib/http/errors';
import {
	DEFAULT_TITLE,
	TITLE_VARIABLES,
	checkTimeZone,
	checkTitle,
	previewTitle,
	renderTitle,
} from '../../../../lib/session-log/rules/conversation-title';
import type { Session } from '../../../../lib/domain/session';

const session = (facts: Partial<Session> = {}): Session => ({
	source: 'ccaip',
	id: 'call-4711',
	channel: 'voice',
	direction: 'in',
	endUser: {},
	...facts,
});
const phone = '+493012345678';
const title = (
	template: string,
	facts: Partial<Session> = {},
	options: { phone?: string; timeZone?: string } = {},
) => renderTitle(template, session(facts), { timeZone: 'Europe/Berlin', ...options });

/** What was thrown. */
const errorOf = (run: () => void): InputError => {
	try {
		run();
	} catch (error) {
		if (error instanceof InputError) return error;
	}
	throw new Error('no input error was thrown');
};

describe('conversation title', () => {
	it('D7, G1: a title that the platform gives the record goes before the template, in one line that fits', () => {
		expect(title('{CALL_TYPE}', { subject: ' Order\n4711 {not a variable} ' })).toBe(
			'Order 4711 {not a variable}',
		);
		expect(title('{CALL_TYPE}', { subject: 'x'.repeat(300) })).toHaveLength(256);
		expect(title('{CALL_TYPE}', { subject: ' ' })).toBe('Incoming call');
	});

	it.each<[string, Partial<Session>, string]>([
		['DEFAULT_VALUE({MENU_PATH}, {CALL_TYPE})', {}, 'Incoming call'],
		['=DEFAULT_VALUE({MENU_PATH}, {CALL_TYPE})', { menuPath: ['Orders'] }, 'Orders'],
		['CONCAT_AND({CALL_TYPE}, {LANGUAGE}, {MENU_PATH})', { language: 'en' }, 'Incoming call and en'],
		['CONCAT_OR({LANGUAGE}, {MENU_PATH})', {}, 'Incoming call'],
		['CONCAT_OR({LANGUAGE}', {}, 'Incoming call'],
	])('G7: the functions of the platform: %s', (template, facts, expected) => {
		expect(title(template, facts)).toBe(expected);
	});

	it('G7: a function that cannot be read is refused with the position', () => {
		expect(() => checkTitle('DEFAULT_VALUE({MENU_PATH}, {CALL_TYPE})')).not.toThrow();
		expect(errorOf(() => checkTitle('DEFAULT_VALUE({MENU_PATH}')).message).toContain('(character 26)');
		expect(errorOf(() => checkTitle('DEFAULT_VALUE({NO_SUCH}, x)')).message).toContain('{NO_SUCH}');
	});

	it.each<[string, Partial<Session>]>([
		['IVR call', { origin: 'phone' }],
		['Incoming call (app)', { origin: 'app' }],
		['Incoming call (web)', { origin: 'web' }],
		['Incoming call', { origin: 'api' }],
		['Incoming call', {}],
		['Incoming call', { direction: undefined }],
		['Scheduled call (app)', { origin: 'app', scheduled: true }],
		['Scheduled call (web)', { origin: 'web', scheduled: true }],
		// The platform dials, but the end user had asked for it.
		['Scheduled call (app)', { origin: 'app', scheduled: true, direction: 'out' }],
		['Scheduled call', { origin: 'api', scheduled: true }],
		['Outbound call', { direction: 'out' }],
		['Outbound call', { direction: 'out', origin: 'api' }],
		['Internal call', { direction: 'internal' }],
		['Voicemail', { origin: 'phone', voicemail: { status: 'left' } }],
		['Voicemail', { origin: 'phone', state: 'ended', outcome: 'voicemail' }],
		['Chat (app)', { channel: 'chat', origin: 'app' }],
		['Chat (web)', { channel: 'chat', origin: 'web' }],
		['Chat', { channel: 'chat' }],
		['SMS', { channel: 'sms' }],
		['WhatsApp', { channel: 'whatsapp', origin: 'app' }],
	])('D7: CALL_TYPE is "%s" for %j', (expected, facts) => {
		expect(title('{CALL_TYPE}', facts)).toBe(expected);
	});

	it('D7: every variable is filled in', () => {
		const facts: Partial<Session> = {
			origin: 'phone',
			menuPath: ['Orders', 'Delivery'],
			language: 'en',
			startedAt: '2026-11-22T13:05:59.000Z',
		};
		expect(
			title(
				'{CALL_TYPE} | {CALL_ID} | {MENU_PATH} | {PHONE_NUMBER} | {SUPPORT_PHONE_NUMBER} | {LANGUAGE} | {TIMESTAMP}',
				{ ...facts, line: '+493023125000' },
				{ phone },
			),
		).toBe(`IVR call | 4711 | Orders / Delivery | ${phone} | +493023125000 | en | 2026-11-22 14:05`);
	});

	it.each([
		['ccaip', 'call-4711', '4711'],
		['ccaip', 'chat-987', '987'],
		['babelforce', '7c3f00aa', '7c3f00aa'],
		['babelforce', '7c3f00aa12344abc8def0123456789ab', '7c3f00aa-1234-4abc-8def-0123456789ab'],
		['generic', '7c3f00aa12344abc8def0123456789ab', '7c3f00aa12344abc8def0123456789ab'],
		['ccaip', 'call-back-7', 'call-back-7'],
	])("D7, C21: CALL_ID of %s's %s is the id as people find it on the platform: %s", (source, id, shown) => {
		expect(title('{CALL_ID}', { source, id })).toBe(shown);
	});

	it.each([
		['CALL_TYPE: {PHONE_NUMBER}', 'CALL_TYPE'],
		['CALL_TYPE: PHONE_NUMBER', 'CALL_TYPE'],
		['[MENU_PATH]', 'MENU_PATH'],
		['%PHONE_NUMBER%', 'PHONE_NUMBER'],
		['$TIMESTAMP', 'TIMESTAMP'],
		['Call to SUPPORT_PHONE_NUMBER', 'SUPPORT_PHONE_NUMBER'],
	])('D7: "%s" is refused, with the right spelling', (template, name) => {
		const { message, advice } = errorOf(() => checkTitle(template));
		expect(message).toContain(`${name} without braces`);
		expect(advice).toContain(`Write {${name}}.`);
	});

	it('D7: brackets that a person has left empty stay', () => {
		expect(title('[ ] {CALL_TYPE} () <->', { origin: 'phone' })).toBe('[ ] IVR call () <->');
	});

	it.each(['Phone call', 'LANGUAGE: {LANGUAGE}', '{CALL_TYPE} in your language', 'MY_CALL_TYPE_2'])(
		'D7: "%s" is a title',
		(template) => {
			expect(() => checkTitle(template)).not.toThrow();
		},
	);

	it.each([
		['Europe/Berlin', '2026-11-22 14:05'],
		['America/New_York', '2026-11-22 08:05'],
		['Asia/Kolkata', '2026-11-22 18:35'],
		['UTC', '2026-11-22 13:05'],
		['Mars/Base', '2026-11-22 13:05'],
		['', '2026-11-22 13:05'],
	])('D7: TIMESTAMP is the start of the session in the time zone %j', (timeZone, expected) => {
		expect(title('{TIMESTAMP}', { startedAt: '2026-11-22T13:05:59.000Z' }, { timeZone })).toBe(expected);
	});

	it.each([
		['{CALL_TYPE}: {PHONE_NUMBER}', 'Incoming call'],
		['{PHONE_NUMBER} - {CALL_TYPE}', 'Incoming call'],
		['{CALL_TYPE} - {MENU_PATH} - {CALL_ID}', 'Incoming call - 4711'],
		['{CALL_TYPE} ({PHONE_NUMBER})', 'Incoming call'],
		['{CALL_TYPE} ({PHONE_NUMBER}) - {CALL_ID}', 'Incoming call - 4711'],
		['{CALL_TYPE} [{PHONE_NUMBER}, {LANGUAGE}] #{CALL_ID}', 'Incoming call #4711'],
		['{CALL_TYPE} ({PHONE_NUMBER}, {CALL_ID})', 'Incoming call (4711)'],
		['{CALL_TYPE} ({CALL_ID}, {LANGUAGE})', 'Incoming call (4711)'],
		['{CALL_TYPE} {MENU_PATH} {CALL_ID}', 'Incoming call 4711'],
		['{CALL_TYPE}: {PHONE_NUMBER}, {LANGUAGE}', 'Incoming call'],
		['{CALL_TYPE}: {PHONE_NUMBER}, {CALL_ID}', 'Incoming call: 4711'],
		['"VIP" {LANGUAGE} {CALL_TYPE}', '"VIP" Incoming call'],
		['{PHONE_NUMBER}', 'Incoming call'],
		['', 'Incoming call'],
		['Hotline - {CALL_TYPE} -', 'Hotline - Incoming call -'],
	])('D7: %j without number, menu and language is %j', (template, expected) => {
		expect(title(template)).toBe(expected);
	});

	it('D7: a value may hold separators and braces: it stays as it is', () => {
		expect(title('{MENU_PATH} - {LANGUAGE}', { menuPath: ['{CALL_ID} (new) -'] })).toBe('{CALL_ID} (new) -');
	});

	it.each<[string, Session['endUser'], string | undefined, string]>([
		['E.164 when it is known', { phone: '030 12345678' }, phone, phone],
		['else as the platform wrote it', { phone: '030 12345678' }, undefined, '030 12345678'],
		['nothing when withheld', { phone: 'anonymous', withheld: true }, undefined, 'Incoming call'],
	])('D7: PHONE_NUMBER is %s', (_case, endUser, e164, expected) => {
		expect(title('{PHONE_NUMBER}', { endUser }, { phone: e164 })).toBe(expected);
	});

	it('D7: names of variables may be written in lower case and with spaces', () => {
		expect(title('{ call_type } {Call_Id}')).toBe('Incoming call 4711');
	});

	it('D7: a title has one line and at most 256 characters', () => {
		const long = title('{MENU_PATH}', { menuPath: ['Orders\nand\treturns', '\u{1F600}'.repeat(300)] });
		expect(long).toMatch(/^Orders and returns \/ /);
		expect(long.length).toBeLessThanOrEqual(256);
		expect(long.endsWith('\u{1F600}…')).toBe(true);
	});

	it('D7: is never empty and never throws, whatever template and session hold', () => {
		const facts = fc.dictionary(
			fc.constantFrom('id', 'menuPath', 'language', 'startedAt', 'endUser', 'direction', 'voicemail'),
			fc.anything(),
		);
		const template = fc.array(
			fc.oneof(
				fc.constantFrom(...TITLE_VARIABLES.map(({ name }) => `{${name}}`), '{', '}', ' - ', '(', ')'),
				fc.string(),
			),
		);
		fc.assert(
			fc.property(template, facts, (parts, hostile) => {
				const result = title(parts.join(''), hostile as Partial<Session>);
				expect(result).not.toBe('');
				expect(result.length).toBeLessThanOrEqual(256);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('title template', () => {
	it.each([
		[DEFAULT_TITLE],
		['{call_id}'],
		['no variables'],
		[''],
		['} and {'],
		['{}'],
		['a } b { c'],
		['{{'],
		['{ }'],
	])('D7: %j is fine', (template) => {
		expect(() => checkTitle(template)).not.toThrow();
	});

	it('D7: braces without a partner are text', () => {
		expect(title('} {CALL_ID} {')).toBe('} 4711 {');
		expect(title('{} {CALL_ID}')).toBe('{} 4711');
	});

	it('D7: an unknown variable is named, with the known ones', () => {
		const error = errorOf(() => checkTitle('{CALL_TYPE} {CALLER}'));
		expect(error.parameter).toBe('title');
		expect(error.message).toContain('{CALLER}');
		for (const { name } of TITLE_VARIABLES) expect(error.advice).toContain(`{${name}}`);
	});

	it.each([[5], [{}], ['x'.repeat(3000)]])('D7: refuses what is no title', (template) => {
		expect(errorOf(() => checkTitle(template as string)).parameter).toBe('title');
	});

	it.each([['Europe/Berlin'], ['UTC'], ['america/new_york']])('D7: %s is a time zone', (timeZone) => {
		expect(() => checkTimeZone(timeZone)).not.toThrow();
	});

	it.each([['Mars/Base'], [''], ['+01:00x'], [undefined]])('D7: %p is no time zone', (timeZone) => {
		expect(errorOf(() => checkTimeZone(timeZone as string)).parameter).toBe('timeZone');
	});

	it('D7: the preview shows the examples', () => {
		expect(previewTitle(DEFAULT_TITLE)).toBe('IVR call: +493012345678');
		expect(previewTitle('{TIMESTAMP} {UNKNOWN}')).toBe('2026-11-22 14:05 {UNKNOWN}');
	});
});
