import fc from 'fast-check';
import {
	checkCountry,
	checkEmail,
	checkEmails,
	checkPhone,
	checkPhones,
} from '../../../../lib/kustomer/validate/contacts';
import { checkCustomerFields } from '../../../../lib/kustomer/validate/customer-fields';
import { checkDateTime, checkMessageFields } from '../../../../lib/kustomer/validate/message-fields';
import { checkTags, toTag } from '../../../../lib/kustomer/validate/tags';
import {
	checkAssignees,
	checkChoice,
	checkExternalId,
	checkId,
	checkName,
	checkNoteBody,
	checkPriority,
} from '../../../../lib/kustomer/validate/text';
import { USER_A, thrown } from '../scripted';

describe('tags', () => {
	it('B5: takes what Kustomer takes, each once, without blank ones', () => {
		expect(
			checkTags([' Voice Inbound - IVR ', 'UJET', 'UJET', '', null, undefined, 'Größe_1/<a>.b', 7]),
		).toEqual(['Voice Inbound - IVR', 'UJET', 'Größe_1/<a>.b', '7']);
		expect(checkTags('one')).toEqual(['one']);
		expect(checkTags(undefined)).toBeUndefined();
		expect(checkTags([])).toEqual([]);
	});

	it('B5: joins an accent to its letter and several spaces to one', () => {
		expect(checkTags(['Cafe\u0301  au lait'])).toEqual(['Café au lait']);
	});

	it('D8: refuses parentheses and suggests the form with a dash', () => {
		const error = thrown(() => checkTags(['ok', 'Voice Inbound (IVR)']));
		expect(error.parameter).toBe('tags[1]');
		expect(error.message).toBe(
			'The tag "Voice Inbound (IVR)" holds signs that Kustomer does not allow in tags: ( ).',
		);
		expect(error.advice).toBe(
			'Tags may hold letters (also with accents), digits, spaces and _ / < > . -. Use "Voice Inbound - IVR", for example.',
		);
	});

	it('refuses an emoji, also alone, where there is nothing to suggest', () => {
		const error = thrown(() => checkTags(['🎉']));
		expect(error.message).toContain('🎉');
		expect(error.advice).toBe('Tags may hold letters (also with accents), digits, spaces and _ / < > . -.');
	});

	it('refuses 30 tags and counts each once', () => {
		const many = Array.from({ length: 30 }, (_, index) => `tag ${index}`);
		expect(thrown(() => checkTags(many)).message).toBe(
			'There are 30 tags; Kustomer takes at most 20 at once.',
		);
		expect(checkTags([...many.slice(0, 20), ...many.slice(0, 20)])).toHaveLength(20);
	});

	it('refuses a tag of more than 64 characters', () => {
		expect(checkTags(['x'.repeat(64)])).toHaveLength(1);
		expect(thrown(() => checkTags(['x'.repeat(65)])).message).toContain(
			'65 characters; Kustomer takes at most 64',
		);
	});

	it('does not repeat a phone number that was given as a tag', () => {
		const error = thrown(() => checkTags(['+49 30 1234567']));
		expect(error.message + error.advice).not.toContain('1234567');
	});

	it('refuses objects', () => {
		expect(thrown(() => checkTags([{ name: 'x' }])).message).toBe('A tag is not a text.');
	});

	it.each([
		['Voice Inbound (IVR)', 'Voice Inbound - IVR'],
		['Scheduled call [app]', 'Scheduled call - app'],
		['Sales & Support', 'Sales and Support'],
		['queue: billing', 'queue - billing'],
		['(IVR)', 'IVR'],
		['🎉', ''],
		['a'.repeat(100), 'a'.repeat(64)],
	])('D8: turns "%s" into "%s"', (text, tag) => {
		expect(toTag(text)).toBe(tag);
	});

	it.each([
		['Příchozí hovor', 'Prichozi hovor'],
		['Čeština', 'Cestina'],
		['Łódź', 'Lodz'],
		['İstanbul ışık', 'Istanbul isik'],
		['Straße in Łódź', 'Strasse in Lodz'],
		['điện thoại', 'dien thoai'],
		['Ťažký hovor (Žilina)', 'Tazky hovor - Zilina'],
		['Εισερχόμενη κλήση', 'Eiserchomeni klisi'],
		['Входящий звонок', 'Vkhodiashchii zvonok'],
		['ＶＩＰ', 'VIP'],
		['٣ مكالمات', '3 - 25773bdb'],
		['Größe', 'Größe'],
		['Ørsted, São Paulo ❤️', 'Ørsted - São Paulo'],
	])('D8: folds "%s" to "%s", and leaves what Kustomer takes', (text, tag) => {
		expect(toTag(text)).toBe(tag);
	});

	it('D8: what has no plain letters gets a tag of its own, never an empty one and never that of another', () => {
		const texts = ['日本', '中国', '한국어', 'สวัสดี', 'שלום', 'VIP 日本', 'VIP 中国', '日本 (通話)'];
		const tags = texts.map(toTag);
		expect(new Set(tags).size).toBe(texts.length);
		expect(tags[0]).toMatch(/^tag-[0-9a-f]{8}$/);
		expect(tags[5]).toMatch(/^VIP - [0-9a-f]{8}$/);
		expect(checkTags(tags)).toEqual(tags);
		expect(texts.map(toTag)).toEqual(tags);
		const long = `${'Abteilung '.repeat(9)}日`;
		expect(toTag(long)).toHaveLength(64);
		expect(toTag(long)).not.toBe(toTag(`${long}本`));
	});

	it('D8: makes a tag that passes, or nothing, of any text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const tag = toTag(text);
				expect(checkTags([tag])).toEqual(tag === '' ? [] : [tag]);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('texts', () => {
	it('B3: an empty name means that none is given', () => {
		expect(checkName('  ')).toBeUndefined();
		expect(checkName(undefined)).toBeUndefined();
		expect(checkName(' Zoë 🎉 ')).toBe('Zoë 🎉');
	});

	it('B1: refuses a name of 10,000 characters and says how to shorten it', () => {
		const error = thrown(() => checkName('n'.repeat(10_000)));
		expect(error.parameter).toBe('name');
		expect(error.message).toBe('The name has 10000 characters; Kustomer takes at most 256.');
		expect(error.advice).toContain('.slice(0, 256)');
		expect(checkName('n'.repeat(256))).toHaveLength(256);
	});

	it('refuses a name that is an object', () => {
		expect(thrown(() => checkName({})).message).toBe('The name is not a text.');
	});

	it('B3: a note has 1 to 10,240 characters', () => {
		expect(checkNoteBody('x'.repeat(10_240))).toHaveLength(10_240);
		expect(thrown(() => checkNoteBody('x'.repeat(10_241))).message).toContain('10241 characters');
		expect(thrown(() => checkNoteBody(' \n')).message).toBe('The note is empty.');
	});

	it('external ids have at most 256 characters and no spaces around', () => {
		expect(checkExternalId(' babelforce:1 ')).toBe('babelforce:1');
		expect(thrown(() => checkExternalId('x'.repeat(257))).parameter).toBe('externalId');
	});

	it('ids have 24 hexadecimal characters', () => {
		expect(checkId(` ${USER_A.toUpperCase()} `, 'p', 'The user ID')).toBe(USER_A);
		expect(thrown(() => checkId('abc', 'p', 'The user ID')).message).toBe(
			'The user ID is not a Kustomer ID.',
		);
		expect(thrown(() => checkId(undefined, 'p', 'The user ID')).message).toBe('The user ID is missing.');
	});

	it('at most 10 users or teams, each once', () => {
		const ids = Array.from({ length: 11 }, (_, index) => index.toString(16).padStart(24, '0'));
		expect(checkAssignees([...ids.slice(0, 10), ids[0], '', null], 'p', 'user')).toHaveLength(10);
		expect(checkAssignees(USER_A, 'p', 'user')).toEqual([USER_A]);
		expect(thrown(() => checkAssignees(ids, 'p', 'team')).message).toBe(
			'There are 11 teams; Kustomer assigns a conversation to at most 10.',
		);
		expect(thrown(() => checkAssignees([USER_A, 'x'], 'p', 'user')).parameter).toBe('p[1]');
	});

	it.each([
		[1, 1],
		[5, 5],
		['3', 3],
		['', undefined],
		[null, undefined],
	])('priority %j is %j', (value, expected) => {
		expect(checkPriority(value)).toBe(expected);
	});

	it.each([0, 6, 2.5, 'high', ' ', true, Number.NaN])('refuses the priority %p', (value) => {
		expect(thrown(() => checkPriority(value)).message).toBe(
			'The priority is not a whole number from 1 to 5.',
		);
	});

	it('choices are taken in any case, and named when one is wrong', () => {
		expect(checkChoice(' OPEN ', ['open', 'done'], 'status', 'The status')).toBe('open');
		expect(checkChoice('', ['open'], 'status', 'The status')).toBeUndefined();
		expect(thrown(() => checkChoice('closed', ['open', 'done'], 'status', 'The status')).message).toBe(
			'The status is not one of open, done.',
		);
	});
});

describe('contact points', () => {
	it('email addresses are trimmed and in lower case', () => {
		expect(checkEmail(' mailto:Jane@Example.COM ')).toBe('jane@example.com');
		expect(checkEmail('Jane <jane@x.de>')).toBe('jane@x.de');
		expect(checkEmail('')).toBeUndefined();
	});

	it.each(['jane', 'jane@', 'a b@x.de', 'jane@x.de; joe@x.de', 'a@b@c', `${'x'.repeat(250)}@x.de`, 5])(
		'refuses the email address %p without repeating it',
		(value) => {
			const error = thrown(() => checkEmail(value));
			expect(error.message).toBe('The email address has not the form of one.');
		},
	);

	it('X4: phones become E.164, and a bad one is refused without repeating it', () => {
		expect(checkPhone('030 1234567', 'p', 'DE')).toBe('+49301234567');
		const error = thrown(() => checkPhone('0301234567', 'p', undefined));
		expect(error.message).toBe(
			'The phone number cannot be used: the phone number has no country code, and no default country is set.',
		);
		expect(error.message + error.advice).not.toContain('0301234567');
	});

	it('lists take each entry once, with type and verification, and at most ten', () => {
		expect(
			checkPhones(
				[{ phone: '+49301234567', type: 'Work', verified: true }, { phone: '0049 30 1234567' }],
				'p',
				undefined,
			),
		).toEqual([{ phone: '+49301234567', type: 'work', verified: true }]);
		expect(checkPhones(['+49301234567' as never], 'p', undefined)).toEqual([{ phone: '+49301234567' }]);
		expect(checkEmails([{ email: '' }, { email: 'A@x.de' }], 'e')).toEqual([{ email: 'a@x.de' }]);
		expect(thrown(() => checkEmails([{ email: 'a@x.de', type: 'mobile' }], 'e')).parameter).toBe('e[0].type');
		const eleven = Array.from({ length: 11 }, (_, index) => ({ email: `a${index}@x.de` }));
		expect(thrown(() => checkEmails(eleven, 'e')).message).toContain('11 entries; Kustomer takes at most 10');
		expect(thrown(() => checkEmails('a@x.de' as never, 'e')).message).toContain('not a list');
	});

	it('countries have two letters', () => {
		expect(checkCountry(' de ')).toBe('DE');
		expect(checkCountry('UK')).toBe('GB');
		expect(checkCountry('')).toBeUndefined();
		expect(thrown(() => checkCountry('Germany')).message).toBe('The default country is not a country code.');
	});
});

describe('fields', () => {
	it('of a customer: undefined and blank are left out, null empties', () => {
		expect(
			checkCustomerFields({ name: '', company: null, locale: 'de', custom: { aNum: '1' } }, 'f', undefined),
		).toEqual({
			body: { company: null, locale: 'de' },
			custom: { aNum: 1 },
		});
		expect(thrown(() => checkCustomerFields({ locale: 'x'.repeat(17) }, 'f', undefined)).parameter).toBe(
			'f.locale',
		);
		expect(thrown(() => checkCustomerFields({ custom: { aNum: 'x' } }, 'create', undefined)).parameter).toBe(
			'create.custom.aNum',
		);
	});

	it('of a message are checked one by one', () => {
		expect(
			checkMessageFields({
				channel: 'voice',
				app: 'babelforce',
				sentAt: '2026-01-31T09:30:00Z',
				meta: { a: '🎉', b: undefined },
			}),
		).toEqual({
			body: { channel: 'voice', app: 'babelforce', sentAt: '2026-01-31T09:30:00.000Z', meta: { a: '🎉' } },
			custom: undefined,
		});
		expect(thrown(() => checkMessageFields({ channel: 'fax' as never })).parameter).toBe('channel');
		expect(thrown(() => checkMessageFields({ subject: 'x'.repeat(257) })).parameter).toBe('subject');
		expect(thrown(() => checkMessageFields({ preview: 'x'.repeat(10_241) })).parameter).toBe('preview');
		expect(thrown(() => checkMessageFields({ meta: [] as never })).message).toBe(
			'The meta data are not an object.',
		);
		const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, 1]));
		expect(thrown(() => checkMessageFields({ meta: many })).message).toContain('101 entries');
	});

	it('dates are points in time', () => {
		expect(checkDateTime('', 'p', 'The time')).toBeUndefined();
		expect(thrown(() => checkDateTime('tomorrow', 'p', 'The time')).message).toBe(
			'The time is not a date with time.',
		);
	});
});
