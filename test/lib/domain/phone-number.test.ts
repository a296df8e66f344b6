import fc from 'fast-check';
import {
	countryCode,
	isPhoneLike,
	isWithheld,
	normalizePhone,
	withoutPlus,
} from '../../../lib/domain/phone-number';
import { words } from '../../setup/words';

const e164 = (input: unknown, defaultCountry?: string) => {
	const result = normalizePhone(input, { defaultCountry });
	return result.kind === 'number' ? result.e164 : result.kind;
};

describe('phone numbers', () => {
	it.each([
		['+1 222 333 4444', undefined, '+12223334444'],
		['+49 (0)30 1234567', undefined, '+49301234567'],
		['+49.30.123-45/67', undefined, '+49301234567'],
		['0049 30 1234567', undefined, '+49301234567'],
		['011 49 30 1234567', undefined, '+49301234567'],
		['+0049301234567', undefined, '+49301234567'],
		['tel:+49-30-1234567', undefined, '+49301234567'],
		['tel:+49-30-1234567;ext=12', undefined, '+49301234567'],
		['sip:+49301234567@pbx.example.com;user=phone', undefined, '+49301234567'],
		['"Bob" <sip:+49301234567@pbx.example.com>;tag=1', undefined, '+49301234567'],
		['callto://+49301234567', undefined, '+49301234567'],
		['＋４９ ３０ １２３４５６７', undefined, '+49301234567'],
		['٠١٠٠١٢٣٤٥٦٧', 'EG', '+201001234567'],
		['\u202a+49 30\u00a01234567\u202c', undefined, '+49301234567'],
		['%2B49301234567', undefined, '+49301234567'],
		["'+49301234567", undefined, '+49301234567'],
		['+49 30 1234567, 5', undefined, '+49301234567'],
		['+1 415 555 2671 x123', undefined, '+14155552671'],
		['+1 415 555 2671 ext. 5', undefined, '+14155552671'],
		['+1 415 555 2671#5', undefined, '+14155552671'],
		[18005551212, undefined, '+18005551212'],
		[18005551212n, undefined, '+18005551212'],
		['+683 4000', undefined, '+6834000'],
	])('C17: %p is understood in any format (country %s)', (input, country, expected) => {
		expect(e164(input, country)).toBe(expected);
	});

	it.each([
		['18005551212', undefined, '+18005551212'],
		['442071234567', 'DE', '+442071234567'],
		['4915112345678', 'DE', '+4915112345678'],
		['18005551212', 'DE', '+18005551212'],
		['4930123456', 'ES', '+4930123456'],
		['79161234567', 'RU', '+79161234567'],
		['36301234567', 'HU', '+36301234567'],
		[' 4930123456', undefined, '+4930123456'],
		[' 4930123456', 'US', '+4930123456'],
	])('C17: %p without its plus is international (country %s)', (input, country, expected) => {
		expect(e164(input, country)).toBe(expected);
	});

	it.each([
		['2223334444', 'US', '+12223334444'],
		['(222) 333-4444', 'us', '+12223334444'],
		['1 222 333 4444', 'US', '+12223334444'],
		[' 2025550123', 'US', '+12025550123'],
		['030 1234567', 'DE', '+49301234567'],
		['0612345678', 'IT', '+390612345678'],
		['0612345678', 'FR', '+33612345678'],
		['912345678', 'ES', '+34912345678'],
		['06301234567', 'HU', '+36301234567'],
		['0113 496 0000', 'UK', '+441134960000'],
		['0011 49 30 1234567', 'AU', '+49301234567'],
		['01149301234567', 'US', '+49301234567'],
	])('C17: %p is national in %s', (input, country, expected) => {
		expect(e164(input, country)).toBe(expected);
	});

	it.each([
		'anonymous',
		'Anonymous',
		'ANONYMOUS CALLER',
		'sip:anonymous@anonymous.invalid',
		'"Anonymous" <sip:anonymous@anonymous.invalid>',
		'withheld',
		'private',
		'Private Number',
		'unknown',
		'restricted',
		'unavailable',
		'blocked',
		'No Caller ID',
		'no-caller-id',
		'unbekannt',
		'+266696687',
		'266696687',
		'+7378742833',
		'+86282452253',
		'+8656696',
		'+2562533',
		'0000000000',
		'+0',
	])('X4: "%s" is withheld', (input) => {
		expect(normalizePhone(input, { defaultCountry: 'DE' })).toEqual({
			kind: 'withheld',
			reason: 'the caller withheld the number',
		});
	});

	it.each([
		'+4930901820*12',
		'+4930901820#12',
		'+4930901820 (12)',
		'+4930901820 [12]',
		'+4930901820 ext. 12',
		'+4930901820x12#',
		'+4930901820 доб. 12',
		'+4930901820 wew. 12',
		'+4930901820,,12#',
		'+4930901820p12',
		'+4930901820ww12#',
		'+4930901820~12',
		'+4930901820|12',
		'+4930901820;12',
		'+4930901820\n12',
		'tel:+4930901820;ext=12;phone-context=example.com',
		'+4930901820:5060',
		'sip:+4930901820:5060',
		'sip:+4930901820:secret@pbx.example.com:5060;transport=udp',
		'<sip:+4930901820;ext=12@pbx.example.com>;tag=1',
		'*31#+4930901820',
		'#31#+4930901820',
		'*31# 030 901820',
		'**21*+4930901820',
		'tel:*31#+4930901820',
		'0+4930901820',
		'9 +49 30 901820',
		'(+49) 30 901820',
		'4930901820.0',
		'4930901820.00',
		'4930901820,0',
		'+4930901820.0',
		'4,930,901,820',
		'="4930901820"',
		'Jo (+4930901820)',
		'Jo 2 <+4930901820>',
		'Jo +49 30 901820',
		'Caller: +49 30 901820',
		'+49 30 901820 (mobile)',
		'+49 30 901820 Mobil',
		'+49_30_901820',
		'+49–30–901820',
	])('C17: of "%s" only what is part of the number is read as digits', (input) => {
		expect(e164(input, 'DE')).toBe('+4930901820');
	});

	it.each([
		['+12125550100*101', undefined],
		['*67 +1 212 555 0100', undefined],
		['*6712125550100', 'US'],
		['*82 (212) 555-0100', 'US'],
		['9+12125550100', 'US'],
		['+1 (212) 555-0100 (cell)', 'DE'],
	])('C17: likewise of "%s" (country %s)', (input, country) => {
		expect(e164(input, country)).toBe('+12125550100');
	});

	it.each([
		['4.93E+11', 'a spreadsheet has changed the phone number'],
		['4,93E+11', 'a spreadsheet has changed the phone number'],
		['4.930901820E9', 'a spreadsheet has changed the phone number'],
		['4930901820.5', 'a spreadsheet has changed the phone number'],
		['+4930901820 +4930901821', 'the field holds more than one phone number'],
		['+4930901820 / +4930901821', 'the field holds more than one phone number'],
		['*101', 'the phone number holds no digits'],
		['+1-800-FLOWERS', 'the phone number holds letters'],
		['Room 4930901820', 'the phone number holds letters'],
	])('C17: "%s" is not guessed at: %s', (input, reason) => {
		expect(normalizePhone(input, { defaultCountry: 'DE' })).toEqual({ kind: 'invalid', reason });
	});

	it('X4: a number of the company is one with an extension, too', () => {
		const options = { defaultCountry: 'DE', ownNumbers: ['+49 30 901820'] };
		expect(normalizePhone('+4930901820*12', options).kind).toBe('ownNumber');
		expect(normalizePhone('*31#+4930901820', options).kind).toBe('ownNumber');
	});

	it.each(['112', '911', '110', '12345', '+49110', '116117', '030 123'])('X4: "%s" is too short', (input) => {
		expect(e164(input, 'DE')).toBe('tooShort');
		expect(e164(input)).toBe('tooShort');
	});

	it('X4: a local number without its area code is too short', () => {
		expect(e164('555-1234', 'US')).toBe('tooShort');
	});

	it.each(['', '  ', null, undefined, {}, [], true, -1, 1.5, 'null', 'undefined', 'n/a', '-', '🎉'])(
		'X4: %p is missing',
		(input) => {
			expect(e164(input)).toBe('missing');
		},
	);

	it.each([
		['0301234567', 'the phone number has no country code, and no default country is set'],
		['1-800-FLOWERS', 'the phone number holds letters'],
		['jane@example.com', 'the phone number holds letters'],
		['123456789012345678901', 'the phone number has too many digits'],
		['+999 1234567890', 'the phone number is not possible: its length or its country code does not exist'],
	])('X4: "%s" cannot be used: %s', (input, reason) => {
		expect(normalizePhone(input)).toEqual({ kind: 'invalid', reason });
	});

	it.each([
		['+49301234567', ['030/1234567']],
		['0049 30 1234567', ['', 'not a number', '+49 30 1234567']],
		['030 1234567', ['49301234567']],
		['100', ['100']],
	])('X4: "%s" is one of the company\'s own numbers %j', (input, ownNumbers) => {
		expect(normalizePhone(input, { defaultCountry: 'DE', ownNumbers })).toEqual({
			kind: 'ownNumber',
			reason: "the number is one of the company's own",
		});
	});

	it("X4: other numbers are not the company's own", () => {
		const options = { defaultCountry: 'DE', ownNumbers: ['+49301234567', '100', 'anonymous', ''] };
		expect(normalizePhone('+49301234568', options).kind).toBe('number');
		expect(normalizePhone('101', options).kind).toBe('tooShort');
		expect(normalizePhone('anonymous', options).kind).toBe('withheld');
	});

	it('a default country that does not exist is as good as none', () => {
		expect(e164('+49301234567', 'Germany')).toBe('+49301234567');
		expect(e164('030 1234567', 'Germany')).toBe('invalid');
		expect([countryCode('de'), countryCode('UK'), countryCode('XX'), countryCode(undefined)]).toEqual([
			'DE',
			'GB',
			undefined,
			undefined,
		]);
	});

	it('C17: E.164 stays what it is, in every country', () => {
		const countries = ['US', 'DE', 'GB', 'IT', 'BR', 'IN', undefined];
		for (const number of words(
			'+12223334444 +49301234567 +447911123456 +390612345678 +5511987654321 +919876543210',
		)) {
			for (const country of countries) {
				expect(e164(number, country)).toBe(number);
				expect(e164(`00${number.slice(1)}`, undefined)).toBe(number);
				expect(e164(withoutPlus(number))).toBe(number);
			}
		}
	});

	it('X4: a national number that would be longer than E.164 allows is none', () => {
		expect(normalizePhone(10_000_000_000_000, { defaultCountry: 'DE' })).toMatchObject({ kind: 'invalid' });
	});

	it('C17, X4: throws nothing, gives E.164 or a reason, and no reason holds the number', () => {
		const phonish = fc.stringMatching(/^[+()\d\s.\-/x#;,@:]{0,30}$/);
		const country = fc.constantFrom(undefined, 'US', 'DE', 'IT', 'BR', 'XX', '');
		fc.assert(
			fc.property(
				fc.oneof(phonish, fc.string({ unit: 'binary' }), fc.anything()),
				country,
				fc.array(phonish, { maxLength: 3 }),
				(input, defaultCountry, ownNumbers) => {
					const result = normalizePhone(input, { defaultCountry, ownNumbers });
					if (result.kind === 'number') {
						expect(result.e164).toMatch(/^\+[1-9]\d{5,14}$/);
						expect(e164(result.e164)).toBe(result.e164);
					} else {
						expect(result.reason).not.toMatch(/\d/);
					}
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it.each([
		['+49 30 123', true],
		['(222) 333-4444', true],
		['1234', false],
		['Jane 12345', false],
		['', false],
	])('"%s" looks like a phone number: %s', (text, expected) => {
		expect(isPhoneLike(text)).toBe(expected);
	});
});

describe('withheld numbers', () => {
	it.each([
		'anonymous',
		'Anonymous',
		'WITHHELD',
		'private',
		'unknown',
		'No Caller ID',
		'sip:anonymous@invalid',
		'sip:anonymous@10.0.0.1',
		'sips:"Anonymous"@10.0.0.1',
		'"Anonymous" <sip:anonymous@10.0.0.1>',
		'not_available',
		'unterdrückt',
		'266696687',
		'+7378742833',
		'0000000000',
	])('X4, X17: takes %j for a withheld number', (phone) => {
		expect(isWithheld(phone)).toBe(true);
	});

	it.each([undefined, null, '', ' ', 'null', 'n/a', '-'])(
		'X4, X17: %j says nothing: the number is not known, and nobody has withheld it',
		(phone) => {
			expect(isWithheld(phone)).toBe(false);
			expect(normalizePhone(phone).kind).toBe('missing');
		},
	);

	it.each([
		'+493012345678',
		'0301 2345678',
		'110',
		'sip:+4930123@example.com',
		'sip:jane@example.com',
		'Jane Doe',
		'unknown 0301 2345678',
	])('X4, X17: takes %j for what somebody called from', (phone) => {
		expect(isWithheld(phone)).toBe(false);
	});

	it('X4, X17: is what no number can be made of because the caller withheld it', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.constantFrom('anonymous', 'Unknown caller', '266696687', '+0', 'n/a', '+49301234567', '110'),
					fc.stringMatching(/^[+\d() .-]{0,20}$/),
				),
				(written) => {
					const { kind } = normalizePhone(written, { defaultCountry: 'DE' });
					expect(isWithheld(written)).toBe(kind === 'withheld');
				},
			),
		);
	});
});

it('X4: a number that was read before is read by the country of this time, and nobody changes what was read', () => {
	const written = '030 / 1234 5678';
	for (let time = 0; time < 2; time += 1) {
		const german = normalizePhone(written, { defaultCountry: 'DE' });
		expect(german).toEqual({ kind: 'number', e164: '+493012345678' });
		expect(normalizePhone(written)).toMatchObject({ kind: 'invalid' });
		Object.assign(german, { kind: 'missing' });
	}
});
